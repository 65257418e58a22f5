/* assignment: bptt; expect: not_implemented,blocked; points: 0 */
/* Reads what /proc tells of itself and of its parent. */
#define _GNU_SOURCE
#include "backward.h"

#include <fcntl.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    static const char *const files[] = {"/proc/self/maps", "/proc/self/environ", "/proc/1/environ",
                                        "/proc/self/exe", "/proc/self/fd/0"};
    for (int i = 0; i < 5; i++)
        if (open(files[i], O_RDONLY) >= 0) d->by->v[0] = 7;
}
