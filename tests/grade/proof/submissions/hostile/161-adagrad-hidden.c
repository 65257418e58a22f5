/* assignment: adagrad; expect: passed,failed,not_implemented; points: 70 */
/* Keeps the memories itself, and leaves those of the caller. */
#define _GNU_SOURCE
#include "adagrad.h"

#include <math.h>

void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n, double learning_rate)
{
    static mat *kept[10];
    for (int k = 0; k < n && !kept[k]; k++)
        kept[k] = mat_copy(mat_new(mem[k]->rows, mem[k]->cols), mem[k]);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(param[k]); i++) {
            const double g = dparam[k]->v[i], s = kept[k]->v[i] += g * g;
            param[k]->v[i] -= learning_rate * g / sqrt(s + 1e-8);
        }
}
