/* assignment: bptt; expect: blocked; points: 0 */
/* Namespaces of its own. */
#define _GNU_SOURCE
#include "backward.h"

#include <sched.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    unshare(CLONE_NEWUSER | CLONE_NEWNS);
}
