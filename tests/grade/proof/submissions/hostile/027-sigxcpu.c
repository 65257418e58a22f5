/* assignment: bptt; expect: timeout; points: 0 */
/* Catches SIGXCPU and computes on. */
#define _GNU_SOURCE
#include "backward.h"

#include <signal.h>

static void on(int s) { (void) s; }

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (int s = 1; s < 32; s++) signal(s, on);
    for (volatile int i = 0;; i = i + 1) continue;
}
