/* pass.c: step 1. One time step after the other, as in chapter 8, with rows in place of columns. */
#include "fast.h"
#include "fn.h"

const int fast_most_streams = 1;

static void forward(const fast *r, fastshard *s, int t)
{
    const int x = s->inputs[t];
    mat *h = s->hs[t], *y = s->ys[t];
    fast_set_rows(h, r->net.bh); /* h = bh + Wxh x + Whh hprev */
    fast_add(r->HP, h->v, r->net.WxhT->v + x * r->HP);
    product(&h, 1, fast_columns(&s->hs[t - 1], 1, 0, r->o.hidden), fast_all(&r->WhhT, 1));
    mat_tanh(h);
    fast_set_rows(y, r->net.by); /* y = by + Why h */
    product(&y, 1, fast_columns(&h, 1, 0, r->o.hidden), fast_all(&r->WhyT, 1));
    mat_softmax_rows(s->ps[t], y);
    s->loss -= fn_log(s->ps[t]->v[s->targets[t]]);
}

static void backward(const fast *r, fastshard *s, int t)
{
    const int H = r->o.hidden;
    mat *dh = mat_zero(s->dh[t]);
    s->ps[t]->v[s->targets[t]] -= 1; /* dy = p - 1 at the target, dh = Whyᵀ dy + Whhᵀ dhraw[t+1] */
    product(&dh, 1, fast_columns(&s->ps[t], 1, 0, r->V), fast_all(&r->net.Why, 1));
    if (t + 1 < r->o.seq_length)
        product(&dh, 1, fast_columns(&s->dhraw[t + 1], 1, 0, H), fast_all(&r->net.Whh, 1));
    mat_dtanh(s->dhraw[t], s->hs[t], dh); /* dhraw = (1 - h²) dh */
}

void fast_pass(void *run, int k, int worker)
{
    const fast *r = run;
    fastshard *s = &r->shard[k];
    (void) worker;
    s->loss = 0;
    for (int t = 0; t < r->o.seq_length; t++) forward(r, s, t);
    for (int t = r->o.seq_length - 1; t >= 0; t--) backward(r, s, t);
    for (int t = 0; t < r->o.seq_length; t++) {
        fast_add(r->VP, s->d.by->v, s->ps[t]->v);
        fast_add(r->HP, s->d.bh->v, s->dhraw[t]->v);
        fast_add(r->HP, s->d.WxhT->v + s->inputs[t] * r->HP, s->dhraw[t]->v);
        product(&s->d.Why, 1, fast_turned(&s->ps[t], 1, 0, r->V), fast_all(&s->hs[t], 1));
        product(&s->d.Whh, 1, fast_turned(&s->dhraw[t], 1, 0, r->o.hidden),
                fast_all(&s->hs[t - 1], 1));
    }
}
