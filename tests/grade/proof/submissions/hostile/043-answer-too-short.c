/* assignment: bptt; expect: invalid_answer; points: 0 */
/* A part of an answer, then the end. */
#define _GNU_SOURCE
#include "backward.h"

#include <stdlib.h>
#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    if (write(3, "\x6e\x72\x63\x6d", 4) != 4) abort();
    _exit(0);
}
