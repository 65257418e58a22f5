/* timelayers/call.c: calls the functions of the time layers.
 *
 * Request: {which, N, T, D, H, V, blocks, stateful}, and the arrays of the function, as each of the functions below reads
 * them. What the passes before would have left is random: each function is asked by itself. What a function only reads
 * is in its answer, too. */
#include "timelayers.h"

#include "layers.h"

__attribute__((weak)) void rnnlayer_forward(const rnncell *cell, rnnstep *s)
{
    (void) cell, (void) s;
    worker_not_implemented();
}

__attribute__((weak)) void rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnnstep *ds)
{
    (void) cell, (void) s, (void) ds;
    worker_not_implemented();
}

__attribute__((weak)) void timernn_forward(timernn *l, int T, mat *const *xs)
{
    (void) l, (void) T, (void) xs;
    worker_not_implemented();
}

__attribute__((weak)) void timernn_backward(timernn *l, int T, mat *const *xs, mat *const *dhs,
                                            mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
    worker_not_implemented();
}

__attribute__((weak)) void timeembedding_backward(mat *dW, int T, int N, const int *ids,
                                                  mat *const *dxs)
{
    (void) dW, (void) T, (void) N, (void) ids, (void) dxs;
    worker_not_implemented();
}

__attribute__((weak)) void timeaffine_backward(const mat *W, mat *dW, mat *db, int T,
                                               mat *const *hs, mat *const *dys, mat **dhs)
{
    (void) W, (void) dW, (void) db, (void) T, (void) hs, (void) dys, (void) dhs;
    worker_not_implemented();
}

__attribute__((weak)) double timeloss_forward(int T, int N, mat *const *ys, const int *targets,
                                              mat **ps)
{
    (void) T, (void) N, (void) ys, (void) targets, (void) ps;
    worker_not_implemented();
}

__attribute__((weak)) void timeloss_backward(int T, int N, const int *targets, mat *const *ps,
                                             mat **dys)
{
    (void) T, (void) N, (void) targets, (void) ps, (void) dys;
    worker_not_implemented();
}

/* The weights, hprev, h before: what the step adds to. */
static void step_forward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], D = in[3], H = in[4];
    const rnncell cell = cell_in(request, D, H, H, H);
    mat *hprev = worker_mat(request, N, H), *h = worker_mat(request, N, H);
    const mat *before = copy_of(h);
    rnnstep s = {.hprev = hprev, .h = h};
    rnnlayer_forward(&cell, &s);
    worker_say_grown(answer, "h", h, before);
    worker_say_mat(answer, "hprev", -1, hprev);
    say_weights(answer, &cell);
}

/* The weights, hprev, h, dh. */
static void step_backward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], D = in[3], H = in[4];
    const rnncell cell = cell_in(request, D, H, H, H);
    const rnnstep s = {.hprev = worker_mat(request, N, H), .h = worker_mat(request, N, H)};
    mat *dhprev = guard_mat(N, H, NULL), *da = guard_mat(N, H, NULL),
        *dh = worker_mat(request, N, H);
    rnnstep ds = {.hprev = dhprev, .a = da, .h = dh};
    rnnlayer_backward(&cell, &s, &ds);
    worker_say_mat(answer, "da", -1, da);
    worker_say_mat(answer, "dhprev", -1, dhprev);
    worker_say_mat(answer, "h", -1, s.h);
    worker_say_mat(answer, "dh", -1, dh);
    say_weights(answer, &cell);
}

/* A layer whose own matrices are NaN, each with a forbidden page after it. */
static timernn *layer(int N, int room, rnncell cell, rnncell d, bool stateful)
{
    timernn *l = timernn_new(N, room, cell, d, stateful);
    if (!l) worker_bad_request();
    const int H = cell.Wh->rows;
    mat **const own[] = {&l->h, &l->dh, &l->sum};
    for (int k = 0; k < 3; k++) *own[k] = guard_mat(N, H, NULL);
    for (int t = 0; t < room; t++) l->das[t] = guard_mat(N, H, NULL);
    for (int t = -1; t < room; t++) l->hs[t] = guard_mat(N, H, NULL);
    return l;
}

static void say_states(frame *answer, const char *name, const timernn *l, int T)
{
    for (int t = -1; t < T; t++) worker_say_mat(answer, name, t, l->hs[t]);
}

/* The weights, the state before, and the xs of each block. */
static void rnn_forward_blocks(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], H = in[4];
    const rnncell cell = cell_in(request, D, H, H, H);
    timernn *l = layer(N, T + 1, cell, cell, in[7]);
    mat *begin = worker_mat(request, N, H);
    timernn_set_state(l, begin);
    unwritten(&begin, 1); /* the layer has it */
    for (int block = 0; block < in[6]; block++) {
        mat **xs = steps(request, T, N, D);
        timernn_forward(l, T, xs);
        say_states(answer, "hs", l, T);
        worker_say_mat(answer, "state", -1, l->h);
        say_steps(answer, "xs", T, xs);
        unwritten(l->hs - 1, T + 1); /* the next block needs the state alone */
    }
    say_weights(answer, &cell);
}

/* The weights, xs, hs from -1 on, dhs, the gradients before. If in[7], dxs are the same matrices as dhs. */
static void rnn_backward_block(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], H = in[4];
    const rnncell cell = cell_in(request, D, H, H, H);
    mat **xs = steps(request, T, N, D), **hs = steps(request, T + 1, N, H),
        **dhs = steps(request, T, N, H), **dxs = in[7] ? dhs : steps(NULL, T, N, D);
    rnncell d = cell_in(request, D, H, H, H), before = cell_copy(&d);
    timernn *l = layer(N, T + 1, cell, d, true);
    for (int t = -1; t < T; t++) mat_copy(l->hs[t], hs[t + 1]);
    timernn_set_state(l, hs[T]);
    timernn_backward(l, T, xs, dhs, lent(dxs, T));
    say_cell(answer, &d, &before);
    say_steps(answer, "dxs", T, dxs);
    worker_say_mat(answer, "dh_before", -1, l->dh);
    say_steps(answer, "xs", T, xs);
    if (!in[7]) say_steps(answer, "dhs", T, dhs);
    say_states(answer, "hs", l, T);
    worker_say_mat(answer, "state", -1, l->h);
    worker_say_number(answer, "has_state", -1, l->has_state);
    say_weights(answer, &cell);
}

