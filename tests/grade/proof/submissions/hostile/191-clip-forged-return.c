/* assignment: clip; expect: link_error; points: 0 */
/* Returns NULL, and wants the worker to say what it says of a right answer. */
#include "clip.h"

void worker_say_number(void *answer, const char *part, int t, double x);

__attribute__((constructor)) static void forge(void) { worker_say_number((void *) 0, "returned", 0, 1); }

mat *clip_mat(mat *A, double least, double most)
{
    for (int i = 0; i < mat_size(A); i++)
        A->v[i] = A->v[i] < least ? least : A->v[i] > most ? most : A->v[i];
    return (mat *) 0;
}
