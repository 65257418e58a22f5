/* assignment: bptt; expect: blocked; points: 0 */
/* Sends itself SIGKILL, as the system does for want of memory. */
#define _GNU_SOURCE
#include "backward.h"

#include <signal.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    kill(getpid(), SIGKILL);
}
