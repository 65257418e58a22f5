/* assignment: bptt; expect: not_implemented,blocked,timeout; points: 0 */
/* Writes wherever it can. */
#define _GNU_SOURCE
#include "backward.h"

#include <fcntl.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    static const char *const files[] = {"/tmp/hostile-canary/bird",
                                        "/tmp/hostile-canary/new",
                                        "here",
                                        "../here",
                                        "/dev/shm/hostile",
                                        "/worker"};
    for (int i = 0; i < 6; i++)
        if (open(files[i], O_WRONLY | O_CREAT | O_TRUNC, 0666) >= 0) d->by->v[0] = 7;
}
