/* sample/rows.c: what sampling is asked. */
#include "rows.h"

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

static void written(frame *f, rng *draws, double temperature, int n, int end)
{
    const int H = 8, V = 6;
    frame_put_ints(f, (const int[]){1, V}, 2);
    frame_put_ints(
        f,
        (const int[]){H, (int) (V * rng_uniform(draws)), n, end, (int) (1e6 * rng_uniform(draws))},
        5);
    frame_put_reals(f, &temperature, 1);
    row_put_randn(f, draws, H * V, 1);
    row_put_randn(f, draws, H * H, 0.7);
    row_put_randn(f, draws, V * H, 0.7);
    row_put_randn(f, draws, H, 0.5);
    row_put_randn(f, draws, V, 0.5);
    row_put_randn(f, draws, H, 0.5);
}

static void plain(frame *f, rng *draws) { written(f, draws, 1, 40, -1); }
static void hot(frame *f, rng *draws) { written(f, draws, 2, 40, -1); }
static void likeliest(frame *f, rng *draws) { written(f, draws, 0, 20, -1); }
static void ended(frame *f, rng *draws) { written(f, draws, 1.5, 60, 3); }

const row_question row_questions[] = {
    {half, "sample_temperature"}, {one, "sample_temperature"}, {three, "sample_temperature"},
    {zero, "sample_temperature"}, {plain, "sample"},           {hot, "sample"},
    {likeliest, "sample"},        {ended, "sample"},           {NULL, ""},
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
ROW(sample, leaves_hprev, plain, "count ixes hprev", 1)
