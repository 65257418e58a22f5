/* lstm/call.c: calls the functions of the LSTM layer.
 *
 * Request: {which, N, T, D, H, blocks, stateful}, and the arrays of the function, as each of the functions below reads
 * them. What the passes before would have left comes with the request: each function is asked by itself, but for
 * there_and_back(). */
#include "lstm.h"

#include "layers.h"

__attribute__((weak)) void lstmlayer_forward(const lstmcell *cell, lstmstep *s)
{
    (void) cell, (void) s;
    worker_not_implemented();
}

__attribute__((weak)) void lstmlayer_backward(const lstmcell *cell, const lstmstep *s, lstmstep *ds)
{
    (void) cell, (void) s, (void) ds;
    worker_not_implemented();
}

__attribute__((weak)) void timelstm_forward(timelstm *l, int T, mat *const *xs)
{
    (void) l, (void) T, (void) xs;
    worker_not_implemented();
}

__attribute__((weak)) void timelstm_backward(timelstm *l, int T, mat *const *xs, mat *const *dhs,
                                             mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
    worker_not_implemented();
}

static lstmcell lstm_in(frame *request, int D, int H)
{
    return cell_in(request, D, H, LSTM_GATES * H, LSTM_GATES * H);
}

/* The weights, hprev, cprev, a before: what the step adds to. */
static void step_forward(frame *request, frame *answer, const int *in)
{
    const int N = in[1], D = in[3], H = in[4];
    const lstmcell cell = lstm_in(request, D, H);
    lstmstep s = {.hprev = worker_mat(request, N, H),
                  .cprev = worker_mat(request, N, H),
                  .a = worker_mat(request, N, LSTM_GATES * H),
                  .c = guard_mat(N, H, NULL),
                  .tc = guard_mat(N, H, NULL),
                  .h = guard_mat(N, H, NULL)};
    const mat *before = copy_of(s.a);
    lstmlayer_forward(&cell, &s);
    say_grown(answer, "fgio", s.a, before);
    worker_say_mat(answer, "c", -1, s.c);
    worker_say_mat(answer, "tc", -1, s.tc);
    worker_say_mat(answer, "h", -1, s.h);
}

/* The weights, hprev, cprev, f g i o, c, tanh c, h, dh, dc. */
static void step_backward(frame *request, frame *answer, const int *in, bool in_place)
{
    const int N = in[1], D = in[3], H = in[4];
    const lstmcell cell = lstm_in(request, D, H);
    lstmstep s = {.hprev = worker_mat(request, N, H),
                  .cprev = worker_mat(request, N, H),
                  .a = worker_mat(request, N, LSTM_GATES * H),
                  .c = worker_mat(request, N, H),
                  .tc = worker_mat(request, N, H),
                  .h = worker_mat(request, N, H)};
    lstmstep ds = {.hprev = guard_mat(N, H, NULL),
                   .a = guard_mat(N, LSTM_GATES * H, NULL),
                   .c = worker_mat(request, N, H),
                   .h = worker_mat(request, N, H)};
    ds.cprev = in_place ? ds.c : guard_mat(N, H, NULL);
    const mat *before = copy_of(ds.cprev);
    lstmlayer_backward(&cell, &s, &ds);
    worker_say_mat(answer, "da", -1, ds.a);
    worker_say_mat(answer, "dhprev", -1, ds.hprev);
    say_grown(answer, "dcprev", ds.cprev, before);
}

static void step_back(frame *request, frame *answer, const int *in)
{
    step_backward(request, answer, in, false);
}

static void step_back_in_place(frame *request, frame *answer, const int *in)
{
    step_backward(request, answer, in, true);
}

/* A layer with NaN wherever something is to be written. */
static timelstm *layer(int N, int room, lstmcell cell, lstmcell d, bool stateful)
{
    timelstm *l = timelstm_new(N, room, cell, d, stateful);
    if (!l) worker_bad_request();
    mat *const scratch[] = {l->h, l->c, l->dh, l->dc, l->sum};
    unwritten(scratch, 5);
    unwritten(l->hs - 1, room + 1);
    unwritten(l->cs - 1, room + 1);
    unwritten(l->tcs, room);
    unwritten(l->as, room);
    unwritten(l->das, room);
    return l;
}

