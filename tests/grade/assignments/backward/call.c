/* backward/call.c: calls rnn_backward(), in both chapters that have it.
 *
 * Request: {calls, shown}; for each: {H, V, T}, inputs, targets, the weights, hprev and hs, ys, ps, the values of d before.
 * The activations are the reference's, so that a wrong forward pass has no effect here. */
#include "backward.h"
#include "worker.h"

#include <string.h>

__attribute__((weak)) void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d,
                                        work *w)
{
    (void) net, (void) tr, (void) targets, (void) d, (void) w;
    worker_not_implemented();
}

static rnn five(frame *request, int H, int V)
{
    rnn net;
    net.Wxh = worker_mat(request, H, V);
    net.Whh = worker_mat(request, H, H);
    net.Why = worker_mat(request, V, H);
    net.bh = worker_mat(request, H, 1);
    net.by = worker_mat(request, V, 1);
    return net;
}

/* More room than steps: a loop over tr->room reads NaN. */
enum { SPARE = 2 };

/* n vectors of the request, and SPARE more. */
static mat **vectors(frame *request, int n, int rows)
{
    mat **v = guard_bytes((size_t) (n + SPARE) * sizeof *v, sizeof *v);
    for (int t = 0; t < n + SPARE; t++)
        v[t] = t < n ? worker_mat(request, rows, 1) : guard_mat(rows, 1, NULL);
    return v;
}

/* What a backward pass only reads. */
static void show(frame *answer, const rnn *net, const trace *tr, const int *targets)
{
    for (int t = -1; t < tr->T; t++) worker_say_mat(answer, "hs", t, tr->hs[t]);
    for (int t = 0; t < tr->T; t++) worker_say_mat(answer, "ys", t, tr->ys[t]);
    for (int t = 0; t < tr->T; t++) worker_say_mat(answer, "ps", t, tr->ps[t]);
    for (int t = 0; t < tr->T; t++) worker_say_number(answer, "xs", t, tr->xs[t]);
    for (int t = 0; t < tr->T; t++) worker_say_number(answer, "targets", t, targets[t]);
    for (int k = 0; k < 5; k++) worker_say_mat(answer, rnn_name[k], -1, net->all[k]);
}

void worker_call(frame *request, frame *answer)
{
    static const char *const names[5] = {"dWxh", "dWhh", "dWhy", "dbh", "dby"};
    const int *head = worker_ints(request, 2), calls = head[0], shown = head[1];
    for (int c = 0; c < calls; c++) {
        const int *sizes = worker_ints(request, 3), H = sizes[0], V = sizes[1], T = sizes[2];
        const int *inputs = worker_ints(request, T);
        trace tr = {.T = T, .room = T + SPARE};
        tr.xs = guard_bytes((size_t) tr.room * sizeof *tr.xs, sizeof *tr.xs);
        for (int t = 0; t < tr.room; t++) tr.xs[t] = t < T ? inputs[t] : 0;
        const int *targets = worker_ints(request, T);
        const rnn net = five(request, H, V);
        tr.hs = vectors(request, T + 1, H) + 1; /* the first is hprev */
        tr.ys = vectors(request, T, V);
        tr.ps = vectors(request, T, V);
        rnn d = five(request, H, V), before;
        for (int k = 0; k < 5; k++) {
            const mat *A = d.all[k];
            before.all[k] = guard_mat(A->rows, A->cols, NULL);
            memcpy(before.all[k]->v, A->v, (size_t) mat_size(A) * sizeof *A->v);
        }
        work w = {guard_mat(V, 1, NULL), guard_mat(H, 1, NULL), guard_mat(H, 1, NULL),
                  guard_mat(H, 1, NULL)};
        rnn_backward(&net, &tr, targets, &d, &w);
        for (int k = 0; k < 5; k++) worker_say_grown(answer, names[k], d.all[k], before.all[k]);
        if (shown) show(answer, &net, &tr, targets);
    }
}
