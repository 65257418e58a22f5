/* clip/call.c: calls clip_mat(), clip_value() or clip_norm(). Request: {which, H, V, n}, two limits, and for
 * clip_mat() one matrix and as many marks, or more matrices, of which the others get the first n. */
#include "clip.h"
#include "worker.h"

#include <string.h>

__attribute__((weak)) mat *clip_mat(mat *A, double least, double most)
{
    (void) A, (void) least, (void) most;
    worker_not_implemented();
}

__attribute__((weak)) void clip_value(mat *const d[], int n, double most)
{
    (void) d, (void) n, (void) most;
    worker_not_implemented();
}

__attribute__((weak)) double clip_norm(mat *const d[], int n, double most)
{
    (void) d, (void) n, (void) most;
    worker_not_implemented();
}

static mat *copy_of(const mat *A)
{
    mat *B = guard_mat(A->rows, A->cols, NULL);
    memcpy(B->v, A->v, (size_t) mat_size(A) * sizeof *A->v);
    return B;
}

void worker_call(frame *request, frame *answer)
{
    static const char *const names[5] = {"dWxh", "dWhh", "dWhy", "dbh", "dby"};
    const int *head = worker_ints(request, 4), H = head[1], V = head[2], n = head[3];
    const mat *limits = worker_mat(request, 2, 1);
    if (head[0] == 0) {
        mat *A = worker_mat(request, H, V), *before = copy_of(A);
        const mat *marks = worker_mat(request, H, V), *none = guard_mat(H, V, NULL);
        const mat *same = clip_mat(A, (double) limits->v[0], (double) limits->v[1]);
        worker_say_grown(answer, "A", A, before);
        /* Is the returned matrix A? Then what is written into A now is in it. Another one cannot be read. */
        memcpy(A->v, marks->v, (size_t) mat_size(A) * sizeof *A->v);
        worker_say_mat(answer, "returned", -1, same == A ? A : none);
        return;
    }
    const int rows[5] = {H, H, V, H, V}, cols[5] = {V, H, H, 1, 1}, matrices = n > 5 ? n : 5;
    mat **d = guard_bytes((size_t) matrices * sizeof *d, sizeof *d),
        **before = guard_bytes((size_t) matrices * sizeof *before, sizeof *before);
    for (int k = 0; k < matrices; k++) {
        d[k] = worker_mat(request, k < 5 ? rows[k] : 1, k < 5 ? cols[k] : 3 + k);
        before[k] = copy_of(d[k]);
    }
    if (head[0] == 1)
        clip_value(d, n, (double) limits->v[1]);
    else
        worker_say_number(answer, "norm", -1, clip_norm(d, n, (double) limits->v[1]));
    for (int k = 0; k < matrices; k++)
        worker_say_grown(answer, k < 5 ? names[k] : "more", d[k], before[k]);
}
