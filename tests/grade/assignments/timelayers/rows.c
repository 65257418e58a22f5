/* timelayers/rows.c: what the time layers are asked. */
#include "../layers.h"

#include <math.h>
#include <stdlib.h>

enum { V = 6 };

static void head(frame *f, int which, int T, int blocks, int stateful)
{
    frame_put_ints(f, (const int[]){which, N, T, D, H, V, blocks, stateful}, 8);
}

/* Of the targets of a block: in the first, at least one is ignored and one is not; in the second none; in the third all. */
static void targets(frame *f, rng *draws, int T, int block)
{
    static const double ignored[] = {0.3, 0, 1};
    int ids[64];
    for (int i = 0; i < T * N; i++)
        ids[i] = rng_uniform(draws) < ignored[block] ? -1 : (int) (V * rng_uniform(draws));
    if (block == 0) {
        ids[T * N - 1] = -1;
        ids[0] = (int) (V * rng_uniform(draws));
    }
    frame_put_ints(f, ids, T * N);
}

static void step_forward(frame *f, rng *draws)
{
    head(f, 0, 1, 1, 0);
    cell(f, draws, H, H);
    states(f, draws, 1);
    mats(f, draws, 1, N, H, 0.7);
}

static void step_backward(frame *f, rng *draws)
{
    head(f, 1, 1, 1, 0);
    cell(f, draws, H, H);
    states(f, draws, 2);
    mats(f, draws, 1, N, H, 1);
}

static void blocks(frame *f, rng *draws, int T, int count, int stateful)
{
    head(f, 2, T, count, stateful);
    cell(f, draws, H, H);
    states(f, draws, 1);
    mats(f, draws, count * T, N, D, 1);
}

static void one_block(frame *f, rng *draws) { blocks(f, draws, 6, 1, 0); }
static void stateful(frame *f, rng *draws) { blocks(f, draws, 4, 3, 1); }
static void stateless(frame *f, rng *draws) { blocks(f, draws, 4, 3, 0); }

static void backward(frame *f, rng *draws, int T)
{
    head(f, 3, T, 1, 0);
    cell(f, draws, H, H);
    mats(f, draws, T, N, D, 1);
    states(f, draws, T + 1);
    mats(f, draws, T, N, H, 1);
    cell(f, draws, H, H);
}

/* Larger, and with as many inputs as states, so that dxs can be where dhs was. */
static void backward_in_place(frame *f, rng *draws)
{
    enum { T = 11, ROWS = 2, COLS = MOST_H };
    frame_put_ints(f, (const int[]){3, ROWS, T, COLS, COLS, V, 1, 1}, 8);
    for (int k = 0; k < 2; k++) { /* the weights, and their gradients before */
        mats(f, draws, 2, COLS, COLS, 0.2);
        mats(f, draws, 1, 1, COLS, 0.5);
        if (k == 0) mats(f, draws, 3 * T + 1, ROWS, COLS, 0.5); /* xs, hs from -1 on, dhs */
    }
}

/* Of one cell. */
static void layers(frame *f, rng *draws)
{
    enum { T = 4 };
    head(f, 8, T, 1, 1);
    cell(f, draws, H, H);
    mats(f, draws, T, N, D, 1);
    mats(f, draws, T, N, H, 1);
    mats(f, draws, T, 1, D, 1);
    mats(f, draws, T, 1, H, 1);
    cell(f, draws, H, H);
}

static void backward_one(frame *f, rng *draws) { backward(f, draws, 1); }
static void backward_many(frame *f, rng *draws) { backward(f, draws, 7); }

/* Few words, so that each occurs several times. */
static void words(frame *f, rng *draws)
{
    enum { T = 6 };
    head(f, 4, T, 1, 0);
    row_put_ids(f, draws, T * N, V);
    mats(f, draws, T, N, D, 1);
    mats(f, draws, 2, V, D, 1);
}

static void embedding(frame *f, rng *draws) { asked_again(f, draws, words); }

static void scores(frame *f, rng *draws)
{
    enum { T = 4 };
    head(f, 5, T, 1, 0);
    mats(f, draws, 1, H, V, 0.7);
    states(f, draws, T);
    mats(f, draws, T, N, V, 1);
    mats(f, draws, 1, H, V, 1);
    mats(f, draws, 2, 1, V, 1);
}

static void affine(frame *f, rng *draws) { asked_again(f, draws, scores); }

static void loss(frame *f, rng *draws)
{
    enum { T = 17, BLOCKS = 3 };
    head(f, 6, T, BLOCKS, 0);
    for (int block = 0; block < BLOCKS; block++) {
        targets(f, draws, T, block);
        mats(f, draws, T, N, V, 2);
    }
}

static void loss_backward(frame *f, rng *draws)
{
    enum { T = 17, BLOCKS = 3 };
    head(f, 7, T, BLOCKS, 0);
    for (int t = 0; t < BLOCKS * T; t++) {
        if (t % T == 0) targets(f, draws, T, t / T);
        double p[MOST_N * V];
        for (int n = 0; n < N; n++) {
            double sum = 0;
            for (int k = 0; k < V; k++) sum += p[n * V + k] = exp(rng_randn(draws));
            for (int k = 0; k < V; k++) p[n * V + k] /= sum;
        }
        frame_put_reals(f, p, N * V);
    }
}

const row_question row_questions[] = {
    {step_forward, "rnnlayer_forward"},
    {step_backward, "rnnlayer_backward"},
    {one_block, "timernn_forward"},
    {stateful, "timernn_forward"},
    {stateless, "timernn_forward"},
    {backward_one, "timernn_backward"},
    {backward_many, "timernn_backward"},
    {backward_in_place, "timernn_backward"},
    {layers, "timernn"},
    {embedding, "timeembedding_backward"},
    {affine, "timeaffine_backward"},
    {loss, "timeloss_forward"},
    {loss_backward, "timeloss_backward"},
    {NULL, ""},
};

ROW(timelayers, step, step_forward, "h hprev Wx Wh b", 1)
ROW(timelayers, step_da, step_backward, "da h dh Wx Wh b", 1)
ROW(timelayers, step_dhprev, step_backward, "dhprev", 1)
ROW(timelayers, states, one_block, "hs state xs Wx Wh b", 1)
ROW(timelayers, stateful, stateful, "hs state xs", 1)
ROW(timelayers, stateless, stateless, "hs state xs", 1)
ROW(timelayers, one_step, backward_one, "dWx dWh db dxs dh_before xs dhs", 1)
ROW(timelayers, many_weights, backward_many, "dWx dWh db Wx Wh b", 1)
ROW(timelayers, many_inputs, backward_many, "dxs xs", 1)
ROW(timelayers, many_before, backward_many, "dh_before dhs hs state has_state", 1)
ROW(timelayers, in_place, backward_in_place, "dWx dWh db dxs dh_before xs hs", 1)
ROW(timelayers, layers, layers, "hs dWx dWh db dxs dh_before Wx Wh b", 1)
ROW(timelayers, embedding, embedding, "dE dxs xs E", 1)
ROW(timelayers, affine_weights, affine, "dW dc ys W c", 1)
ROW(timelayers, affine_inputs, affine, "dhs hs dys", 1)
ROW(timelayers, probabilities, loss, "ps ys", 1)
ROW(timelayers, loss, loss, "loss", 1)
ROW(timelayers, scores, loss_backward, "dys ps", 1)
