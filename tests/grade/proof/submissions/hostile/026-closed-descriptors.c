/* assignment: bptt; expect: timeout; points: 0 */
/* Closes every descriptor, then hangs. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (int i = 0; i < 1024; i++) close(i);
    for (;;) sleep(1);
}
