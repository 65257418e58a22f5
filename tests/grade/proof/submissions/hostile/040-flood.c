/* assignment: bptt; expect: timeout,not_implemented; points: 0 */
/* Floods both outputs. */
#define _GNU_SOURCE
#include "backward.h"

#include <string.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    static char much[1 << 16];
    memset(much, 'x', sizeof much);
    for (int i = 0; i < 100000; i++)
        if (write(1 + i % 2, much, sizeof much) < 0) break;
}
