/* assignment: bptt; expect: compile_error; points: 0 */
/* A bracket is missing. */
#define _GNU_SOURCE
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    mat_zero(w->dhnext;
}
