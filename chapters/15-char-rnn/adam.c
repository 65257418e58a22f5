/* adam.c: two forgetting means for every weight. See adam.h. */
#include "adam.h"

#include "require.h"

#include <math.h>

double adam_power(double x, int n)
{
    double power = 1;
    for (; n > 0; n /= 2) {
        if (n % 2) power *= x;
        x *= x;
    }
    return power;
}

/* Update one parameter of n numbers; the arrays do not overlap. `rate` and `root` hold the two divisors. */
static void update(int n, real *restrict param, const real *restrict dparam, real *restrict m,
                   real *restrict v, real rate, real root)
{
    const real b1 = (real) 0.9, b2 = (real) 0.999, a1 = (real) 0.1, a2 = (real) 0.001;
    for (int i = 0; i < n; i++) {
        const real d = dparam[i];
        m[i] = b1 * m[i] + a1 * d;     /* mean of d   */
        v[i] = b2 * v[i] + a2 * d * d; /* mean of d²  */
        param[i] -= rate * m[i] / ((real) sqrt(v[i]) * root + (real) 1e-8);
    }
}

void adam(mat *const param[], mat *const dparam[], mat *const m[], mat *const v[], int n,
          double learning_rate, int t)
{
    const double rate = learning_rate / (1 - adam_power(0.9, t)),
                 root = 1 / sqrt(1 - adam_power(0.999, t));
    REQUIRE(t, >, 0);
    for (int k = 0; k < n; k++) {
        const int size = mat_size(param[k]);
        REQUIRE(mat_size(dparam[k]), ==, size);
        REQUIRE(mat_size(m[k]), ==, size);
        REQUIRE(mat_size(v[k]), ==, size);
        update(size, param[k]->v, dparam[k]->v, m[k]->v, v[k]->v, (real) rate, (real) root);
    }
}
