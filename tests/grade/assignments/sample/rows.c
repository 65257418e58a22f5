/* sample/rows.c: what sampling is asked. */
#include "rows.h"

#include <math.h>

static void softened(frame *f, rng *draws, double temperature)
{
    frame_put_ints(f, (const int[]){0, 9}, 2);
    row_put_randn(f, draws, 9, 3);
    frame_put_reals(f, &temperature, 1);
}

static void half(frame *f, rng *draws) { softened(f, draws, 0.5); }
static void one(frame *f, rng *draws) { softened(f, draws, 1); }
static void three(frame *f, rng *draws) { softened(f, draws, 3); }
static void zero(frame *f, rng *draws) { softened(f, draws, 0); }

enum { OWN = 1, DIVERGED = 2 };

enum { H = 8, V = 6 };

/* A text. OWN: from the sampler's own state. DIVERGED: one of the weights is no number. */
static void put_text(frame *f, rng *draws, double temperature, int n, int end, int how)
{
    frame_put_ints(f,
                   (const int[]){H, (int) (V * rng_uniform(draws)), n, end,
                                 (int) (1e6 * rng_uniform(draws)), how & OWN},
                   6);
    frame_put_reals(f, &temperature, 1);
    row_put_randn(f, draws, H * V, 1);
    row_put_randn(f, draws, H * H, 0.7);
    row_put_randn(f, draws, V * H, 0.7);
    row_put_randn(f, draws, H, 0.5);
    if (how & DIVERGED)
        frame_put_reals(f, (const double[V]){0, NAN}, V);
    else
        row_put_randn(f, draws, V, 0.5);
    row_put_randn(f, draws, H, 0.5);
}

static void written(frame *f, rng *draws, double temperature, int n, int end)
{
    frame_put_ints(f, (const int[]){1, V}, 2);
    put_text(f, draws, temperature, n, end, 0);
}

/* A text that is not empty, so that nothing is earned by writing none, and another. */
static void written_twice(frame *f, rng *draws, double temperature, int n, int how)
{
    frame_put_ints(f, (const int[]){2, V}, 2);
    put_text(f, draws, 1, 12, -1, 0);
    put_text(f, draws, temperature, n, -1, how);
}

static void plain(frame *f, rng *draws) { written(f, draws, 1, 40, -1); }
static void hot(frame *f, rng *draws) { written(f, draws, 2, 40, -1); }
static void likeliest(frame *f, rng *draws) { written(f, draws, 0, 20, -1); }
static void ended(frame *f, rng *draws) { written(f, draws, 1.5, 60, 3); }

static void nothing(frame *f, rng *draws) { written_twice(f, draws, 1, 0, 0); }
static void own(frame *f, rng *draws) { written_twice(f, draws, 1, 30, OWN); }
static void diverged(frame *f, rng *draws) { written_twice(f, draws, 0.5, 10, DIVERGED); }
static void diverged_cold(frame *f, rng *draws) { written_twice(f, draws, 0, 10, DIVERGED); }

/* No text of length 0: there a mistake may end the program, and would get no name. */
const row_question row_questions[] = {
    {half, "sample_temperature"}, {one, "sample_temperature"}, {three, "sample_temperature"},
    {zero, "sample_temperature"}, {plain, "sample"},           {hot, "sample"},
    {likeliest, "sample"},        {ended, "sample"},           {own, "sample"},
    {diverged, "sample"},         {diverged_cold, "sample"},   {NULL, ""},
};

ROW(sample, temperature_half, half, "p", 1)
ROW(sample, temperature_one, one, "p", 1)
ROW(sample, temperature_three, three, "p", 1)
ROW(sample, temperature_zero, zero, "p", 1)
ROW(sample, text, plain, "count ixes", 1)
ROW(sample, text_draws, plain, "count ixes draws", 1)
ROW(sample, text_hot, hot, "count ixes", 1)
ROW(sample, text_likeliest, likeliest, "count ixes", 1)
ROW(sample, text_likeliest_draws, likeliest, "count ixes draws", 1)
ROW(sample, text_end, ended, "count ixes draws", 1)
ROW(sample, text_none, nothing, "count ixes draws hprev", 1)
ROW(sample, text_own_state, own, "count ixes draws", 1)
ROW(sample, diverged, diverged, "count", 1)
ROW(sample, diverged_cold, diverged_cold, "count", 1)
ROW(sample, leaves_hprev, plain, "count ixes hprev Wxh Whh Why bh by", 1)