/* The weights, the state and the cell before, and the xs of each block. */
static void forward_blocks(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], H = in[4];
    const lstmcell cell = lstm_in(request, D, H);
    timelstm *l = layer(N, T + 1, cell, cell, in[6]);
    const mat *h = worker_mat(request, N, H), *c = worker_mat(request, N, H);
    timelstm_set_state(l, h, c);
    for (int block = 0; block < in[5]; block++) {
        mat **xs = steps(request, T, N, D);
        timelstm_forward(l, T, xs);
        for (int t = -1; t < T; t++) worker_say_mat(answer, "hs", t, l->hs[t]);
        for (int t = -1; t < T; t++) worker_say_mat(answer, "cs", t, l->cs[t]);
        worker_say_mat(answer, "state", -1, l->h);
        worker_say_mat(answer, "cell", -1, l->c);
        say_steps(answer, "xs", T, xs);
        unwritten(l->hs - 1, T + 1); /* the next block needs the state and the cell alone */
        unwritten(l->cs - 1, T + 1);
    }
    say_weights(answer, &cell);
}

/* The weights, xs; the state and the cell before; f g i o, c, tanh c and h of each step; dhs, the gradients before. */
static void backward_block(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], H = in[4];
    const lstmcell cell = lstm_in(request, D, H);
    mat **xs = steps(request, T, N, D);
    const mat *h = worker_mat(request, N, H), *c = worker_mat(request, N, H);
    mat **as = steps(request, T, N, LSTM_GATES * H), **cs = steps(request, T, N, H),
        **tcs = steps(request, T, N, H), **hs = steps(request, T, N, H),
        **dhs = steps(request, T, N, H), **dxs = steps(NULL, T, N, D);
    lstmcell d = lstm_in(request, D, H), before = cell_copy(&d);
    timelstm *l = layer(N, T + 1, cell, d, true);
    mat_copy(l->hs[-1], h);
    mat_copy(l->cs[-1], c);
    for (int t = 0; t < T; t++) {
        mat_copy(l->as[t], as[t]);
        mat_copy(l->cs[t], cs[t]);
        mat_copy(l->tcs[t], tcs[t]);
        mat_copy(l->hs[t], hs[t]);
    }
    timelstm_set_state(l, hs[T - 1], cs[T - 1]);
    timelstm_backward(l, T, xs, dhs, lent(dxs, T));
    say_cell(answer, &d, &before);
    say_steps(answer, "dxs", T, dxs);
    worker_say_mat(answer, "dh_before", -1, l->dh);
    worker_say_mat(answer, "dc_before", -1, l->dc);
    worker_say_mat(answer, "state", -1, l->h);
    worker_say_mat(answer, "cell", -1, l->c);
    say_steps(answer, "xs", T, xs);
    say_steps(answer, "dhs", T, dhs);
    say_weights(answer, &cell);
}

/* A layer that has no state yet: what forward leaves is what backward finds. The weights, xs, dhs, the gradients before. */
static void there_and_back(frame *request, frame *answer, const int *in)
{
    const int N = in[1], T = in[2], D = in[3], H = in[4];
    const lstmcell cell = lstm_in(request, D, H);
    mat **xs = steps(request, T, N, D), **dhs = steps(request, T, N, H),
        **dxs = steps(NULL, T, N, D);
    lstmcell d = lstm_in(request, D, H), before = cell_copy(&d);
    timelstm *l = layer(N, T + 1, cell, d, true);
    timelstm_forward(l, T, xs);
    say_steps(answer, "hs", T, l->hs);
    say_steps(answer, "cs", T, l->cs);
    timelstm_backward(l, T, xs, dhs, lent(dxs, T));
    say_cell(answer, &d, &before);
    say_steps(answer, "dxs", T, dxs);
    worker_say_mat(answer, "dh_before", -1, l->dh);
    worker_say_mat(answer, "dc_before", -1, l->dc);
}

void worker_call(frame *request, frame *answer)
{
    static void (*const call[])(frame *, frame *,
                                const int *) = {step_forward,   step_back,      step_back_in_place,
                                                forward_blocks, backward_block, there_and_back};
    const int *in = worker_ints(request, 7);
    call[in[0]](request, answer, in);
}
