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

/* OWN: from the sampler's own state. DIVERGED: one of the weights is no number. */
static void written_so(frame *f, rng *draws, double temperature, int n, int end, int how)
{
    enum { H = 8, V = 6 };
    frame_put_ints(f, (const int[]){1, V}, 2);
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
        frame_put_reals(f, (const double[]){0, NAN, 0, 0, 0, 0}, V);
    else
        row_put_randn(f, draws, V, 0.5);
    row_put_randn(f, draws, H, 0.5);
}

static void written(frame *f, rng *draws, double temperature, int n, int end)
{
    written_so(f, draws, temperature, n, end, 0);
}

static void plain(frame *f, rng *draws) { written(f, draws, 1, 40, -1); }
static void hot(frame *f, rng *draws) { written(f, draws, 2, 40, -1); }
static void likeliest(frame *f, rng *draws) { written(f, draws, 0, 20, -1); }
static void ended(frame *f, rng *draws) { written(f, draws, 1.5, 60, 3); }

static void nothing(frame *f, rng *draws) { written(f, draws, 1, 0, -1); }
static void own(frame *f, rng *draws) { written_so(f, draws, 1, 30, -1, OWN); }
static void diverged(frame *f, rng *draws) { written_so(f, draws, 0.5, 10, -1, DIVERGED); }
static void diverged_cold(frame *f, rng *draws) { written_so(f, draws, 0, 10, -1, DIVERGED); }

const row_question row_questions[] = {
    {half, "sample_temperature"},
    {one, "sample_temperature"},
    {three, "sample_temperature"},
    {zero, "sample_temperature"},
    {plain, "sample"},
    {hot, "sample"},
    {likeliest, "sample"},
    {ended, "sample"},
    {nothing, "sample"},
    {own, "sample"},
    {diverged, "sample"},
    {diverged_cold, "sample"},
    {NULL, ""},
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
ROW(sample, text_none, nothing, "count draws hprev", 1)
ROW(sample, text_own_state, own, "count ixes draws", 1)
ROW(sample, diverged, diverged, "count", 1)
ROW(sample, diverged_cold, diverged_cold, "count", 1)
ROW(sample, leaves_hprev, plain, "count ixes hprev Wxh Whh Why bh by", 1)
