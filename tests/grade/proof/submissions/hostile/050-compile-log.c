/* assignment: bptt; expect: not_implemented; points: 0 */
/* Warnings without an end. */
#define _GNU_SOURCE
#include "backward.h"

#define W1 _Pragma("message \"a long warning, again and again and again and again and again\"")
#define W2 W1 W1 W1 W1 W1 W1 W1 W1 W1 W1
#define W3 W2 W2 W2 W2 W2 W2 W2 W2 W2 W2
#define W4 W3 W3 W3 W3 W3 W3 W3 W3 W3 W3

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
}
W4
