/* assignment: one-hop; expect: crash,blocked,timeout; points: 0 */
/* Another exit status each time, among those that stand for signals. */
#include "backward.h"
#include <unistd.h>
void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) tr, (void) targets, (void) d, (void) w;
    unsigned long b = *(unsigned long *) net->Wxh->v;
    int c = 129 + b % 64; _exit(c == 137 ? 255 : c);
}
