/* assignment: clip; expect: failed,not_implemented; points: 0 */
/* clip_mat never looks at its range. */
#include "clip.h"
mat *clip_mat(mat *A, double least, double most)
{
    (void) least, (void) most;
    for (int i = 0; i < mat_size(A); i++) A->v[i] = A->v[i] < -2 ? -2 : A->v[i] > 7 ? 7 : A->v[i];
    return A;
}
