/* assignment: bptt; expect: crash; points: 0 */
/* An integer divided by 0. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    d->by->v[0] = 1 / (tr->T - tr->T);
}
