/* gru/rows.c: what the GRU layer is asked, with the reset before the product and after it. */
#include "../layers.h"

#include <math.h>
#include <string.h>

enum { MOST = 6 };

/* The recurrent weights, and the bias inside the reset. */
typedef struct weights {
    bool after;
    double zr[2 * MOST_H * MOST_H], n[MOST_H * MOST_H], b[MOST_H];
} weights;

/* What a forward pass leaves of a step. */
typedef struct step {
    double zr[2 * MOST_N * MOST_H], n[MOST_N * MOST_H], u[MOST_N * MOST_H], h[MOST_N * MOST_H];
} step;

static void head(frame *f, int which, int T, bool after)
{
    frame_put_ints(f, (const int[]){which, N, T, D, H, after}, 6);
}

static void normals(rng *draws, int n, double scale, double *v)
{
    for (int i = 0; i < n; i++) v[i] = scale * rng_randn(draws);
}

static weights make_weights(rng *draws, bool after)
{
    weights w = {.after = after};
    normals(draws, H * 2 * H, 0.5, w.zr);
    normals(draws, H * H, 0.5, w.n);
    normals(draws, H, 0.5, w.b);
    return w;
}

static void put_weights(frame *f, const weights *w)
{
    frame_put_reals(f, w->zr, H * 2 * H);
    frame_put_reals(f, w->n, H * H);
    if (w->after) frame_put_reals(f, w->b, H);
}

/* Gates and candidate as from random scores, and what follows from them. */
static void make_step(rng *draws, const weights *w, const double *hprev, step *s)
{
    normals(draws, N * 2 * H, 1, s->zr);
    normals(draws, N * H, 1, s->n);
    for (int i = 0; i < N * 2 * H; i++) s->zr[i] = 1 / (1 + exp(-s->zr[i]));
    for (int i = 0; i < N * H; i++) {
        const double z = s->zr[i / H * 2 * H + i % H], r = s->zr[i / H * 2 * H + H + i % H];
        s->n[i] = tanh(s->n[i]);
        s->h[i] = (1 - z) * hprev[i] + z * s->n[i];
        s->u[i] = w->after ? w->b[i % H] : r * hprev[i];
        for (int k = 0; k < H && w->after; k++)
            s->u[i] += hprev[i / H * H + k] * w->n[k * H + i % H];
    }
}

/* A state before: between -1 and 1. */
static void make_state(rng *draws, double *h)
{
    for (int i = 0; i < N * H; i++) h[i] = 1.9 * rng_uniform(draws) - 0.95;
}

static void step_forward(frame *f, rng *draws, bool after)
{
    const weights w = make_weights(draws, after);
    head(f, 0, 1, after);
    put_weights(f, &w);
    states(f, draws, 1);
    mats(f, draws, 1, N, 2 * H, 1);
    mats(f, draws, 1, N, H, 1);
}

static void forward_before(frame *f, rng *draws) { step_forward(f, draws, false); }
static void forward_after(frame *f, rng *draws) { step_forward(f, draws, true); }

static void step_backward(frame *f, rng *draws, bool after)
{
    const weights w = make_weights(draws, after);
    double hprev[MOST_N * MOST_H];
    step s;
    make_state(draws, hprev);
    make_step(draws, &w, hprev, &s);
    head(f, 1, 1, after);
    put_weights(f, &w);
    frame_put_reals(f, hprev, N * H);
    frame_put_reals(f, s.zr, N * 2 * H);
    frame_put_reals(f, s.n, N * H);
    frame_put_reals(f, s.u, N * H);
    frame_put_reals(f, s.h, N * H);
    mats(f, draws, 1, N, H, 1);
}

static void back_before(frame *f, rng *draws) { step_backward(f, draws, false); }
static void back_after(frame *f, rng *draws) { step_backward(f, draws, true); }

/* The columns z r and n side by side, as the layer has them. */
static void put_cell(frame *f, rng *draws, const weights *w)
{
    double Wh[3 * MOST_H * MOST_H], b[4 * MOST_H];
    for (int i = 0; i < H; i++) {
        memcpy(Wh + i * 3 * H, w->zr + i * 2 * H, 2 * (size_t) H * sizeof *Wh);
        memcpy(Wh + i * 3 * H + 2 * H, w->n + i * H, (size_t) H * sizeof *Wh);
    }
    normals(draws, 3 * H, 0.5, b);
    memcpy(b + 3 * H, w->b, (size_t) H * sizeof *b);
    mats(f, draws, 1, D, 3 * H, 0.5);
    frame_put_reals(f, Wh, H * 3 * H);
    frame_put_reals(f, b, (w->after ? 4 : 3) * H);
}

static void backward(frame *f, rng *draws, int T, bool after)
{
    const weights w = make_weights(draws, after);
    double hprev[MOST_N * MOST_H];
    step s[MOST];
    make_state(draws, hprev);
    for (int t = 0; t < T; t++) make_step(draws, &w, t ? s[t - 1].h : hprev, &s[t]);
    head(f, 2, T, after);
    put_cell(f, draws, &w);
    mats(f, draws, T, N, D, 1);
    frame_put_reals(f, hprev, N * H);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].zr, N * 2 * H);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].n, N * H);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].u, N * H);
    for (int t = 0; t < T; t++) frame_put_reals(f, s[t].h, N * H);
    mats(f, draws, T, N, H, 1);
    put_weights(f, &w);
    cell(f, draws, 3 * H, (after ? 4 : 3) * H);
}

static void one_step(frame *f, rng *draws) { backward(f, draws, 1, false); }
static void many_before(frame *f, rng *draws) { backward(f, draws, MOST, false); }
static void many_after(frame *f, rng *draws) { backward(f, draws, MOST, true); }
static void both(frame *f, rng *draws)
{
    backward(f, draws, 3, false);
    backward(f, draws, 3, true);
}
static void again(frame *f, rng *draws) { asked_again(f, draws, both); }

const row_question row_questions[] = {
    {forward_before, "grulayer_forward"},
    {forward_after, "grulayer_forward"},
    {back_before, "grulayer_backward"},
    {back_after, "grulayer_backward"},
    {one_step, "timegru_backward"},
    {many_before, "timegru_backward"},
    {many_after, "timegru_backward"},
    {again, "timegru_backward"},
    {NULL, ""},
};

ROW(gru, step_gates, forward_before, "zr u hprev", 1)
ROW(gru, step_candidate, forward_before, "n", 1)
ROW(gru, step_state, forward_before, "h", 1)
ROW(gru, step_after, forward_after, "zr u n h hprev", 1)
ROW(gru, step_dn, back_before, "dn du", 1)
ROW(gru, step_dzr, back_before, "dzr", 1)
ROW(gru, step_dhprev, back_before, "dhprev", 1)
ROW(gru, step_back_after, back_after, "dn du dzr", 1)
ROW(gru, step_dhprev_after, back_after, "dhprev", 1)
ROW(gru, one_step, one_step, "dWx dWh db dxs xs dhs", 1)
ROW(gru, many_weights, many_before, "dWx dWh db Wx Wh b", 1)
ROW(gru, many_inputs, many_before, "dxs dh_before xs dhs state", 1)
ROW(gru, many_weights_after, many_after, "dWx dWh db Wx Wh b", 1)
ROW(gru, many_inputs_after, many_after, "dxs dh_before xs dhs state", 1)
ROW(gru, again, again, "dWx dWh db dxs dh_before", 1)
