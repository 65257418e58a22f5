/* assignment: bptt; expect: crash,failed; points: 0 */
/* Breaks the contract of a kernel. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    mat_add(d->Wxh, d->Whh);
    mat_add(d->by, d->bh);
}
