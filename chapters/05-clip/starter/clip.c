/* clip.c: keeping a gradient from exploding. See clip.h. */
#include "clip.h"

#include <math.h>

mat *clip_mat(mat *A, double least, double most)
{
    (void) A, (void) least, (void) most;
    return A;
}

void clip_value(mat *const d[], int n, double most) { (void) d, (void) n, (void) most; }

double clip_norm(mat *const d[], int n, double most)
{
    (void) d, (void) n, (void) most;
    return NAN;
}
