/* assignment: bptt; expect: invalid_answer,failed,not_implemented; points: 0 */
/* Writes the whole answer itself, with the right header, and ends. */
#define _GNU_SOURCE
#include "backward.h"

#include <unistd.h>

/* Reads the request again, and writes a whole answer with the right header: all zeros but for what d held. */
static void put(int n, const double *v)
{
    const int head[2] = {'d', n};
    if (write(3, head, sizeof head) < 0) _exit(1);
    if (n > 0 && write(3, v, (size_t) n * sizeof *v) < 0) _exit(1);
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    int head[4], ints[5];
    lseek(0, 0, SEEK_SET);
    if (read(0, head, sizeof head) != sizeof head) _exit(1);
    ints[0] = 'i', ints[1] = 3, ints[2] = head[2], ints[3] = head[3], ints[4] = 0;
    if (write(3, ints, sizeof ints) < 0) _exit(1);
    for (int k = 0; k < 5; k++) put(mat_size(d->all[k]), d->all[k]->v);
    _exit(0);
}
