/* assignment: adagrad; expect: passed,failed; points: 90 */
/* Zeroes the gradient that it was given to read. */
#include "adagrad.h"

#include "require.h"

#include <math.h>

/* Update one parameter of n numbers; the arrays do not overlap. */
static void update(int n, real *restrict param, const real *restrict dparam, real *restrict mem,
                   real learning_rate)
{
    for (int i = 0; i < n; i++) {
        mem[i] += dparam[i] * dparam[i];
        param[i] -= learning_rate * dparam[i] / (real) sqrt(mem[i] + (real) 1e-8);
    }
}

void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n, double learning_rate)
{
    for (int k = 0; k < n; k++) { /* for param, dparam, mem in zip(...) */
        const int size = mat_size(param[k]);
        REQUIRE(mat_size(dparam[k]), ==, size);
        REQUIRE(mat_size(mem[k]), ==, size);
        update(size, param[k]->v, dparam[k]->v, mem[k]->v, (real) learning_rate);
        mat_zero(dparam[k]);
    }
}
