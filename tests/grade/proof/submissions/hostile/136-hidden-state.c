/* assignment: bptt; expect: passed,failed; points: 90 */
/* Keeps dhnext from one call to the next of the same size: the first call is right. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    static mat *kept;
    if (!kept || kept->rows != w->dh->rows) kept = mat_new(w->dh->rows, 1);
    w->dhnext = kept;
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
