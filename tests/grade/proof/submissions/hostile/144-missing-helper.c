/* assignment: bptt; expect: link_error; points: 0 */
/* Calls a function that is in another file of the student's. */
#define _GNU_SOURCE
#include "backward.h"

void helper(rnn *d);

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    helper(d);
}
