/* assignment: clip; expect: passed; points: 100 */
/* Branches, pointers, long double, a factor that may be 1. */
#include "clip.h"

#include <math.h>

mat *clip_mat(mat *A, double least, double most)
{
    real *v = A->v, *const end = v + A->rows * A->cols;
    while (v != end) {
        if (*v > most)
            *v = most;
        else if (*v < least)
            *v = least;
        ++v;
    }
    return A;
}

void clip_value(mat *const d[], int n, double most)
{
    while (n--) clip_mat(d[n], -most, most);
}

static long double squares(const mat *A)
{
    long double sum = 0;
    for (int i = 0; i < A->rows; i++)
        for (int j = 0; j < A->cols; j++)
            sum += (long double) A->v[i * A->cols + j] * A->v[i * A->cols + j];
    return sum;
}

double clip_norm(mat *const d[], int n, double most)
{
    long double sum = 0;
    for (int k = 0; k < n; k++) sum += squares(d[k]);
    const double norm = (double) sqrtl(sum), factor = norm > most ? most / norm : 1;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(d[k]); i++) d[k]->v[i] *= factor;
    return norm;
}
