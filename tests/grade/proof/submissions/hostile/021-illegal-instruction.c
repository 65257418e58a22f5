/* assignment: bptt; expect: crash; points: 0 */
/* An instruction that there is not. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    __builtin_trap();
}
