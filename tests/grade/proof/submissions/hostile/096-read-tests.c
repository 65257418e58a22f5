/* assignment: bptt; expect: not_implemented,blocked; points: 0 */
/* Looks for the tests and the reference. */
#define _GNU_SOURCE
#include "backward.h"

#include <fcntl.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    static const char *const files[] = {"..", "../student.c", "../criterion",
                                        "tests/grade/manifest.tsv", "chapters/04-bptt/backward.c"};
    for (int i = 0; i < 5; i++)
        if (open(files[i], O_RDONLY) >= 0) d->by->v[0] = 7;
}
