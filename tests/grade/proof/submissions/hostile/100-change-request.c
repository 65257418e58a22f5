/* assignment: bptt; expect: crash,not_implemented,blocked,invalid_answer,timeout; points: 0 */
/* Writes into its request and its own program. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    lseek(0, 0, SEEK_SET);
    if (write(0, "0000000000000000", 16) == 16) d->by->v[0] = 7;
    if (ftruncate(0, 0) == 0) d->by->v[0] = 7;
}
