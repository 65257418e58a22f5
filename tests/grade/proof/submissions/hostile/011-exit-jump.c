/* assignment: bptt; expect: crash,blocked; points: 0 */
/* Leaves by a longjmp to nowhere. */
#define _GNU_SOURCE
#include "backward.h"

#include <setjmp.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    static jmp_buf nowhere;
    longjmp(nowhere, 1);
}
