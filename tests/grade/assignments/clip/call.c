/* clip/call.c: calls clip_mat(), clip_value() or clip_norm(). Request: {which, H, V, n}, two limits, and one matrix for
 * clip_mat(), or five, of which the others get the first n. */
#include "clip.h"
#include "rnn.h"
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
        const mat *same = clip_mat(A, (double) limits->v[0], (double) limits->v[1]);
        worker_say(answer, "A", -1, A->v, mat_size(A), before->v);
        worker_say_number(answer, "returned", -1, same == A);
        return;
    }
    const int rows[5] = {H, H, V, H, V}, cols[5] = {V, H, H, 1, 1};
    rnn d, before;
    for (int k = 0; k < 5; k++) {
        d.all[k] = worker_mat(request, rows[k], cols[k]);
        before.all[k] = copy_of(d.all[k]);
    }
    if (head[0] == 1)
        clip_value(d.all, n, (double) limits->v[1]);
    else
        worker_say_number(answer, "norm", -1, clip_norm(d.all, n, (double) limits->v[1]));
    for (int k = 0; k < 5; k++)
        worker_say(answer, names[k], -1, d.all[k]->v, mat_size(d.all[k]), before.all[k]->v);
}
