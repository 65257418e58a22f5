/* assignment: adagrad; expect: passed; points: 100 */
/* All memories first, the weights after them; a helper for each of the five. */
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

void adagrad(rnn *net, const rnn *d, rnn *m, double learning_rate)
{
    remember(m->Wxh, d->Wxh), remember(m->Whh, d->Whh), remember(m->Why, d->Why);
    remember(m->bh, d->bh), remember(m->by, d->by);
    move(net->Wxh, d->Wxh, m->Wxh, learning_rate), move(net->Whh, d->Whh, m->Whh, learning_rate);
    move(net->Why, d->Why, m->Why, learning_rate), move(net->bh, d->bh, m->bh, learning_rate);
    move(net->by, d->by, m->by, learning_rate);
}
