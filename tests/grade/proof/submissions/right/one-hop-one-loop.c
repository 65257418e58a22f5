/* assignment: one-hop; expect: passed; points: 100 */
/* One loop, everything of a step at once, with the kernels. */
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    for (int t = tr->T; t-- > 0;) {
        mat *dy = w->dy[t], *dhraw = w->dhraw[t];
        mat_copy(dy, tr->ps[t]);
        dy->v[targets[t]] -= 1;
        mat_add_xyt(d->Why, dy, tr->hs[t]);
        mat_add(d->by, dy);
        mat_set_atx(w->dh, net->Why, dy);
        mat_dtanh(dhraw, tr->hs[t], w->dh);
        mat_add(d->bh, dhraw);
        mat_add_to_column(d->Wxh, tr->xs[t], dhraw);
        mat_add_xyt(d->Whh, dhraw, tr->hs[t - 1]);
    }
}
