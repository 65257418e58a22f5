/* assignment: clip; expect: passed; points: 100 */
/* fmin and fmax, the norm with hypot, matrices one by one. */
#include "clip.h"

#include <math.h>

mat *clip_mat(mat *A, double least, double most)
{
    for (int i = 0; i < mat_size(A); i++)
        if (!isnan(A->v[i])) A->v[i] = fmin(fmax(A->v[i], least), most);
    return A;
}

void clip_value(mat *const d[], int n, double most)
{
    if (n == 0) return;
    clip_mat(d[0], -most, most);
    clip_value(d + 1, n - 1, most);
}

double clip_norm(mat *const d[], int n, double most)
{
    double norm = 0;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(d[k]); i++) norm = hypot(norm, d[k]->v[i]);
    if (norm <= most) return norm;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(d[k]); i++) d[k]->v[i] = d[k]->v[i] / norm * most;
    return norm;
}
