/* forward/rows.c: what the forward pass is asked. */
#include "rows.h"

#include <math.h>

/* sure: of the character 0, so that every other one is hopeless. */
static void put_weights(frame *f, rng *draws, int H, int V, double scale, bool sure)
{
    row_put_randn(f, draws, H * V, scale);
    row_put_randn(f, draws, H * H, scale);
    row_put_randn(f, draws, V * H, scale);
    row_put_randn(f, draws, H, 0.5);
    if (sure) {
        double by[16] = {20000}; /* so much that a long double sees it, too */
        frame_put_reals(f, by, V);
    } else
        row_put_randn(f, draws, V, 0.5);
}

static void parameters(frame *f, rng *draws)
{
    frame_put_ints(f, (const int[]){0}, 1);
    frame_put_ints(f, (const int[]){5, 8, (int) (1e6 * rng_uniform(draws))}, 3);
}

static void step_of(frame *f, rng *draws, int H, int V, double scale)
{
    frame_put_ints(f, (const int[]){1}, 1);
    frame_put_ints(f, (const int[]){H, V, 1 + (int) ((V - 1) * rng_uniform(draws))}, 3);
    put_weights(f, draws, H, V, scale, false);
    row_put_randn(f, draws, H, 0.5);
}

static void step(frame *f, rng *draws) { step_of(f, draws, 6, 4, 0.5); }
/* Scores in the thousands: softmax must shift them. */
static void large_scores(frame *f, rng *draws) { step_of(f, draws, 4, 7, 2000); }

static void sequence_of(frame *f, rng *draws, int H, int V, int T, int carried, bool sure)
{
    frame_put_ints(f, (const int[]){2}, 1);
    frame_put_ints(f, (const int[]){H, V, T, carried}, 4);
    row_put_ids(f, draws, T, V);
    row_put_ids(f, draws, T, V);
    put_weights(f, draws, H, V, 0.6, sure);
    row_put_randn(f, draws, H, 0.5);
}

static void one(frame *f, rng *draws) { sequence_of(f, draws, 5, 7, 1, 0, false); }
static void many(frame *f, rng *draws) { sequence_of(f, draws, 7, 5, 9, 0, false); }
static void carried(frame *f, rng *draws) { sequence_of(f, draws, 4, 6, 5, 1, false); }
static void hopeless(frame *f, rng *draws) { sequence_of(f, draws, 4, 9, 12, 0, true); }

const row_question row_questions[] = {
    {parameters, "make_parameters"}, {step, "rnn_step"},
    {large_scores, "rnn_step"},      {one, "rnn_forward"},
    {many, "rnn_forward"},           {carried, "rnn_forward"},
    {hopeless, "rnn_forward"},       {NULL, ""},
};

ROW(forward, parameters, parameters, "Wxh Whh Why", 1)
ROW(forward, biases, parameters, "bh by", 1)
ROW(forward, draws, parameters, "Wxh Whh Why draws", 1)
ROW(forward, step_h, step, "h", 1)
ROW(forward, step_y, step, "y", 1)
ROW(forward, step_p, step, "p", 1)
ROW(forward, large_scores, large_scores, "p", 1)
ROW(forward, one_step, one, "hs ys ps xs", 1)
ROW(forward, many_hs, many, "hs", 1)
ROW(forward, many_ps, many, "ys ps", 1)
ROW(forward, many_xs, many, "xs", 1)
ROW(forward, loss, many, "loss", 1)
ROW(forward, hopeless, hopeless, "loss", 1)
ROW(forward, carried, carried, "hs loss", 1)
ROW(forward, leaves_weights, many, "hs ys ps Wxh Whh Why bh by", 1)
