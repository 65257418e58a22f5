/* lstm/rows.c: what the LSTM layer is asked. */
#include "../layers.h"

#include <math.h>

enum { MOST = 6 };

/* What a forward pass leaves of a step. */
typedef struct step {
    double a[4 * MOST_N * MOST_H], c[MOST_N * MOST_H], tc[MOST_N * MOST_H], h[MOST_N * MOST_H];
} step;

static void head(frame *f, int which, int T, int blocks, int stateful)
{
    frame_put_ints(f, (const int[]){which, N, T, D, H, blocks, stateful}, 7);
}

static void normals(rng *draws, int n, double *v)
{
    for (int i = 0; i < n; i++) v[i] = rng_randn(draws);
}

/* Gates as from random scores, and what follows from them. */
static void make_step(rng *draws, const double *cprev, step *s)
{
    const int G = 4 * H;
    normals(draws, N * G, s->a);
    for (int i = 0; i < N * G; i++)
        s->a[i] = i / H % 4 == 1 ? tanh(s->a[i]) : 1 / (1 + exp(-s->a[i]));
    for (int i = 0; i < N * H; i++) {
        const double *v = s->a + i / H * G + i % H;
        s->c[i] = v[0] * cprev[i] + v[H] * v[2 * H];
        s->tc[i] = tanh(s->c[i]);
        s->h[i] = v[3 * H] * s->tc[i];
    }
}

static void step_forward(frame *f, rng *draws)
{
    head(f, 0, 1, 1, 0);
    cell(f, draws, 4 * H, 4 * H);
    states(f, draws, 1);
    mats(f, draws, 1, N, H, 1);
    mats(f, draws, 1, N, 4 * H, 1);
}

static void step_backward(frame *f, rng *draws, int which)
{
    double cprev[MOST_N * MOST_H];
    step s;
    head(f, which, 1, 1, 0);
    cell(f, draws, 4 * H, 4 * H);
    states(f, draws, 1);
    normals(draws, N * H, cprev);
    make_step(draws, cprev, &s);
    frame_put_reals(f, cprev, N * H);
    frame_put_reals(f, s.a, 4 * N * H);
    frame_put_reals(f, s.c, N * H);
    frame_put_reals(f, s.tc, N * H);
    frame_put_reals(f, s.h, N * H);
    mats(f, draws, 2, N, H, 1);
}

static void step_back(frame *f, rng *draws) { step_backward(f, draws, 1); }
static void step_back_in_place(frame *f, rng *draws) { step_backward(f, draws, 2); }

static void blocks(frame *f, rng *draws, int T, int count, int stateful)
{
    head(f, 3, T, count, stateful);
    cell(f, draws, 4 * H, 4 * H);
    states(f, draws, 1);
    mats(f, draws, 1, N, H, 1);
    mats(f, draws, count * T, N, D, 1);
}

static void one_block(frame *f, rng *draws) { blocks(f, draws, 6, 1, 0); }
static void stateful(frame *f, rng *draws) { blocks(f, draws, 4, 3, 1); }
static void stateless(frame *f, rng *draws) { blocks(f, draws, 4, 3, 0); }

static void backward(frame *f, rng *draws, int T)
{
    double cprev[MOST_N * MOST_H];
    step s[MOST];
    head(f, 4, T, 1, 0);
    cell(f, draws, 4 * H, 4 * H);
    mats(f, draws, T, N, D, 1);
    states(f, draws, 1);
    normals(draws, N * H, cprev);
    frame_put_reals(f, cprev, N * H);
    for (int t = 0; t < T; t++) make_step(draws, t ? s[t - 1].c : cprev, &s[t]);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].a, 4 * N * H);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].c, N * H);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].tc, N * H);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].h, N * H);
    mats(f, draws, T, N, H, 1);
    cell(f, draws, 4 * H, 4 * H);
}

static void backward_one(frame *f, rng *draws) { backward(f, draws, 1); }
static void backward_many(frame *f, rng *draws) { backward(f, draws, MOST); }

static void there_and_back(frame *f, rng *draws)
{
    enum { T = 3 };
    head(f, 5, T, 1, 1);
    cell(f, draws, 4 * H, 4 * H);
    mats(f, draws, T, N, D, 1);
    mats(f, draws, T, N, H, 1);
    cell(f, draws, 4 * H, 4 * H);
}
static void again(frame *f, rng *draws) { asked_again(f, draws, there_and_back); }

const row_question row_questions[] = {
    {step_forward, "lstmlayer_forward"},
    {step_back, "lstmlayer_backward"},
    {step_back_in_place, "lstmlayer_backward"},
    {one_block, "timelstm_forward"},
    {stateful, "timelstm_forward"},
    {stateless, "timelstm_forward"},
    {backward_one, "timelstm_backward"},
    {backward_many, "timelstm_backward"},
    {again, "timelstm"},
    {NULL, ""},
};

ROW(lstm, step_gates, step_forward, "fgio", 1)
ROW(lstm, step_cell, step_forward, "c tc", 1)
ROW(lstm, step_state, step_forward, "h", 1)
ROW(lstm, step_da, step_back, "da", 1)
ROW(lstm, step_dhprev, step_back, "dhprev", 1)
ROW(lstm, step_dcprev, step_back, "dcprev", 1)
ROW(lstm, in_place, step_back_in_place, "da dcprev", 1)
ROW(lstm, states, one_block, "hs cs state cell xs Wx Wh b", 1)
ROW(lstm, stateful, stateful, "hs cs state cell", 1)
ROW(lstm, stateless, stateless, "hs cs state cell", 1)
ROW(lstm, one_step, backward_one, "dWx dWh db dxs xs dhs", 1)
ROW(lstm, many_weights, backward_many, "dWx dWh db Wx Wh b", 1)
ROW(lstm, many_inputs, backward_many, "dxs xs", 1)
ROW(lstm, many_before, backward_many, "dh_before dc_before dhs state cell", 1)
ROW(lstm, again, again, "hs cs dWx dWh db dxs dh_before dc_before", 1)
