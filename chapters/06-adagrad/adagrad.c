/* adagrad.c: a step size for every weight. See adagrad.h. */
#include "adagrad.h"

#include "require.h"

#include <math.h>

/* One parameter of n numbers; none of the three overlap. */
static void update(int n, real *restrict param, const real *restrict dparam, real *restrict mem,
                   real learning_rate)
{
    for (int i = 0; i < n; i++) {
        mem[i] += dparam[i] * dparam[i];
        param[i] -= learning_rate * dparam[i] / (real) sqrt((double) (mem[i] + (real) 1e-8));
    }
}

void adagrad(rnn *net, const rnn *d, rnn *m, double learning_rate)
{
    for (int k = 0; k < 5; k++) {
        const int n = mat_size(net->all[k]);
        REQUIRE(mat_size(d->all[k]), ==, n);
        REQUIRE(mat_size(m->all[k]), ==, n);
        update(n, net->all[k]->v, d->all[k]->v, m->all[k]->v, (real) learning_rate);
    }
}
