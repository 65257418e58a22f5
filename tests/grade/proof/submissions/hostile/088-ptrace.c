/* assignment: bptt; expect: blocked; points: 0 */
/* Traces its parent. */
#define _GNU_SOURCE
#include "backward.h"

#include <sys/ptrace.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    ptrace(PTRACE_ATTACH, getppid(), 0, 0);
}
