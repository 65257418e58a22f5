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

void clip_value(rnn *d, double most)
{
    clip_mat(d->Wxh, -most, most);
    clip_mat(d->Whh, -most, most);
    clip_mat(d->Why, -most, most);
    clip_mat(d->bh, -most, most);
    clip_mat(d->by, -most, most);
}

double clip_norm(rnn *d, double most)
{
    double norm = 0;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) norm = hypot(norm, d->all[k]->v[i]);
    if (norm <= most) return norm;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            d->all[k]->v[i] = d->all[k]->v[i] / norm * most;
    return norm;
}
