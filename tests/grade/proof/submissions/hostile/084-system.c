/* assignment: bptt; expect: blocked; points: 0 */
/* A shell by system(). */
#define _GNU_SOURCE
#include "backward.h"

#include <stdlib.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    if (system("touch /tmp/hostile-canary/system") != 0) return;
}
