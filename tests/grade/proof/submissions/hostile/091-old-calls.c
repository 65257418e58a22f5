/* assignment: bptt; expect: blocked,crash; points: 0 */
/* System calls of 32-bit programs. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

#ifdef __x86_64__
#define CALL __asm__ volatile("int $0x80" : : "a"(2))
#else
#define CALL syscall(1079)
#endif

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    CALL;
}
