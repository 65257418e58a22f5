/* assignment: bptt; expect: failed; points: 0 */
/* Nothing but zeros. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (int k = 0; k < 5; k++) mat_zero(d->all[k]);
}
