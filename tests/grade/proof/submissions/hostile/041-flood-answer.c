/* assignment: bptt; expect: timeout,invalid_answer; points: 0 */
/* Floods the answer. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    static char much[1 << 16];
    for (;;)
        if (write(3, much, sizeof much) < 0) break;
}
