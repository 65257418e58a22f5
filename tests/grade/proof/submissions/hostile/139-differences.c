/* assignment: bptt; expect: link_error; points: 0 */
/* Central differences of the loss: good enough for a few steps, and too slow for many. */
#define _GNU_SOURCE
#include "backward.h"

/* The loss of the trace that there is, with the kit's forward pass. */
static double loss(const rnn *net, const trace *tr, const int *targets)
{
    static trace *mine;
    static int H, V, T;
    if (!mine || H != net->Whh->rows || V != net->by->rows || T != tr->T)
        mine = trace_new(H = net->Whh->rows, V = net->by->rows, T = tr->T);
    return rnn_forward(net, tr->xs, targets, tr->hs[-1], mine);
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    static const double c[] = {1. / 2};
    const double eps = 1e-5;
    (void) w;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) {
            const double x = net->all[k]->v[i];
            double sum = 0;
            for (int j = 1; j <= (int) (sizeof c / sizeof *c); j++) {
                net->all[k]->v[i] = x + j * eps;
                sum += c[j - 1] * loss(net, tr, targets);
                net->all[k]->v[i] = x - j * eps;
                sum -= c[j - 1] * loss(net, tr, targets);
            }
            net->all[k]->v[i] = x;
            d->all[k]->v[i] += sum / eps;
        }
}
