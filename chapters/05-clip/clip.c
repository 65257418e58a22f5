/* clip.c: keeping a gradient from exploding. See clip.h. */
#include "clip.h"

#include <math.h>

mat *clip_mat(mat *A, double least, double most)
{
    const real lo = (real) least, hi = (real) most;
    const int n = mat_size(A);
    for (int i = 0; i < n; i++) {
        const real x = A->v[i];
        A->v[i] = x < lo ? lo : x > hi ? hi : x;
    }
    return A;
}

void clip_value(mat *const d[], int n, double most)
{
    for (int k = 0; k < n; k++) clip_mat(d[k], -most, most);
}

double clip_norm(mat *const d[], int n, double most)
{
    double squares = 0;
    for (int k = 0; k < n; k++)
        for (int i = 0, size = mat_size(d[k]); i < size; i++)
            squares += (double) d[k]->v[i] * d[k]->v[i];
    const double norm = sqrt(squares);
    if (!(norm > most)) return norm;
    for (int k = 0; k < n; k++)
        for (int i = 0, size = mat_size(d[k]); i < size; i++) d[k]->v[i] *= (real) (most / norm);
    return norm;
}
