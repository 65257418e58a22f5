/* assignment: bptt; expect: passed; points: 100 */
/* Right, but slow: a sixth of a second for each call with a larger network. */
#include "backward.h"

#include <time.h>

static void waste(void)
{
    struct timespec from, now;
    clock_gettime(CLOCK_MONOTONIC, &from);
    do clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000 < 160);
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    if (net->bh->rows >= 40) waste();
    mat_zero(w->dhnext);
    for (int t = tr->T - 1; t >= 0; t--) {
        mat_copy(w->dy, tr->ps[t]);
        w->dy->v[targets[t]] -= 1;
        mat_add_xyt(d->Why, w->dy, tr->hs[t]);
        mat_add(d->by, w->dy);
        mat_set_atx(w->dh, net->Why, w->dy);
        mat_add(w->dh, w->dhnext);
        mat_dtanh(w->dhraw, tr->hs[t], w->dh);
        mat_add(d->bh, w->dhraw);
        mat_add_to_column(d->Wxh, tr->xs[t], w->dhraw);
        mat_add_xyt(d->Whh, w->dhraw, tr->hs[t - 1]);
        mat_set_atx(w->dhnext, net->Whh, w->dhraw);
    }
}
