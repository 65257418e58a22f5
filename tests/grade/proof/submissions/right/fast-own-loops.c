/* assignment: fast; expect: passed; points: 100 */
/* Stream by stream and step by step, without a product. Right, and slow. */
#include "fast.h"
#include "fn.h"

const int fast_most_streams = 1000000;

static real *el(mat *A, int i, int j) { return &A->v[i * A->cols + j]; }

/* Row i of C += row i of A, of so many columns, times B. */
static void add_row(mat *C, mat *A, int i, int columns, mat *B)
{
    for (int j = 0; j < C->cols; j++)
        for (int l = 0; l < columns; l++) *el(C, i, j) += *el(A, i, l) * *el(B, l, j);
}

static void step_forward(const fast *r, fastshard *s, int t, int i)
{
    const int n = s->hs[0]->rows, x = s->inputs[t * n + i], target = s->targets[t * n + i];
    for (int j = 0; j < r->HP; j++)
        *el(s->hs[t], i, j) = *el(r->net.bh, 0, j) + *el(r->net.WxhT, x, j);
    add_row(s->hs[t], s->hs[t - 1], i, r->o.hidden, r->WhhT);
    for (int j = 0; j < r->HP; j++) *el(s->hs[t], i, j) = fn_tanh(*el(s->hs[t], i, j));
    real most = *el(r->net.by, 0, 0), sum = 0;
    for (int j = 0; j < r->VP; j++) *el(s->ys[t], i, j) = *el(r->net.by, 0, j);
    add_row(s->ys[t], s->hs[t], i, r->o.hidden, r->WhyT);
    for (int j = 0; j < r->V; j++)
        if (*el(s->ys[t], i, j) > most) most = *el(s->ys[t], i, j);
    for (int j = 0; j < r->VP; j++)
        sum += *el(s->ps[t], i, j) = j < r->V ? fn_exp(*el(s->ys[t], i, j) - most) : 0;
    for (int j = 0; j < r->V; j++) *el(s->ps[t], i, j) /= sum;
    s->loss -= fn_log(*el(s->ps[t], i, target));
    *el(s->ps[t], i, target) -= 1;
    for (int j = 0; j < r->V; j++) *el(s->ps[t], i, j) /= (real) r->o.streams;
}

static void step_backward(const fast *r, fastshard *s, int t, int i)
{
    const int n = s->hs[0]->rows, x = s->inputs[t * n + i];
    for (int j = 0; j < r->HP; j++) *el(s->dh[t], i, j) = 0;
    add_row(s->dh[t], s->ps[t], i, r->V, r->net.Why);
    if (t < r->o.seq_length - 1) add_row(s->dh[t], s->dhraw[t + 1], i, r->o.hidden, r->net.Whh);
    for (int j = 0; j < r->HP; j++) {
        const real h = *el(s->hs[t], i, j), d = *el(s->dh[t], i, j) * (1 + h) * (1 - h);
        *el(s->dhraw[t], i, j) = d;
        *el(s->d.bh, 0, j) += d;
        *el(s->d.WxhT, x, j) += d;
    }
    for (int j = 0; j < r->V; j++) *el(s->d.by, 0, j) += *el(s->ps[t], i, j);
}

void fast_pass(void *run, int k, int worker)
{
    const fast *r = run;
    fastshard *s = &r->shard[k];
    (void) worker;
    s->loss = 0;
    for (int i = 0; i < s->hs[0]->rows; i++) {
        for (int t = 0; t < r->o.seq_length; t++) step_forward(r, s, t, i);
        for (int t = r->o.seq_length; t-- > 0;) step_backward(r, s, t, i);
    }
}
