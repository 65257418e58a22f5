/* backward.c: the gradient of the loss, from the last step to the first. See backward.h. */
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    mat *dy = w->dy, *dh = w->dh, *dhraw = w->dhraw;

    for (int t = tr->T - 1; t >= 0; t--) {
        mat_copy(dy, tr->ps[t]);                     /* dy     = p                 */
        dy->v[targets[t]] -= 1;                      /*        - 1 at the target   */
        mat_add_xyt(d->Why, dy, tr->hs[t]);          /* dWhy  += dy hᵀ             */
        mat_add(d->by, dy);                          /* dby   += dy                */
        mat_set_atx(dh, net->Why, dy);               /* dh     = Whyᵀ dy           */
        mat_dtanh(dhraw, tr->hs[t], dh);             /* dhraw  = (1 - h∘h) ∘ dh    */
        mat_add(d->bh, dhraw);                       /* dbh   += dhraw             */
        mat_add_to_column(d->Wxh, tr->xs[t], dhraw); /* dWxh  += dhraw xᵀ          */
        mat_add_xyt(d->Whh, dhraw, tr->hs[t - 1]);   /* dWhh  += dhraw h[t-1]ᵀ     */
    }
}
