/* assignment: lstm; expect: passed; points: 100 */
/* No product but its own: element by element, gate by gate. Right. */
#include "lstm.h"

#include "fn.h"

enum { F, G, I, O };

static real *gate(mat *A, int n, int k, int j)
{
    return &A->v[(n * LSTM_GATES + k) * (A->cols / LSTM_GATES) + j];
}

void lstmlayer_forward(const lstmcell *cell, lstmstep *s)
{
    const int H = s->h->cols, columns = LSTM_GATES * H;
    for (int n = 0; n < s->h->rows; n++) {
        for (int m = 0; m < columns; m++) {
            real sum = s->a->v[n * columns + m];
            for (int i = 0; i < H; i++)
                sum += s->hprev->v[n * H + i] * cell->Wh->v[i * columns + m];
            s->a->v[n * columns + m] = m / H == G ? fn_tanh(sum) : fn_sigmoid(sum);
        }
        for (int j = 0, at = n * H; j < H; j++, at++) {
            s->c->v[at] = *gate(s->a, n, G, j) * *gate(s->a, n, I, j);
            s->c->v[at] += *gate(s->a, n, F, j) * s->cprev->v[at];
            s->tc->v[at] = fn_tanh(s->c->v[at]);
            s->h->v[at] = s->tc->v[at] * *gate(s->a, n, O, j);
        }
    }
}

void lstmlayer_backward(const lstmcell *cell, const lstmstep *s, lstmstep *ds)
{
    const int H = s->h->cols, columns = LSTM_GATES * H;
    for (int n = 0; n < s->h->rows; n++) {
        for (int j = 0, at = n * H; j < H; j++, at++) {
            const real f = *gate(s->a, n, F, j), g = *gate(s->a, n, G, j), i = *gate(s->a, n, I, j),
                       o = *gate(s->a, n, O, j), th = s->tc->v[at], out = ds->h->v[at] * o,
                       dc = ds->c->v[at] + (out - out * th * th);
            *gate(ds->a, n, O, j) = out * (1 - o) * th;
            *gate(ds->a, n, I, j) = dc * g * (i - i * i);
            *gate(ds->a, n, G, j) = dc * i * (1 + g) * (1 - g);
            *gate(ds->a, n, F, j) = dc * s->cprev->v[at] * (f - f * f);
            ds->cprev->v[at] = dc * f;
        }
        for (int i = 0; i < H; i++) {
            real sum = 0;
            for (int m = 0; m < columns; m++)
                sum += cell->Wh->v[i * columns + m] * ds->a->v[n * columns + m];
            ds->hprev->v[n * H + i] = sum;
        }
    }
}

static lstmstep now(const timelstm *l, int t)
{
    return (lstmstep){.hprev = l->hs[t - 1],
                      .cprev = l->cs[t - 1],
                      .a = l->as[t],
                      .c = l->cs[t],
                      .tc = l->tcs[t],
                      .h = l->hs[t]};
}

void timelstm_forward(timelstm *l, int T, mat *const *xs)
{
    if (l->has_state) {
        mat_copy(l->hs[-1], l->h);
        mat_copy(l->cs[-1], l->c);
    } else {
        mat_zero(l->hs[-1]);
        mat_zero(l->cs[-1]);
    }
    for (int t = 0; t < T; t++) {
        const int columns = l->cell.b->cols;
        for (int i = 0; i < mat_size(l->as[t]); i++) l->as[t]->v[i] = l->cell.b->v[i % columns];
        mat_add_ab(l->as[t], xs[t], l->cell.Wx);
        lstmstep s = now(l, t);
        lstmlayer_forward(&l->cell, &s);
        mat_copy(l->h, s.h);
        mat_copy(l->c, s.c);
    }
    l->has_state = l->stateful;
}

void timelstm_backward(timelstm *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    mat_zero(l->dh);
    mat_zero(l->dc);
    for (int t = T; t-- > 0;) {
        const lstmstep s = now(l, t);
        lstmstep ds = {.hprev = l->dh, .cprev = l->dc, .a = l->das[t], .c = l->dc, .h = l->sum};
        mat_copy(ds.h, mat_add(l->dh, dhs[t]));
        lstmlayer_backward(&l->cell, &s, &ds);
        mat_add_atb(l->d.Wh, s.hprev, ds.a);
        mat_add_atb(l->d.Wx, xs[t], ds.a);
        for (int i = 0; i < mat_size(ds.a); i++) l->d.b->v[i % ds.a->cols] += ds.a->v[i];
        mat_add_abt(mat_zero(dxs[t]), ds.a, l->cell.Wx);
    }
}
