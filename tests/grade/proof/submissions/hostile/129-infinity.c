/* assignment: bptt; expect: failed; points: 0 */
/* Nothing but infinity. */
#define _GNU_SOURCE
#include "backward.h"

#include <math.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) d->all[k]->v[i] = INFINITY;
}
