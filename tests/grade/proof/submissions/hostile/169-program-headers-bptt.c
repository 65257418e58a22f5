/* assignment: bptt; expect: link_error; points: 0 */
/* 1200 sections, each on a page of its own: a program header each, more than the kernel takes (64 KB of them, 1170): no exec, and that looks like our failure. */
#include "backward.h"
__asm__(".altmacro\n.macro many n\n.section .x\\n,\"a\"\n.p2align 13\n.byte 1\n.endm\n.set i,0\n.rept 1200\nmany %i\n.set i,i+1\n.endr\n.text\n");

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
}
