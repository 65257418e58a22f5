/* assignment: bptt; expect: failed,not_implemented,crash,invalid_answer; points: 0 */
/* Puts its own matrices in place of the caller's. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    rnn *mine = rnn_new(net->Whh->rows + 1, net->by->rows);
    for (int k = 0; k < 5; k++) d->all[k] = mine->all[k];
}
