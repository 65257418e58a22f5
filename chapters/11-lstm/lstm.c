/* lstm.c: the LSTM layer. See lstm.h. */
#include "lstm.h"

#include "fn.h"
#include "require.h"
#include "vectors.h"

#include <stdlib.h>

void lstmlayer_forward(const lstmcell *cell, lstmstep *s)
{
    const int N = s->h->rows, H = s->h->cols;
    mat_add_ab(s->a, s->hprev, cell->Wh); /* a = x Wx + b + hprev Wh */
    for (int n = 0; n < N; n++) {
        real *f = s->a->v + n * LSTM_GATES * H, *g = f + H, *i = g + H, *o = i + H;
        const real *cprev = s->cprev->v + n * H;
        real *c = s->c->v + n * H, *tc = s->tc->v + n * H, *h = s->h->v + n * H;
        fn_sigmoid_all(H, f);
        fn_tanh_all(H, g);
        fn_sigmoid_all(2 * H, i); /* i and o         */
        for (int j = 0; j < H; j++)
            tc[j] = c[j] = f[j] * cprev[j] + g[j] * i[j]; /* c = f∘cprev + g∘i */
        fn_tanh_all(H, tc);
        for (int j = 0; j < H; j++) h[j] = o[j] * tc[j]; /* h = o∘tanh c */
    }
}

/* A row of a step's gradients: da, and dc, which holds dL/dc from the next step, then dL/dcprev. */
static void row_backward(int H, const real *a, const real *cprev, const real *tc, const real *dh,
                         real *restrict da, real *restrict dc)
{
    const real *f = a, *g = f + H, *i = g + H, *o = i + H;
    real *df = da, *dg = df + H, *di = dg + H, *dout = di + H;
    for (int j = 0; j < H; j++) {
        const real d = dc[j] + dh[j] * o[j] * (1 - tc[j] * tc[j]); /* both ways out of c */
        df[j] = d * cprev[j] * f[j] * (1 - f[j]);
        dg[j] = d * i[j] * (1 - g[j] * g[j]);
        di[j] = d * g[j] * i[j] * (1 - i[j]);
        dout[j] = dh[j] * tc[j] * o[j] * (1 - o[j]);
        dc[j] = d * f[j];
    }
}

/* Backward through the gates: all of a step but dhprev. */
static void gates_backward(const lstmstep *s, lstmstep *ds)
{
    const int N = s->h->rows, H = s->h->cols, G = LSTM_GATES * H;
    if (ds->cprev != ds->c) mat_copy(ds->cprev, ds->c);
    for (int n = 0; n < N; n++)
        row_backward(H, s->a->v + n * G, s->cprev->v + n * H, s->tc->v + n * H, ds->h->v + n * H,
                     ds->a->v + n * G, ds->cprev->v + n * H);
}

void lstmlayer_backward(const lstmcell *cell, const lstmstep *s, lstmstep *ds)
{
    gates_backward(s, ds);
    mat_add_abt(mat_zero(ds->hprev), ds->a, cell->Wh); /* dhprev = da Whᵀ */
}

timelstm *timelstm_new(int N, int room, lstmcell cell, lstmcell d, bool stateful)
{
    const int H = cell.Wh->rows, G = LSTM_GATES * H;
    REQUIRE(room, >, 0);
    REQUIRE(cell.Wh->cols, ==, G);
    timelstm *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->room = room;
    l->stateful = stateful;
    l->cell = cell;
    l->d = d;
    mat **hs = mats_new(room + 1, N, H), **cs = mats_new(room + 1, N, H);
    l->hs = hs ? hs + 1 : NULL;
    l->cs = cs ? cs + 1 : NULL;
    l->tcs = mats_new(room, N, H);
    l->as = mats_new(room, N, G);
    l->h = mat_new(N, H);
    l->c = mat_new(N, H);
    l->dh = mat_new(N, H);
    l->dc = mat_new(N, H);
    l->das = mats_new(room, N, G);
    l->WhT = mat_new(G, H);
    l->sum = mat_new(N, H);
    if (l->hs && l->cs && l->tcs && l->as && l->h && l->c && l->dh && l->dc && l->das && l->WhT &&
        l->sum)
        return l;
    timelstm_free(l);
    return NULL;
}

void timelstm_free(timelstm *l)
{
    if (!l) return;
    if (l->hs) vectors_free(l->hs - 1, l->room + 1);
    if (l->cs) vectors_free(l->cs - 1, l->room + 1);
    vectors_free(l->tcs, l->room);
    vectors_free(l->as, l->room);
    vectors_free(l->das, l->room);
    mat *const each[] = {l->h, l->c, l->dh, l->dc, l->WhT, l->sum};
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) mat_free(each[k]);
    free(l);
}

void timelstm_set_state(timelstm *l, const mat *h, const mat *c)
{
    mat_copy(l->h, h);
    mat_copy(l->c, c);
    l->has_state = true;
}

void timelstm_reset_state(timelstm *l) { l->has_state = false; }

/* Step t of a block, in the layer's matrices. */
static lstmstep step_at(const timelstm *l, int t)
{
    return (lstmstep){l->hs[t - 1], l->cs[t - 1], l->as[t], l->cs[t], l->tcs[t], l->hs[t]};
}

void timelstm_forward(timelstm *l, int T, mat *const *xs)
{
    REQUIRE(T, >=, 1);
    REQUIRE(T, <=, l->room);
    mat_zero(l->hs[-1]);
    mat_zero(l->cs[-1]);
    if (l->has_state) {
        mat_copy(l->hs[-1], l->h);
        mat_copy(l->cs[-1], l->c);
    }
    timeaffine_forward(l->cell.Wx, l->cell.b, T, xs, l->as); /* x Wx + b, all steps at once */
    for (int t = 0; t < T; t++) {
        lstmstep s = step_at(l, t);
        lstmlayer_forward(&l->cell, &s);
    }
    mat_copy(l->h, l->hs[T - 1]);
    mat_copy(l->c, l->cs[T - 1]);
    l->has_state = l->stateful;
}

void timelstm_backward(timelstm *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    REQUIRE(T, >=, 1);
    REQUIRE(T, <=, l->room);
    mat_zero(l->dh);
    mat_zero(l->dc);
    mat_set_at(l->WhT, l->cell.Wh);
    for (int t = T - 1; t >= 0; t--) {
        const lstmstep s = step_at(l, t);
        lstmstep ds = {l->dh, l->dc, l->das[t], l->dc, NULL, l->sum};
        mat_copy(ds.h, dhs[t]); /* dh = dL/dhs[t] from above    */
        mat_add(ds.h, l->dh);   /*    + the same from step t+1  */
        gates_backward(&s, &ds);
        mat_add_ab(mat_zero(l->dh), ds.a, l->WhT); /* dhprev = da Whᵀ */
    }
    mats_add_atb(l->d.Wh, l->hs - 1, l->das, T); /* dWh += hprevᵀ da, all steps at once */
    timeaffine_backward(l->cell.Wx, l->d.Wx, l->d.b, T, xs, l->das, dxs); /* db, dWx and dx */
}
