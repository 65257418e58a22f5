/* assignment: bptt; expect: crash; points: 0 */
/* The worker's own status for a mistake of the grader's: it must not void the grade. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    _exit(91);
}
