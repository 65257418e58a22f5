/* assignment: bptt; expect: blocked; points: 0 */
/* Removes and renames. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    unlink("/tmp/hostile-canary/bird");
    rename("/tmp/hostile-canary/bird", "/tmp/hostile-canary/flown");
    mkdir("/tmp/hostile-canary/nest", 0777);
}
