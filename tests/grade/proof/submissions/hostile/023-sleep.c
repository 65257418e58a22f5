/* assignment: bptt; expect: timeout; points: 0 */
/* Sleeps. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    sleep(1000);
}
