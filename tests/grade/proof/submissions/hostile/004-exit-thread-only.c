/* assignment: bptt; expect: invalid_answer; points: 0 */
/* The system call that ends one thread. */
#define _GNU_SOURCE
#include "backward.h"

#include <sys/syscall.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    syscall(SYS_exit, 0);
}
