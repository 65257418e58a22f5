/* assignment: forward; expect: failed,not_implemented; points: 0 */
/* Draws without an end of its own, and a loss that is not a number. */
#define _GNU_SOURCE
#include "rnn.h"

#include <math.h>

void make_parameters(rnn *net, rng *draws)
{
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) net->all[k]->v[i] = rng_uniform(draws);
}

void rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p)
{
    (void) net, (void) x, (void) hprev;
    for (int i = 0; i < h->rows; i++) h->v[i] = NAN;
    for (int i = 0; i < y->rows; i++) y->v[i] = p->v[i] = NAN;
}

double rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                   trace *tr)
{
    for (int t = 0; t < tr->T; t++)
        rnn_step(net, inputs[t], hprev, tr->hs[t], tr->ys[t], tr->ps[t]);
    return (void) targets, NAN;
}
