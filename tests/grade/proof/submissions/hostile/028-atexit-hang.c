/* assignment: bptt; expect: passed; points: 100 */
/* Right numbers, and something that hangs at the end of the program. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdlib.h>
#include <unistd.h>

static void hang(void)
{
    for (;;) sleep(1);
}

static void right(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    mat_zero(w->dhnext);
    for (int t = tr->T - 1; t >= 0; t--) {
        mat_copy(w->dy[t], tr->ps[t])->v[targets[t]] -= 1;
        mat_add(mat_set_atx(w->dh, net->Why, w->dy[t]), w->dhnext);
        mat_dtanh(w->dhraw[t], tr->hs[t], w->dh);
        mat_set_atx(w->dhnext, net->Whh, w->dhraw[t]);
        mat_add_xyt(d->Why, w->dy[t], tr->hs[t]);
        mat_add_xyt(d->Whh, w->dhraw[t], tr->hs[t - 1]);
        mat_add_to_column(d->Wxh, tr->xs[t], w->dhraw[t]);
        mat_add(d->by, w->dy[t]);
        mat_add(d->bh, w->dhraw[t]);
    }
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    right(net, tr, targets, d, w);
    atexit(hang);
}
