/* assignment: bptt; expect: invalid_answer; points: 0 */
/* An answer of random bytes. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    unsigned x = 1;
    for (int i = 0; i < 4000; i++) {
        const unsigned char c = (unsigned char) ((x = x * 1664525 + 1013904223) >> 24);
        if (write(3, &c, 1) != 1) break;
    }
    _exit(0);
}
