/* assignment: bptt; expect: link_error; points: 0 */
/* Derivatives by differences of the grader's own forward pass: it is not there. */
#include "backward.h"

#include <math.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) w;
    for (int t = 0; t < tr->T; t++)
        for (int i = 0; i < mat_size(net->by); i++) {
            const double e = 1e-5, x = net->by->v[i];
            double f[2];
            for (int k = 0; k < 2; k++) {
                net->by->v[i] = x + (k ? e : -e);
                rnn_step(net, tr->xs[t], tr->hs[t - 1], tr->hs[t], tr->ys[t], tr->ps[t]);
                f[k] = -log(tr->ps[t]->v[targets[t]]);
            }
            net->by->v[i] = x;
            d->by->v[i] += (f[1] - f[0]) / (2 * e);
        }
}
