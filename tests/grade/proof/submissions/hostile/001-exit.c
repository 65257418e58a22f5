/* assignment: bptt; expect: invalid_answer; points: 0 */
/* Ends with status 0 and hopes that this is a pass. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdlib.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    exit(0);
}
