/* assignment: bptt; expect: timeout,blocked; points: 0 */
/* Waits for a futex that nobody wakes. */
#define _GNU_SOURCE
#include "backward.h"

#include <sys/syscall.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    int word = 0;
    syscall(SYS_futex, &word, 0, 0, NULL, NULL, 0);
}
