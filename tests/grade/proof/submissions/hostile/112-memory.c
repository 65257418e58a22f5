/* assignment: bptt; expect: crash,timeout; points: 0 */
/* 16 GB of memory. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdlib.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (int i = 0; i < 16384; i++) {
        volatile char *p = malloc(1 << 20);
        for (int k = 0; k < 1 << 20; k += 4096) p[k] = 1;
    }
}
