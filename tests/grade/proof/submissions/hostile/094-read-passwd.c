/* assignment: bptt; expect: not_implemented,blocked; points: 0 */
/* Reads /etc/passwd, and fails where it can. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdio.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    FILE *f = fopen("/etc/passwd", "r");
    if (f) d->by->v[0] = fgetc(f);
}
