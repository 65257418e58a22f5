/* assignment: bptt; expect: timeout; points: 0 */
/* Blocks every signal, then hangs. */
#define _GNU_SOURCE
#include "backward.h"

#include <signal.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (;;) sleep(1);
}
