/* assignment: bptt; expect: not_implemented; points: 0 */
/* Says in TAP, on both outputs, that all is well. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdio.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (int i = 1; i < 15; i++) dprintf(1 + i % 2, "ok %d - bptt\n", i);
    dprintf(1, "1..14\n# passed\nBail out! graded already\n");
}
