/* assignment: bptt; expect: failed; points: 0 */
/* Adds what is in the scratch. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    mat_add(d->by, w->dy);
    mat_add(d->bh, w->dh);
    for (int i = 0; i < mat_size(d->Whh); i++) d->Whh->v[i] += w->dh->v[0];
    for (int i = 0; i < mat_size(d->Wxh); i++) d->Wxh->v[i] += w->dh->v[0];
    for (int i = 0; i < mat_size(d->Why); i++) d->Why->v[i] += w->dh->v[0];
}
