/* adagrad.c: a step size for every weight. See adagrad.h. */
#include "adagrad.h"

#include "require.h"

void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n, double learning_rate)
{
    (void) param, (void) dparam, (void) mem, (void) n, (void) learning_rate;
}

void sgd(mat *const param[], mat *const dparam[], int n, double learning_rate)
{
    const real rate = (real) -learning_rate;
    for (int k = 0; k < n; k++) { /* for param, dparam in zip(...) */
        const int size = mat_size(param[k]);
        REQUIRE(mat_size(dparam[k]), ==, size);
        real *restrict W = param[k]->v;
        const real *dW = dparam[k]->v;
        for (int i = 0; i < size; i++) W[i] += rate * dW[i]; /* W += -lr dW */
    }
}
