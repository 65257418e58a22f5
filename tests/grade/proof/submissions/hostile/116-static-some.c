/* assignment: bptt; expect: crash; points: 0 */
/* A static array that is larger than the worker's memory. */
#define _GNU_SOURCE
#include "backward.h"

static char large[400 << 20];

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    d->by->v[0] = large[w->dh->rows];
}
