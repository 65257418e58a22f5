/* adagrad/call.c: calls adagrad(). Request: {H, V, calls, n}, the learning rate, the weights, the memories, a gradient
 * per call: five matrices of each, of which adagrad() gets the first n. */
#include "adagrad.h"
#include "rnn.h"
#include "worker.h"

#include <string.h>

__attribute__((weak)) void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n,
                                   double learning_rate)
{
    (void) param, (void) dparam, (void) mem, (void) n, (void) learning_rate;
    worker_not_implemented();
}

static rnn five(frame *request, int H, int V)
{
    rnn net;
    const int rows[5] = {H, H, V, H, V}, cols[5] = {V, H, H, 1, 1};
    for (int k = 0; k < 5; k++) net.all[k] = worker_mat(request, rows[k], cols[k]);
    return net;
}

static mat *copy_of(const mat *A)
{
    mat *B = guard_mat(A->rows, A->cols, NULL);
    memcpy(B->v, A->v, (size_t) mat_size(A) * sizeof *A->v);
    return B;
}

void worker_call(frame *request, frame *answer)
{
    static const char *const memory[5] = {"mWxh", "mWhh", "mWhy", "mbh", "mby"};
    const int *head = worker_ints(request, 4), H = head[0], V = head[1];
    const mat *rate = worker_mat(request, 1, 1);
    rnn net = five(request, H, V), m = five(request, H, V), net0, m0;
    for (int k = 0; k < 5; k++) {
        net0.all[k] = copy_of(net.all[k]);
        m0.all[k] = copy_of(m.all[k]);
    }
    for (int c = 0; c < head[2]; c++) {
        const rnn d = five(request, H, V);
        adagrad(net.all, d.all, m.all, head[3], (double) rate->v[0]);
    }
    for (int k = 0; k < 5; k++) {
        worker_say(answer, rnn_name[k], -1, net.all[k]->v, mat_size(net.all[k]), net0.all[k]->v);
        worker_say(answer, memory[k], -1, m.all[k]->v, mat_size(m.all[k]), m0.all[k]->v);
    }
}
