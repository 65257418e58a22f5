/* adam.c: two forgetting means for every weight. See adam.h. */
#include "adam.h"

double adam_power(double x, int n)
{
    (void) n;
    return x - x;
}

void adam(mat *const param[], mat *const dparam[], mat *const m[], mat *const v[], int n,
          double learning_rate, int t)
{
    (void) param, (void) dparam, (void) m, (void) v, (void) n, (void) learning_rate, (void) t;
}
