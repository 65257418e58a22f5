/* clip/rows.c: what clipping is asked. */
#include "rows.h"

#include <math.h>

enum { H = 5, V = 7 };

/* Five matrices, or n where that is more; the function is told of n. */
static void put(frame *f, rng *draws, int which, int n, double least, double most, double scale)
{
    frame_put_ints(f, (const int[]){which, H, V, n}, 4);
    const double wider = 1 + 0.5 * rng_uniform(draws);
    frame_put_reals(f, (const double[]){least * wider, most * wider}, 2);
    row_put_randn(f, draws, H * V, scale);
    if (which == 0) row_put_randn(f, draws, H * V, scale); /* the marks */
    if (which == 0) return;
    row_put_randn(f, draws, H * H, scale);
    row_put_randn(f, draws, V * H, scale);
    row_put_randn(f, draws, H, scale);
    row_put_randn(f, draws, V, scale);
    for (int k = 5; k < n; k++) row_put_randn(f, draws, 3 + k, scale);
}

static void matrix(frame *f, rng *draws) { put(f, draws, 0, 1, -2, 7, 10); }
/* Numbers that are none, and infinite ones, among others. */
static void matrix_nan(frame *f, rng *draws)
{
    double v[H * V];
    frame_put_ints(f, (const int[]){0, H, V, 1}, 4);
    const double wider = 1.1 + 0.4 * rng_uniform(draws);
    frame_put_reals(f, (const double[]){-2 * wider, 7 * wider}, 2);
    for (int i = 0; i < H * V; i++) v[i] = 10 * rng_randn(draws);
    for (int k = 0; k < 4; k++)
        v[H * k + (int) (H * rng_uniform(draws))] = k == 2 ? INFINITY : k == 3 ? -INFINITY : NAN;
    frame_put_reals(f, v, H * V);
    row_put_randn(f, draws, H * V, 1);
}

static void value(frame *f, rng *draws) { put(f, draws, 1, 5, 0, 5, 20); }
static void value_of_one(frame *f, rng *draws) { put(f, draws, 1, 4, 0, 1, 3); }
static void norm(frame *f, rng *draws) { put(f, draws, 2, 5, 0, 5, 3); }
static void norm_small(frame *f, rng *draws) { put(f, draws, 2, 4, 0, 1000, 3); }
static void value_of_many(frame *f, rng *draws) { put(f, draws, 1, 8, 0, 1, 3); }
/* And fewer afterwards: nothing of a call may be left in the next one. */
static void norm_of_many(frame *f, rng *draws)
{
    put(f, draws, 2, 8, 0, 5, 3);
    put(f, draws, 2, 5, 0, 5, 3);
}

const row_question row_questions[] = {
    {matrix, "clip_mat"},         {matrix_nan, "clip_mat"},      {value, "clip_value"},
    {value_of_one, "clip_value"}, {value_of_many, "clip_value"}, {norm, "clip_norm"},
    {norm_small, "clip_norm"},    {norm_of_many, "clip_norm"},   {NULL, ""},
};

#define FIVE "dWxh dWhh dWhy dbh dby"
ROW(clip, matrix, matrix, "A", 1)
ROW(clip, matrix_nan, matrix_nan, "A", 1)
ROW(clip, matrix_returned, matrix, "A returned", 1)
ROW(clip, value_weights, value, "dWxh dWhh dWhy", 1)
ROW(clip, value_biases, value, "dbh dby", 1)
ROW(clip, value_limit, value_of_one, FIVE, 1)
ROW(clip, value_many, value_of_many, FIVE " more", 1)
ROW(clip, norm, norm, "norm", 1)
ROW(clip, norm_weights, norm, "dWxh dWhh dWhy", 1)
ROW(clip, norm_biases, norm, "dbh dby", 1)
ROW(clip, norm_leaves_small, norm_small, "norm " FIVE, 1)
ROW(clip, norm_many, norm_of_many, "norm " FIVE " more", 1)
