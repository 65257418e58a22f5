/* assignment: one-hop; expect: passed; points: 100 */
/* Two loops, first step first: one for the output layer, one for the hidden layer. */
#include "backward.h"

static const mat *dy_at(const trace *tr, const int *targets, int t, work *w)
{
    mat_copy(w->dy, tr->ps[t])->v[targets[t]] -= 1;
    return w->dy;
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    for (int t = 0; t < tr->T; t++) {
        mat_add(d->by, dy_at(tr, targets, t, w));
        mat_add_xyt(d->Why, w->dy, tr->hs[t]);
    }
    for (int t = 0; t < tr->T; t++) {
        mat_set_atx(w->dh, net->Why, dy_at(tr, targets, t, w));
        mat_dtanh(w->dhraw, tr->hs[t], w->dh);
        mat_add_xyt(d->Whh, w->dhraw, tr->hs[t - 1]);
        mat_add_to_column(d->Wxh, tr->xs[t], w->dhraw);
        mat_add(d->bh, w->dhraw);
    }
}
