/* assignment: bptt; expect: not_implemented; points: 0 */
/* Writes nothing. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
}
