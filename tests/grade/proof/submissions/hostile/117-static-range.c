/* assignment: bptt; expect: compile_error,crash,link_error; points: 0 */
/* A range of initial values of 2 GB. */
#define _GNU_SOURCE
#include "backward.h"

static const char range[] = {[0 ... 2000000000] = 1};

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    d->by->v[0] = range[w->dh->rows];
}
