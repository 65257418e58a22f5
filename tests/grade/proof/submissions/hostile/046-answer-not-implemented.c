/* assignment: bptt; expect: link_error; points: 0 */
/* Calls what stands in for a function that is not there. */
#define _GNU_SOURCE
#include "backward.h"

_Noreturn void worker_not_implemented(void);

static void right(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    mat_zero(w->dhnext);
    for (int t = tr->T - 1; t >= 0; t--) {
        mat_copy(w->dy, tr->ps[t])->v[targets[t]] -= 1;
        mat_add(mat_set_atx(w->dh, net->Why, w->dy), w->dhnext);
        mat_dtanh(w->dhraw, tr->hs[t], w->dh);
        mat_set_atx(w->dhnext, net->Whh, w->dhraw);
        mat_add_xyt(d->Why, w->dy, tr->hs[t]);
        mat_add_xyt(d->Whh, w->dhraw, tr->hs[t - 1]);
        mat_add_to_column(d->Wxh, tr->xs[t], w->dhraw);
        mat_add(d->by, w->dy);
        mat_add(d->bh, w->dhraw);
    }
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    right(net, tr, targets, d, w);
    worker_not_implemented();
}
