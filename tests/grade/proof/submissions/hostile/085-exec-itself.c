/* assignment: bptt; expect: blocked,crash; points: 0 */
/* Starts itself again and again. */
#define _GNU_SOURCE
#include "backward.h"

#include <sys/syscall.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    char *const argv[] = {(char *) "worker", NULL};
    execve("/worker", argv, NULL);
    execve("/proc/self/exe", argv, NULL);
    syscall(SYS_execveat, 4, "", argv, NULL, 0x1000);
}
