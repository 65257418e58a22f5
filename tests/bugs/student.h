/* student.h: backward passes as students write them, right and wrong, with numbers of type NUMBER.
 *
 * Included once for double and once for float; FUNCTION is the function's name. It shares nothing with the code
 * that it tests: one-hot vectors, all products written out over whole matrices, no shift in the softmax, the
 * loops in other orders, gradients accumulated in the same loop. `mistake` and `mistake2` are a bug_id, a mistake
 * of students.h, or NO_MISTAKE. */

static void FUNCTION(const bugs_point *p, int mistake, int mistake2, double *g)
{
    enum { MOST = 20 };
    const int H = p->H, V = p->V, T = p->T;
    const double *at = p->theta;
    NUMBER Wxh[MOST][MOST], Whh[MOST][MOST], Why[MOST][MOST], bh[MOST], by[MOST];
    static NUMBER x[MOST][MOST], h[MOST + 1][MOST], a[MOST][MOST], y[MOST][MOST], q[MOST][MOST];
    NUMBER dWxh[MOST][MOST] = {{0}}, dWhh[MOST][MOST] = {{0}}, dWhy[MOST][MOST] = {{0}},
           dbh[MOST] = {0}, dby[MOST] = {0}, dhnext[MOST] = {0}, older[MOST] = {0};
#define IS(k) (mistake == (k) || mistake2 == (k))
    for (int i = 0; i < H; i++)
        for (int j = 0; j < V; j++) Wxh[i][j] = (NUMBER) *at++;
    for (int i = 0; i < H; i++)
        for (int j = 0; j < H; j++) Whh[i][j] = (NUMBER) *at++;
    for (int i = 0; i < V; i++)
        for (int j = 0; j < H; j++) Why[i][j] = (NUMBER) *at++;
    for (int i = 0; i < H; i++) bh[i] = (NUMBER) *at++;
    for (int i = 0; i < V; i++) by[i] = (NUMBER) *at++;
    at = p->before;
    for (int i = 0; at && i < H; i++)
        for (int j = 0; j < V; j++, at++)
            dWxh[i][j] = (NUMBER) (IS(DWXH_TRANSPOSED) ? p->before[j * H + i] : *at);
    for (int i = 0; at && i < H; i++)
        for (int j = 0; j < H; j++) dWhh[i][j] = (NUMBER) *at++;
    for (int i = 0; at && i < V; i++)
        for (int j = 0; j < H; j++, at++)
            dWhy[i][j] =
                (NUMBER) (IS(DWHY_TRANSPOSED) ? p->before[H * V + H * H + j * V + i] : *at);
    for (int i = 0; at && i < H; i++) dbh[i] = (NUMBER) *at++;
    for (int i = 0; at && i < V; i++) dby[i] = (NUMBER) *at++;
    for (int i = 0; i < H; i++)
        h[0][i] = (NUMBER) p->hprev[i]; /* h[t + 1] is the state after step t */
    for (int t = 0; t < T; t++) {
        NUMBER sum = 0;
        for (int v = 0; v < V; v++) x[t][v] = v == p->inputs[t];
        for (int i = 0; i < H; i++) {
            a[t][i] = 0;
            for (int j = H - 1; j >= 0; j--) a[t][i] += h[t][j] * Whh[i][j];
            for (int v = 0; v < V; v++) a[t][i] += x[t][v] * Wxh[i][v];
            a[t][i] += bh[i];
            h[t + 1][i] = (NUMBER) tanh((double) a[t][i]);
        }
        for (int v = 0; v < V; v++) {
            y[t][v] = by[v];
            for (int i = H - 1; i >= 0; i--) y[t][v] += h[t + 1][i] * Why[v][i];
            q[t][v] = (NUMBER) exp((double) y[t][v]);
            sum += q[t][v];
        }
        for (int v = 0; v < V; v++) q[t][v] = q[t][v] / sum;
    }
    const int first = IS(SKIPS_FIRST), last = IS(SKIPS_LAST) ? T - 2 : T - 1;
    for (int n = first; n <= last; n++) {
        const int t = IS(FORWARD_ORDER) ? n : first + last - n;
        const int target = IS(MINUS_ONE_AT_INPUT) ? p->inputs[t]
                           : IS(TARGET_PREV)      ? (t ? p->targets[t - 1] : -1)
                           : IS(TARGET_NEXT)      ? (t < T - 1 ? p->targets[t + 1] : -1)
                                                  : p->targets[t];
        NUMBER dy[MOST], dh[MOST], dhraw[MOST], out[MOST], after[MOST] = {0};
        const NUMBER *now = h[t + 1], *before = h[t];
        if (IS(SKIPS_MIDDLE) && t == T / 2) continue;
        for (int v = 0; v < V; v++) dy[v] = IS(DY_FROM_LOGITS) ? y[t][v] : q[t][v];
        if (!IS(NO_MINUS_ONE) && target >= 0)
            dy[target] += IS(PLUS_ONE) ? (NUMBER) 1 : IS(SMOOTHED_LABELS) ? (NUMBER) -0.9 : -1;
        if (IS(ONLY_TARGET))
            for (int v = 0; v < V; v++) dy[v] = v == target ? dy[v] : 0;
        if (IS(NO_SOFTMAX_JACOBIAN))
            for (int v = 0; v < V; v++) dy[v] = v == target ? -1 / q[t][v] : 0;
        if (IS(TEMPERATURE)) {
            NUMBER sum = 0;
            for (int v = 0; v < V; v++) sum += (NUMBER) exp((double) y[t][v] / 2);
            for (int v = 0; v < V; v++)
                dy[v] = (NUMBER) exp((double) y[t][v] / 2) / sum - (v == target);
        }
        if (IS(SOFTMAX_TWICE)) {
            NUMBER J[MOST][MOST], z[MOST] = {0};
            for (int v = 0; v < V; v++)
                for (int u = 0; u < V; u++) J[v][u] = q[t][v] * ((v == u) - q[t][u]);
            for (int v = 0; v < V; v++)
                for (int u = 0; u < V; u++) z[v] += J[v][u] * dy[u];
            for (int v = 0; v < V; v++) dy[v] = z[v];
        }
        if (IS(SIGN_FLIPPED))
            for (int v = 0; v < V; v++) dy[v] *= -1;
        for (int i = 0; i < H; i++) {
            out[i] = 0;
            for (int v = V - 1; v >= 0; v--)
                out[i] +=
                    dy[v] * (IS(WHY_STRIDE) ? Why[(v * V + i) / H][(v * V + i) % H] : Why[v][i]);
            NUMBER f = 1 - now[i] * now[i], z = (NUMBER) tanh((double) now[i]), kept = dhnext[i];
            if (IS(NO_TANH)) f = 1;
            if (IS(TANH_OF_PREACTIVATION)) f = 1 - a[t][i] * a[t][i];
            if (IS(TANH_TWICE)) f = 1 - z * z;
            if (IS(TANH_H_PREV)) f = 1 - before[i] * before[i];
            if (IS(ONE_MINUS_H)) f = 1 - now[i];
            if (IS(SIGMOID_PRIME)) f = now[i] * (1 - now[i]);
            if (IS(ONE_PLUS_H2)) f = 1 + now[i] * now[i];
            if (IS(H_SQUARED)) f = now[i] * now[i];
            if (IS(NO_DHNEXT)) kept = 0;
            if (IS(DHNEXT_CLIPPED))
                kept = kept > (NUMBER) 0.1    ? (NUMBER) 0.1
                       : kept < (NUMBER) -0.1 ? (NUMBER) -0.1
                                              : kept;
            dh[i] = IS(DHNEXT_AFTER_TANH) ? out[i] : IS(DH_IS_DHNEXT) ? kept : out[i] + kept;
            dhraw[i] = f * dh[i] + (IS(DHNEXT_AFTER_TANH) ? kept : 0);
            if (IS(DROPS_LAST_UNIT) && i == H - 1) dhraw[i] = 0;
            out[i] *= f;
        }
        for (int j = 0; j < H; j++)
            for (int i = 0; i < H; i++) {
                const NUMBER W = IS(DHNEXT_NOT_TRANSPOSED) ? Whh[j][i] : Whh[i][j];
                after[j] += W * (IS(DHNEXT_FROM_DH)    ? dh[i]
                                 : IS(DHNEXT_ONE_STEP) ? out[i]
                                                       : dhraw[i]);
            }
        for (int j = 0; j < H; j++) {
            if (IS(DHNEXT_IS_DHRAW)) after[j] = dhraw[j];
            if (IS(DHNEXT_IS_DH)) after[j] = dh[j];
            if (IS(DHNEXT_HALVED)) after[j] /= 2;
            const NUMBER passed = IS(TRUNCATED_EVERY_3) && t % 3 == 0 ? 0
                                  : IS(HANDED_TWO_BACK)               ? older[j]
                                                                      : after[j];
            older[j] = after[j];
            dhnext[j] = passed + (IS(DHNEXT_ACCUMULATES) ? dhnext[j] : 0);
        }
        for (int v = 0; v < V; v++)
            for (int i = 0; i < H; i++) {
                NUMBER with = IS(DWHY_H_PREV) ? before[i] : IS(DWHY_H_LAST) ? h[T][i] : now[i];
                if (IS(DWHY_OF_TANH_H)) with = (NUMBER) tanh((double) now[i]);
                if (IS(DWHY_OF_PREACTIVATION)) with = a[t][i];
                dWhy[v][i] =
                    dy[v] * with + (IS(DWHY_OVERWRITTEN) || IS(ALL_OVERWRITTEN) ? 0 : dWhy[v][i]);
            }
        for (int v = 0; v < V && !IS(DBY_MISSING); v++)
            dby[v] = dy[v] + (IS(DBY_OVERWRITTEN) || IS(ALL_OVERWRITTEN) ? 0 : dby[v]);
        for (int i = 0; i < H; i++) {
            const NUMBER inside = IS(DWXH_USES_DH) ? dh[i] : dhraw[i];
            if (!IS(DBH_MISSING))
                dbh[i] = (IS(DBH_USES_DH) ? dh[i] : dhraw[i]) +
                         (IS(ALL_OVERWRITTEN) || IS(DBH_OVERWRITTEN) ? 0 : dbh[i]);
            for (int v = 0; v < V; v++) {
                NUMBER e = x[t][v];
                if (IS(DWXH_X_PREV)) e = t ? x[t - 1][v] : 0;
                if (IS(DWXH_Y)) e = v == p->targets[t];
                dWxh[i][v] =
                    inside * e + (IS(DWXH_OVERWRITTEN) || IS(ALL_OVERWRITTEN) ? 0 : dWxh[i][v]);
            }
            for (int j = 0; j < H; j++) {
                NUMBER with = IS(DWHH_H_NOW) ? now[j] : before[j];
                if (IS(HPREV_DROPPED) && t == 0) with = 0;
                if (IS(HPREV_WRAPS) && t == 0) with = h[T][j];
                if (IS(DWHH_LAG_2)) with = h[t > 0 ? t - 1 : 0][j];
                if (IS(DWHH_HPREV_ALWAYS)) with = h[0][j];
                const NUMBER d = (IS(DWHH_USES_DH) ? dh[i] : dhraw[i]) * with;
                NUMBER *to = IS(DWHH_TRANSPOSED) ? &dWhh[j][i] : &dWhh[i][j];
                *to = d + (IS(DWHH_OVERWRITTEN) || IS(ALL_OVERWRITTEN) ? 0 : *to);
            }
        }
    }
    if (IS(DBY_FROM_DBH))
        for (int v = 0; v < V; v++) dby[v] = dbh[v];
    if (IS(DWXH_DOUBLED))
        for (int i = 0; i < H; i++)
            for (int v = 0; v < V; v++) dWxh[i][v] *= 2;
    /* Write the gradients to g, then apply the mistakes that change all of them. */
    double *to = g, squares = 0;
    for (int i = 0; i < H; i++)
        for (int v = 0; v < V; v++)
            if (IS(DWXH_TRANSPOSED))
                g[v * H + i] = (double) dWxh[i][v], to++;
            else
                *to++ = (double) dWxh[i][v];
    for (int i = 0; i < H; i++)
        for (int j = 0; j < H; j++) *to++ = (double) dWhh[i][j];
    double *const start = to;
    for (int v = 0; v < V; v++)
        for (int i = 0; i < H; i++)
            if (IS(DWHY_TRANSPOSED))
                start[i * V + v] = (double) dWhy[v][i], to++;
            else
                *to++ = (double) dWhy[v][i];
    for (int i = 0; i < H; i++) *to++ = (double) dbh[i];
    for (int v = 0; v < V; v++) *to++ = (double) dby[v];
    const int size = (int) (to - g);
    for (int i = 0; i < size; i++) squares += g[i] * g[i];
    for (int i = 0; i < size; i++) {
        const double most = IS(CLIPPED_5) ? 5 : IS(CLIPPED_1) ? 1 : INFINITY;
        g[i] = fmax(-most, fmin(most, g[i]));
        if (IS(DIVIDED_BY_T)) g[i] /= T;
        if (IS(HALVED)) g[i] *= 0.5;
        if (IS(DIVIDED_BY_V)) g[i] /= V;
        if (IS(DIVIDED_BY_ROOT_T)) g[i] /= sqrt(T);
        if (IS(NORM_CLIPPED)) g[i] /= fmax(1, sqrt(squares));
        if (IS(WEIGHT_DECAY)) g[i] += 1e-3 * p->theta[i];
        if (IS(WEIGHT_DECAY_FAINT)) g[i] += 1e-6 * p->theta[i];
        if (IS(A_LITTLE_TOO_LARGE)) g[i] *= 1 + 1e-4;
    }
#undef IS
}
