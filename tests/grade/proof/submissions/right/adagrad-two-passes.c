/* assignment: adagrad; expect: passed; points: 100 */
/* All memories first, the weights after them; a helper for each. */
#include "adagrad.h"

#include <math.h>
#include <stdlib.h>

static void remember(mat *m, const mat *d)
{
    for (int i = 0; i < m->rows; i++)
        for (int j = 0; j < m->cols; j++)
            m->v[i * m->cols + j] += d->v[i * m->cols + j] * d->v[i * m->cols + j];
}

static void move(mat *W, const mat *d, const mat *m, double rate)
{
    double *step = calloc((size_t) mat_size(W), sizeof *step);
    for (int i = 0; i < mat_size(W); i++) step[i] = rate / sqrt(m->v[i] + 1e-8);
    for (int i = 0; i < mat_size(W); i++) W->v[i] -= step[i] * d->v[i];
    free(step);
}

void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n, double learning_rate)
{
    for (int k = 0; k < n; k++) remember(mem[k], dparam[k]);
    for (int k = 0; k < n; k++) move(param[k], dparam[k], mem[k], learning_rate);
}
