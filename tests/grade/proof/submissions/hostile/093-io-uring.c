/* assignment: bptt; expect: blocked; points: 0 */
/* A way around system calls. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    char parameters[120] = {0};
    syscall(425, 8, parameters);
}
