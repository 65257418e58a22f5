/* assignment: bptt; expect: timeout; points: 0 */
/* A loop without an end. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (volatile unsigned i = 0;; i = i + 1) continue;
}
