/* assignment: one-hop; expect: passed; points: 100 */
/* Each step a trace of its own, from the first to the last, in a helper; sums in matrices of its own. */
#include "backward.h"

static void step(const rnn *net, const trace *one, int target, rnn *sum, work *w)
{
    mat_copy(w->dy, one->ps[0])->v[target] -= 1;
    mat_dtanh(w->dhraw, one->hs[0], mat_set_atx(w->dh, net->Why, w->dy));
    mat_add_xyt(sum->Why, w->dy, one->hs[0]);
    mat_add_xyt(sum->Whh, w->dhraw, one->hs[-1]);
    mat_add_to_column(sum->Wxh, one->xs[0], w->dhraw);
    mat_add(sum->bh, w->dhraw);
    mat_add(sum->by, w->dy);
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    rnn *sum = rnn_new(net->bh->rows, net->by->rows);
    if (!sum) return;
    for (int t = 0; t < tr->T; t++) {
        const trace one = trace_step(tr, t);
        step(net, &one, targets[t], sum, w);
    }
    for (int k = 4; k >= 0; k--) mat_add(d->all[k], sum->all[k]);
    rnn_free(sum);
}
