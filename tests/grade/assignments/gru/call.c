/* gru/call.c: calls the functions of the GRU layer.
 *
 * Request: {which, N, T, D, H, after}, after: the reset is after the product; and the arrays of the function, as each of
 * the functions below reads them. What the passes before would have left comes with the request: each function is asked
 * by itself. */
#include "gru.h"

#include "layers.h"

__attribute__((weak)) void grulayer_forward(const gruwh *Wh, grustep *s)
{
    (void) Wh, (void) s;
    worker_not_implemented();
}

__attribute__((weak)) void grulayer_backward(const gruwh *Wh, const grustep *s, grustep *ds)
{
    (void) Wh, (void) s, (void) ds;
    worker_not_implemented();
}

__attribute__((weak)) void timegru_backward(timegru *l, int T, mat *const *xs, mat *const *dhs,
                                            mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
    worker_not_implemented();
}

static gruwh wh_in(frame *request, int H, bool after)
{
    gruwh Wh = {NULL, NULL, NULL};
    Wh.zr = worker_mat(request, H, 2 * H);
    Wh.n = worker_mat(request, H, H);
    if (after) Wh.b = worker_mat(request, 1, H);
    return Wh;
}

/* The weights of a step, hprev, z r and n before: what the step adds to. */
static void step_forward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], H = in[4];
    const gruwh Wh = wh_in(request, H, in[5]);
    grustep s;
    s.hprev = worker_mat(request, N, H);
    s.zr = worker_mat(request, N, 2 * H);
    s.n = worker_mat(request, N, H);
    s.u = guard_mat(N, H, NULL);
    s.h = guard_mat(N, H, NULL);
    const mat *zr = copy_of(s.zr), *n = copy_of(s.n);
    grulayer_forward(&Wh, &s);
    say_grown(answer, "zr", s.zr, zr);
    say_grown(answer, "n", s.n, n);
    worker_say_mat(answer, "u", -1, s.u);
    worker_say_mat(answer, "h", -1, s.h);
    worker_say_mat(answer, "hprev", -1, s.hprev);
}

/* The weights of a step, hprev, z r, n, u, h, dh. */
static void step_backward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], H = in[4];
    const gruwh Wh = wh_in(request, H, in[5]);
    grustep s, ds;
    s.hprev = worker_mat(request, N, H);
    s.zr = worker_mat(request, N, 2 * H);
    s.n = worker_mat(request, N, H);
    s.u = worker_mat(request, N, H);
    s.h = worker_mat(request, N, H);
    ds = (grustep){guard_mat(N, H, NULL), guard_mat(N, 2 * H, NULL), guard_mat(N, H, NULL),
                   guard_mat(N, H, NULL), worker_mat(request, N, H)};
    grulayer_backward(&Wh, &s, &ds);
    worker_say_mat(answer, "dzr", -1, ds.zr);
    worker_say_mat(answer, "dn", -1, ds.n);
    worker_say_mat(answer, "du", -1, ds.u);
    worker_say_mat(answer, "dhprev", -1, ds.hprev);
}

/* A layer with NaN wherever backward is to write. */
static timegru *layer(int N, int room, grucell cell, grucell d)
{
    timegru *l = timegru_new(N, room, cell, d, true);
    if (!l) worker_bad_request();
    mat *const scratch[] = {l->h, l->dh, l->sum, l->dWh.zr, l->dWh.n};
    unwritten(scratch, 5);
    unwritten(l->as, room);
    unwritten(l->dzrs, room);
    unwritten(l->dns, room);
    unwritten(l->dus, room);
    if (l->dbx) unwritten((mat *const[]){l->dbx, l->dWh.b}, 2);
    return l;
}

/* The weights, xs, the state before; z r, n, u and h of each step; dhs, the columns of the weights as forward has put
 * them in place, the gradients before. */
static void backward_block(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], H = in[4], B = (in[5] ? 4 : 3) * H;
    const grucell cell = cell_in(request, D, H, GRU_GATES * H, B);
    mat **xs = steps(request, T, N, D);
    const mat *h = worker_mat(request, N, H);
    mat **zrs = steps(request, T, N, 2 * H), **ns = steps(request, T, N, H),
        **us = steps(request, T, N, H), **hs = steps(request, T, N, H),
        **dhs = steps(request, T, N, H), **dxs = steps(NULL, T, N, D);
    const gruwh Wh = wh_in(request, H, in[5]);
    grucell d = cell_in(request, D, H, GRU_GATES * H, B), before = cell_copy(&d);
    timegru *l = layer(N, T + 1, cell, d);
    mat_copy(l->Wh.zr, Wh.zr);
    mat_copy(l->Wh.n, Wh.n);
    if (in[5]) mat_copy(l->Wh.b, Wh.b);
    mat_copy(l->hs[-1], h);
    for (int t = 0; t < T; t++) {
        mat_copy(l->zrs[t], zrs[t]);
        mat_copy(l->ns[t], ns[t]);
        mat_copy(l->us[t], us[t]);
        mat_copy(l->hs[t], hs[t]);
    }
    timegru_set_state(l, hs[T - 1]);
    timegru_backward(l, T, xs, dhs, lent(dxs, T));
    say_cell(answer, &d, &before);
    say_steps(answer, "dxs", T, dxs);
    worker_say_mat(answer, "dh_before", -1, l->dh);
    worker_say_mat(answer, "state", -1, l->h);
    say_steps(answer, "xs", T, xs);
    say_steps(answer, "dhs", T, dhs);
    say_weights(answer, &cell);
}

void worker_call(frame *request, frame *answer)
{
    static void (*const call[])(frame *, frame *, const int *) = {step_forward, step_backward,
                                                                  backward_block};
    const int *in = worker_ints(request, 6);
    call[in[0]](request, answer, in);
}
