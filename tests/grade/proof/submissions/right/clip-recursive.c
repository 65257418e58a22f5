/* assignment: clip; expect: passed; points: 100 */
/* Recursion over the elements, a macro for all matrices, the largest element taken out of the norm. */
#include "clip.h"

#include <math.h>

#define EACH(d, n, v)                                                                              \
    for (int k = 0; k < (n); k++)                                                                  \
        for (real *v = (d)[k]->v; v < (d)[k]->v + mat_size((d)[k]); v++)

static void clip(real *v, int n, double least, double most)
{
    if (n > 1) {
        clip(v, n / 2, least, most);
        clip(v + n / 2, n - n / 2, least, most);
    } else
        *v = *v < least ? least : *v > most ? most : *v;
}

mat *clip_mat(mat *A, double least, double most)
{
    clip(A->v, mat_size(A), least, most);
    return A;
}

void clip_value(mat *const d[], int n, double most) { EACH(d, n, v) clip(v, 1, -most, most); }

double clip_norm(mat *const d[], int n, double most)
{
    double largest = 0, sum = 0;
    EACH(d, n, v) largest = fmax(largest, fabs(*v));
    if (largest == 0) return 0;
    EACH(d, n, v) sum += (*v / largest) * (*v / largest);
    const double norm = largest * sqrt(sum);
    if (norm > most) EACH(d, n, v) *v *= most / norm;
    return norm;
}
