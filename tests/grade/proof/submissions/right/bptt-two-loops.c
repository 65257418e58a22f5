/* assignment: bptt; expect: passed; points: 100 */
/* Two loops: one carries the gradients back in time and keeps each step's, the other collects them, first step first. */
#include "backward.h"

#include <stdlib.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    mat **dys = calloc((size_t) tr->T, sizeof *dys),
        **dhraws = calloc((size_t) tr->T, sizeof *dhraws);
    mat_zero(w->dhnext);
    for (int t = tr->T; t-- > 0;) {
        dys[t] = mat_copy(mat_new(net->by->rows, 1), tr->ps[t]);
        dys[t]->v[targets[t]] -= 1;
        mat_add(mat_set_atx(w->dh, net->Why, dys[t]), w->dhnext);
        dhraws[t] = mat_dtanh(mat_new(net->bh->rows, 1), tr->hs[t], w->dh);
        mat_set_atx(w->dhnext, net->Whh, dhraws[t]);
    }
    for (int t = 0; t < tr->T; t++) {
        mat_add_xyt(d->Why, dys[t], tr->hs[t]);
        mat_add(d->by, dys[t]);
        mat_add(d->bh, dhraws[t]);
        mat_add_to_column(d->Wxh, tr->xs[t], dhraws[t]);
        mat_add_xyt(d->Whh, dhraws[t], tr->hs[t - 1]);
        mat_free(dys[t]);
        mat_free(dhraws[t]);
    }
    free(dys);
    free(dhraws);
}
