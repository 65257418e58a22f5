/* test_adam.c: Adam, against its formulas written out. */
#include "adam.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

static mat *of(double a, double b)
{
    mat *A = mat_new(1, 2);
    A->v[0] = (real) a;
    A->v[1] = (real) b;
    return A;
}

/* The first step is learning_rate in the direction of the gradient, whatever its size. */
Test(adam, first_step)
{
    mat *W = of(1, -1), *d = of(0.25, -1e3), *m = mat_new(1, 2), *v = mat_new(1, 2);
    adam(&W, &d, &m, &v, 1, 0.01, 1);
    cr_assert(near(W->v[0], 0.99, 1e-6));
    cr_assert(near(W->v[1], -0.99, 1e-6));
}

Test(adam, three_steps_are_the_formulas)
{
    const double g[] = {0.5, -2, 1e-4};
    double w = 0.3, m1 = 0, v1 = 0;
    mat *W = of(0.3, 0), *d = of(0, 0), *m = mat_new(1, 2), *v = mat_new(1, 2);
    needs_double();
    for (int t = 1; t <= 3; t++) {
        d->v[0] = (real) g[t - 1];
        adam(&W, &d, &m, &v, 1, 0.1, t);
        m1 = 0.9 * m1 + 0.1 * g[t - 1];
        v1 = 0.999 * v1 + 0.001 * g[t - 1] * g[t - 1];
        w -= 0.1 * (m1 / (1 - pow(0.9, t))) / (sqrt(v1 / (1 - pow(0.999, t))) + 1e-8);
        cr_assert(near(W->v[0], w, 1e-13), "step %d: %.17g, not %.17g", t, (double) W->v[0], w);
    }
    cr_assert_eq(W->v[1], 0); /* a gradient of 0 moves nothing */
}

Test(adam, power)
{
    cr_assert_eq(adam_power(3, 0), 1);
    cr_assert_eq(adam_power(3, 1), 3);
    cr_assert_eq(adam_power(3, 13), 1594323);
    cr_assert_eq(adam_power(1, 1000000), 1);
    cr_assert(near(adam_power(0.999, 5000), pow(0.999, 5000), 1e-12));
}
