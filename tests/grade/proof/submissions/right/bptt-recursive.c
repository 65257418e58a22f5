/* assignment: bptt; expect: passed; points: 100 */
/* Recursion forward in time: each step gets dhnext from the ones after it. */
#include "backward.h"

static void step(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w, int t)
{
    if (t == tr->T) {
        mat_zero(w->dhnext);
        return;
    }
    step(net, tr, targets, d, w, t + 1);
    mat_copy(w->dy, tr->ps[t])->v[targets[t]]--;
    mat_dtanh(w->dhraw, tr->hs[t], mat_add(mat_set_atx(w->dh, net->Why, w->dy), w->dhnext));
    mat_add_xyt(d->Why, w->dy, tr->hs[t]);
    mat_add_xyt(d->Whh, w->dhraw, tr->hs[t - 1]);
    mat_add_to_column(d->Wxh, tr->xs[t], w->dhraw);
    mat_add(d->bh, w->dhraw);
    mat_add(d->by, w->dy);
    mat_set_atx(w->dhnext, net->Whh, w->dhraw);
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    step(net, tr, targets, d, w, 0);
}
