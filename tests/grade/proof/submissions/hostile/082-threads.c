/* assignment: bptt; expect: blocked,crash; points: 0 */
/* A thread that writes after the answer. */
#define _GNU_SOURCE
#include "backward.h"

#include <pthread.h>
#include <stdlib.h>

static void *other(void *d)
{
    for (;;) ((rnn *) d)->by->v[0] += 1;
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    pthread_t thread;
    if (pthread_create(&thread, NULL, other, d) != 0) abort();
}
