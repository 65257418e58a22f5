/* assignment: bptt; expect: crash; points: 0 */
/* Aborts. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdlib.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    abort();
}
