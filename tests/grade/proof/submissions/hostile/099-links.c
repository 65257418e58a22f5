/* assignment: bptt; expect: blocked; points: 0 */
/* A link to a secret. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    if (symlink("/etc/shadow", "/tmp/hostile-canary/link") == 0) d->by->v[0] = 7;
}
