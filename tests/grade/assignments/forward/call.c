/* forward/call.c: calls make_parameters(), rnn_step() or rnn_forward(). Request: {which}, and its arguments. */
#include "rnn.h"
#include "worker.h"

__attribute__((weak)) void make_parameters(rnn *net, rng *draws)
{
    (void) net, (void) draws;
    worker_not_implemented();
}

__attribute__((weak)) void rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p)
{
    (void) net, (void) x, (void) hprev, (void) h, (void) y, (void) p;
    worker_not_implemented();
}

__attribute__((weak)) double rnn_forward(const rnn *net, const int *inputs, const int *targets,
                                         const mat *hprev, trace *tr)
{
    (void) net, (void) inputs, (void) targets, (void) hprev, (void) tr;
    worker_not_implemented();
}

static rnn shaped(frame *request, int H, int V)
{
    rnn net;
    const int rows[5] = {H, H, V, H, V}, cols[5] = {V, H, H, 1, 1};
    for (int k = 0; k < 5; k++)
        net.all[k] =
            request ? worker_mat(request, rows[k], cols[k]) : guard_mat(rows[k], cols[k], NULL);
    return net;
}

/* {H, V, seed}: the initial weights. */
static void parameters(frame *request, frame *answer)
{
    const int *sizes = worker_ints(request, 3);
    rnn net = shaped(NULL, sizes[0], sizes[1]);
    rng *draws = guard_bytes(sizeof *draws, _Alignof(rng));
    rng_seed(draws, (uint32_t) sizes[2]);
    make_parameters(&net, draws);
    for (int k = 0; k < 5; k++) worker_say_mat(answer, rnn_name[k], -1, net.all[k]);
    worker_say_number(answer, "draws", -1, rng_uniform(draws)); /* were as many numbers drawn? */
}

/* {H, V, x}, the weights, hprev: one step. */
static void step(frame *request, frame *answer)
{
    const int *sizes = worker_ints(request, 3), H = sizes[0], V = sizes[1];
    const rnn net = shaped(request, H, V);
    const mat *hprev = worker_mat(request, H, 1);
    mat *h = guard_mat(H, 1, NULL), *y = guard_mat(V, 1, NULL), *p = guard_mat(V, 1, NULL);
    rnn_step(&net, sizes[2], hprev, h, y, p);
    worker_say_mat(answer, "h", -1, h);
    worker_say_mat(answer, "y", -1, y);
    worker_say_mat(answer, "p", -1, p);
}

/* {H, V, T, carried}, inputs, targets, the weights, hprev: a sequence. If carried is 1, hprev is tr.hs[T - 1]. */
static void sequence(frame *request, frame *answer)
{
    const int *sizes = worker_ints(request, 4), H = sizes[0], V = sizes[1], T = sizes[2];
    const int *inputs = worker_ints(request, T), *targets = worker_ints(request, T);
    const rnn net = shaped(request, H, V);
    mat *hprev = worker_mat(request, H, 1);
    const int room = T + 2; /* more than T steps: T is what counts */
    trace tr = {
        .T = T, .room = room, .xs = guard_bytes((size_t) room * sizeof *tr.xs, sizeof *tr.xs)};
    tr.hs = (mat **) guard_bytes((size_t) (room + 1) * sizeof *tr.hs, sizeof *tr.hs) + 1;
    tr.ys = guard_bytes((size_t) room * sizeof *tr.ys, sizeof *tr.ys);
    tr.ps = guard_bytes((size_t) room * sizeof *tr.ps, sizeof *tr.ps);
    for (int t = -1; t < room; t++) tr.hs[t] = guard_mat(H, 1, NULL);
    for (int t = 0; t < room; t++) {
        tr.ys[t] = guard_mat(V, 1, NULL);
        tr.ps[t] = guard_mat(V, 1, NULL);
        tr.xs[t] = -1;
    }
    if (sizes[3]) { /* as in training: the last state of a window is the first of the next */
        mat *last = tr.hs[T - 1];
        for (int i = 0; i < H; i++) last->v[i] = hprev->v[i];
        hprev = last;
    }
    const double loss = rnn_forward(&net, inputs, targets, hprev, &tr);
    for (int t = -1; t < T; t++) worker_say_mat(answer, "hs", t, tr.hs[t]);
    for (int t = 0; t < T; t++) worker_say_mat(answer, "ys", t, tr.ys[t]);
    for (int t = 0; t < T; t++) worker_say_mat(answer, "ps", t, tr.ps[t]);
    for (int t = 0; t < T; t++) worker_say_number(answer, "xs", t, tr.xs[t]);
    worker_say_number(answer, "loss", -1, loss);
    for (int k = 0; k < 5; k++) worker_say_mat(answer, rnn_name[k], -1, net.all[k]);
}

void worker_call(frame *request, frame *answer)
{
    switch (*worker_ints(request, 1)) {
    case 0:
        parameters(request, answer);
        break;
    case 1:
        step(request, answer);
        break;
    case 2:
        sequence(request, answer);
        break;
    default:
        worker_bad_request();
    }
}
