/* assignment: bptt; expect: not_implemented,crash; points: 0 */
/* A terabyte, mapped. */
#define _GNU_SOURCE
#include "backward.h"

#include <stddef.h>
#include <sys/mman.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    char *p = mmap(NULL, (size_t) 1 << 40, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p != MAP_FAILED) d->by->v[0] = 7;
}
