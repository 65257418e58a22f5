/* assignment: bptt; expect: failed,timeout; points: 0 */
/* Wrong for what is graded, slow for what the mistake is looked for with. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

static int called;

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) d->all[k]->v[i] += 1;
    if (++called > 3) usleep(150000);
}
