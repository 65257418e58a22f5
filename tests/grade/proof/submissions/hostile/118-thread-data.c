/* assignment: bptt; expect: crash; points: 0 */
/* Data of a thread of a gigabyte. */
#define _GNU_SOURCE
#include "backward.h"

static _Thread_local char large[1 << 30];

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    d->by->v[0] = large[w->dh->rows];
}
