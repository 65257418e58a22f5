/* pass.c: a window forward and backward; the backward half is yours. Only the two recurrences go step by step; the rest
 * is one product for all steps. See fast.h. */
#include "fast.h"
#include "fn.h"

const int fast_most_streams = 1000000;

/* The recurrence: hs[t] = tanh(bh + Wxh x + Whh hs[t-1]) */
static void forward(const fast *r, fastshard *s)
{
    const int n = s->hs[0]->rows, HP = r->HP, H = r->o.hidden;
    for (int t = 0; t < r->o.seq_length; t++) {
        mat *h = s->hs[t];
        fast_set_rows(h, r->net.bh);
        for (int i = 0; i < n; i++)
            fast_add(HP, h->v + i * HP, r->net.WxhT->v + s->inputs[t * n + i] * HP);
        product(&h, 1, fast_columns(&s->hs[t - 1], 1, 0, H), fast_all(&r->WhhT, 1));
        mat_tanh(h);
    }
}

/* What no other step waits for: scores, probabilities, the loss, dy, and the part of dh that comes from dy. */
static void outputs(const fast *r, fastshard *s)
{
    const int T = r->o.seq_length, n = s->hs[0]->rows, VP = r->VP;
    const real mean = 1 / (real) r->o.streams;
    for (int t = 0; t < T; t++) fast_set_rows(s->ys[t], r->net.by);
    product(s->ys, T, fast_columns(s->hs, T, 0, r->o.hidden), fast_all(&r->WhyT, 1));
    s->loss = 0;
    for (int t = 0; t < T; t++) {
        mat_softmax_rows(s->ps[t], s->ys[t]);
        for (int i = 0; i < n; i++) {
            real *p = s->ps[t]->v + i * VP, *at = p + s->targets[t * n + i];
            s->loss -= fn_log(*at);
            *at -= 1;                                  /* dy = p - 1 at the target */
            for (int j = 0; j < VP; j++) p[j] *= mean; /* of the mean over the streams */
        }
    }
    /* TODO: the part of dh that comes from dy, in one product for all steps. */
}

/* The other recurrence: dh += Whhᵀ dhraw[t+1], dhraw = (1 - h²) dh */
static void backward(const fast *r, fastshard *s)
{
    /* TODO: step by step, from the last to the first. */
    (void) r;
    (void) s;
}

void fast_pass(void *run, int k, int worker)
{
    const fast *r = run;
    fastshard *s = &r->shard[k];
    (void) worker;
    forward(r, s);
    outputs(r, s);
    backward(r, s);
    /* TODO: the gradients of by, bh and WxhT. */
}
