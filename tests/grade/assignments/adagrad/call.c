/* adagrad/call.c: calls adagrad(). Request: {H, V, calls, n}, the learning rate, the weights, the memories, a gradient
 * per call: five matrices of each, or n where that is more, of which adagrad() gets the first n. */
#include "adagrad.h"
#include "worker.h"

#include <string.h>

__attribute__((weak)) void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n,
                                   double learning_rate)
{
    (void) param, (void) dparam, (void) mem, (void) n, (void) learning_rate;
    worker_not_implemented();
}

/* The five of a network, and more where more are asked for. */
static mat **matrices(frame *request, int H, int V, int n)
{
    mat **all = guard_bytes((size_t) n * sizeof *all, sizeof *all);
    const int rows[5] = {H, H, V, H, V}, cols[5] = {V, H, H, 1, 1};
    for (int k = 0; k < n; k++)
        all[k] = worker_mat(request, k < 5 ? rows[k] : 1, k < 5 ? cols[k] : 3 + k);
    return all;
}

static mat **copies_of(mat *const all[], int n)
{
    mat **copies = guard_bytes((size_t) n * sizeof *copies, sizeof *copies);
    for (int k = 0; k < n; k++) {
        copies[k] = guard_mat(all[k]->rows, all[k]->cols, NULL);
        memcpy(copies[k]->v, all[k]->v, (size_t) mat_size(all[k]) * sizeof *all[k]->v);
    }
    return copies;
}

void worker_call(frame *request, frame *answer)
{
    static const char *const weights[] = {"Wxh", "Whh", "Why", "bh", "by", "more"},
                             *const memory[] = {"mWxh", "mWhh", "mWhy", "mbh", "mby", "more"},
                             *const gradient[] = {"dWxh", "dWhh", "dWhy", "dbh", "dby", "more"};
    const int *head = worker_ints(request, 4), H = head[0], V = head[1], n = head[3],
              all = n > 5 ? n : 5;
    const mat *rate = worker_mat(request, 1, 1);
    mat **param = matrices(request, H, V, all), **mem = matrices(request, H, V, all),
        **param0 = copies_of(param, all), **mem0 = copies_of(mem, all);
    for (int c = 0; c < head[2]; c++) {
        mat **d = matrices(request, H, V, all);
        adagrad(param, d, mem, n, (double) rate->v[0]);
        for (int k = 0; k < all; k++) worker_say_mat(answer, gradient[k < 5 ? k : 5], c, d[k]);
    }
    for (int k = 0; k < all; k++) {
        const int name = k < 5 ? k : 5;
        worker_say_grown(answer, weights[name], param[k], param0[k]);
        worker_say_grown(answer, memory[name], mem[k], mem0[k]);
    }
}
