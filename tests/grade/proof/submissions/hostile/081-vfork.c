/* assignment: bptt; expect: blocked; points: 0 */
/* A process by vfork. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    if (vfork() == 0) _exit(0);
}
