/* assignment: bptt; expect: crash; points: 0 */
/* Recursion without an end. */
#define _GNU_SOURCE
#include "backward.h"

static int deeper(volatile int *n)
{
    volatile int more = *n + 1;
    return deeper(&more) + more;
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    volatile int n = 0;
    d->by->v[0] = deeper(&n);
}
