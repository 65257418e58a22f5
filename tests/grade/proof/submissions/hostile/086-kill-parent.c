/* assignment: bptt; expect: blocked; points: 0 */
/* Kills its parent and everybody. */
#define _GNU_SOURCE
#include "backward.h"

#include <signal.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    kill(getppid(), SIGKILL);
    kill(-1, SIGKILL);
}
