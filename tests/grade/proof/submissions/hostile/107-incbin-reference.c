/* assignment: bptt; expect: compile_error; points: 0 */
/* The assembler is to take the reference out of what the worker is linked from: it looks beside the headers. */
#define _GNU_SOURCE
#include "backward.h"

__asm__(".section .rodata\n.globl stolen\nstolen:\n.incbin \"../backward.o\"\n.text");
extern const char stolen[];

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    d->by->v[0] = stolen[0];
}
