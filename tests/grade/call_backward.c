/* call_backward.c: the worker's call of rnn_backward(), for the chapters with a backward pass.
 *
 * Request: {calls}; for each call {H, V, T}, the weights, inputs, targets, hprev, hs, ys, ps, and what d holds before.
 * Answer: for each call the five of d. All activations are the reference's: a wrong forward pass costs nothing here. */
#include "backward.h"
#include "worker.h"

__attribute__((weak)) void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d,
                                        work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    worker_not_implemented();
}

static rnn weights(frame *request, int H, int V)
{
    rnn net;
    net.Wxh = worker_mat(request, H, V);
    net.Whh = worker_mat(request, H, H);
    net.Why = worker_mat(request, V, H);
    net.bh = worker_mat(request, H, 1);
    net.by = worker_mat(request, V, 1);
    return net;
}

static mat **vectors(frame *request, int T, int rows)
{
    mat **v = guard_bytes((size_t) T * sizeof *v, sizeof *v);
    for (int t = 0; t < T; t++)
        v[t] = request ? worker_mat(request, rows, 1) : guard_mat(rows, 1, NULL);
    return v;
}

void worker_call(frame *request, frame *answer)
{
    const int calls = *worker_ints(request, 1);
    for (int c = 0; c < calls; c++) {
        const int *sizes = worker_ints(request, 3), H = sizes[0], V = sizes[1], T = sizes[2];
        const rnn net = weights(request, H, V);
        trace tr = {.T = T, .room = T, .xs = worker_ints(request, T)};
        const int *targets = worker_ints(request, T);
        mat **hs = guard_bytes((size_t) (T + 1) * sizeof *hs, sizeof *hs);
        for (int t = 0; t <= T; t++) hs[t] = worker_mat(request, H, 1); /* the first is hprev */
        tr.hs = hs + 1;
        tr.ys = vectors(request, T, V);
        tr.ps = vectors(request, T, V);
        rnn d = weights(request, H, V);
        work w = {T, vectors(NULL, T, V), vectors(NULL, T, H), guard_mat(H, 1, NULL),
                  guard_mat(H, 1, NULL)};
        rnn_backward(&net, &tr, targets, &d, &w);
        for (int k = 0; k < 5; k++) worker_put(answer, d.all[k]);
    }
}