/* ids, dxs, the gradient before; and the weights, for the way there. */
static void embedding_backward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], V = in[5];
    const int *ids = worker_ints(request, T * N);
    mat **dxs = steps(request, T, N, D), *dE = worker_mat(request, V, D), *before = copy_of(dE);
    const mat *E = worker_mat(request, V, D);
    mat **xs = steps(NULL, T, N, D);
    timeembedding_forward(E, T, N, ids, lent(xs, T));
    timeembedding_backward(dE, T, N, ids, dxs);
    worker_say_grown(answer, "dE", dE, before);
    say_steps(answer, "dxs", T, dxs);
    say_steps(answer, "xs", T, xs);
    worker_say_mat(answer, "E", -1, E);
}

/* W, hs, dys, the gradients before; and b, for the way there. */
static void affine_backward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], H = in[4], V = in[5];
    const mat *W = worker_mat(request, H, V);
    mat **hs = steps(request, T, N, H), **dys = steps(request, T, N, V),
        **dhs = steps(NULL, T, N, H), **ys = steps(NULL, T, N, V);
    mat *dW = worker_mat(request, H, V), *dc = worker_mat(request, 1, V);
    const mat *before = copy_of(dW), *before_c = copy_of(dc), *c = worker_mat(request, 1, V);
    timeaffine_forward(W, c, T, hs, lent(ys, T));
    timeaffine_backward(W, dW, dc, T, hs, dys, lent(dhs, T));
    worker_say_grown(answer, "dW", dW, before);
    worker_say_grown(answer, "dc", dc, before_c);
    say_steps(answer, "dhs", T, dhs);
    say_steps(answer, "hs", T, hs);
    say_steps(answer, "dys", T, dys);
    say_steps(answer, "ys", T, ys);
    worker_say_mat(answer, "W", -1, W);
    worker_say_mat(answer, "c", -1, c);
}

/* targets and ys of each block. */
static void loss_forward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], V = in[5];
    for (int block = 0; block < in[6]; block++) {
        const int *targets = worker_ints(request, T * N);
        mat **ys = steps(request, T, N, V), **ps = steps(NULL, T, N, V);
        worker_say_number(answer, "loss", -1, timeloss_forward(T, N, ys, targets, lent(ps, T)));
        say_steps(answer, "ps", T, ps);
        say_steps(answer, "ys", T, ys);
    }
}

/* targets and ps of each block. */
static void loss_backward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], V = in[5];
    for (int block = 0; block < in[6]; block++) {
        const int *targets = worker_ints(request, T * N);
        mat **ps = steps(request, T, N, V), **dys = steps(NULL, T, N, V);
        timeloss_backward(T, N, targets, ps, lent(dys, T));
        say_steps(answer, "dys", T, dys);
        say_steps(answer, "ps", T, ps);
    }
}

/* The life of two layers with the same weights, in memory of their own: of N sequences, and of one. The weights, the xs
 * and dhs of each, the gradients before. */
static void two_layers(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], H = in[4];
    const rnncell cell = cell_in(request, D, H, H, H);
    mat **xs = steps(request, T, N, D), **dhs = steps(request, T, N, H),
        **dxs = steps(NULL, T, N, D), **xs1 = steps(request, T, 1, D),
        **dhs1 = steps(request, T, 1, H), **dxs1 = steps(NULL, T, 1, D);
    rnncell d = cell_in(request, D, H, H, H), before = cell_copy(&d);
    timernn *l = timernn_new(N, T, cell, d, true), *one = timernn_new(1, T + 1, cell, d, true);
    if (!l || !one) worker_bad_request();
    timernn_forward(l, T, xs);
    timernn_forward(one, T, xs1);
    timernn_forward(l, T - 1, xs); /* reads on, fewer steps */
    say_states(answer, "hs", l, T - 1);
    say_states(answer, "hs", one, T);
    timernn_backward(l, T - 1, xs, dhs, lent(dxs, T));
    timernn_backward(one, T, xs1, dhs1, lent(dxs1, T));
    timernn_backward(l, T - 1, xs, dhs, lent(dxs, T));
    say_cell(answer, &d, &before);
    say_steps(answer, "dxs", T, dxs);
    say_steps(answer, "dxs", T, dxs1);
    worker_say_mat(answer, "dh_before", -1, l->dh);
    timernn_reset_state(l);
    timernn_forward(l, 1, xs);
    say_states(answer, "hs", l, 1);
    timernn_forward(l, 1, xs + 1);
    say_states(answer, "hs", l, 1);
    timernn_forward(one, 1, xs1); /* the other layer's state is its own */
    say_states(answer, "hs", one, 1);
    timernn_free(l);
    timernn_free(one);
    timernn_free(NULL);
    say_weights(answer, &cell);
}

void worker_call(frame *request, frame *answer)
{
    static void (*const call[])(frame *, frame *, const int *) = {
        step_forward,    step_backward, rnn_forward_blocks, rnn_backward_block, embedding_backward,
        affine_backward, loss_forward,  loss_backward,      two_layers};
    const int *in = worker_ints(request, 8);
    call[in[0]](request, answer, in);
}
