/* assignment: bptt; expect: blocked,crash; points: 0 */
/* The status of a job that the filter ended. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    _exit(159);
}
