/* assignment: bptt; expect: blocked; points: 0 */
/* A process by the system call. */
#define _GNU_SOURCE
#include "backward.h"

#include <sys/syscall.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    syscall(SYS_clone, 0x11, 0, 0, 0, 0);
    for (;;) sleep(1);
}
