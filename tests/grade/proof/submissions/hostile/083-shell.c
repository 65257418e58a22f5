/* assignment: bptt; expect: blocked,not_implemented,crash; points: 0 */
/* A shell. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    char *const argv[] = {(char *) "sh", (char *) "-c",
                          (char *) "echo ok > /tmp/hostile-canary/shell", NULL};
    execve("/bin/sh", argv, NULL);
}
