/* assignment: bptt; expect: compile_error; points: 0 */
/* A static array of a terabyte, not zero. */
#define _GNU_SOURCE
#include "backward.h"

#include <stddef.h>

static char huge[(size_t) 1 << 40] = {1};

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    d->by->v[0] = huge[w->dh->rows];
}
