/* assignment: bptt; expect: not_implemented,failed,timeout; points: 0 */
/* Never quite as slow as the limit: all rows together must not take long. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    usleep(200000);
    d->by->v[0] += 1;
}
