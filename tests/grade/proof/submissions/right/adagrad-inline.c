/* assignment: adagrad; expect: passed; points: 100 */
/* One loop over all, the square root of the C library, pow. */
#include "adagrad.h"

#include <math.h>

void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n, double learning_rate)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < param[k]->rows * param[k]->cols; i++) {
            const double g = dparam[k]->v[i];
            mem[k]->v[i] += pow(g, 2);
            param[k]->v[i] += -learning_rate * g * pow(mem[k]->v[i] + 1e-8, -0.5);
        }
}
