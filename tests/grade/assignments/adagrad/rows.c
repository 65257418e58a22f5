/* adagrad/rows.c: what Adagrad is asked. */
#include "rows.h"

#include <math.h>
#include <stdlib.h>

enum { H = 5, V = 6 };

static void five(frame *f, rng *draws, double scale)
{
    row_put_randn(f, draws, H * V, scale);
    row_put_randn(f, draws, H * H, scale);
    row_put_randn(f, draws, V * H, scale);
    row_put_randn(f, draws, H, scale);
    row_put_randn(f, draws, V, scale);
}

static void zeros(frame *f)
{
    static const double zero[H * V];
    const int n[5] = {H * V, H * H, V * H, H, V};
    for (int k = 0; k < 5; k++) frame_put_reals(f, zero, n[k]);
}

static void steps(frame *f, rng *draws, int calls, int n, double rate, double scale)
{
    frame_put_ints(f, (const int[]){H, V, calls, n}, 4);
    frame_put_reals(f, &rate, 1);
    five(f, draws, 0.5);
    zeros(f);
    for (int c = 0; c < calls; c++) five(f, draws, scale);
}

static void first(frame *f, rng *draws) { steps(f, draws, 1, 5, 0.1, 2); }
static void three(frame *f, rng *draws) { steps(f, draws, 3, 5, 0.1, 2); }
static void another_rate(frame *f, rng *draws) { steps(f, draws, 2, 4, 0.03, 1); }
/* Where the gradient is 1e-5, the 1e-8 under the root is seen. */
static void tiny(frame *f, rng *draws) { steps(f, draws, 2, 5, 0.1, 1e-5); }

const row_question row_questions[] = {
    {first, "adagrad"}, {three, "adagrad"}, {another_rate, "adagrad"},
    {tiny, "adagrad"},  {NULL, ""},
};

ROW(adagrad, first_memory, first, "mWxh mWhh mWhy mbh mby", 1)
ROW(adagrad, first_weights, first, "Wxh Whh Why", 1)
ROW(adagrad, first_biases, first, "bh by", 1)
ROW(adagrad, three_memory, three, "mWxh mWhh mWhy mbh mby", 1)
ROW(adagrad, three_weights, three, "Wxh Whh Why", 1)
ROW(adagrad, three_biases, three, "bh by", 1)
ROW(adagrad, another_rate, another_rate, "Wxh Whh Why bh by", 1)
ROW(adagrad, tiny_gradient, tiny, "Wxh Whh Why bh by", 1)
