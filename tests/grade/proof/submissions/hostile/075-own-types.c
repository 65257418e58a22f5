/* assignment: bptt; expect: failed,crash,not_implemented,invalid_answer; points: 0 */
/* Its own header in place of the kit's: another layout of everything. */
#define MAT_H
#define REAL_H
typedef double real;
typedef struct mat {
    double *v;
    long rows, cols;
} mat;
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) net, (void) tr, (void) targets, (void) w;
    for (int k = 0; k < 5; k++)
        for (long i = 0; i < d->all[k]->rows * d->all[k]->cols; i++) d->all[k]->v[i] += 1;
}
