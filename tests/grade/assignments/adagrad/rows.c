/* adagrad/rows.c: what Adagrad is asked. */
#include "rows.h"

#include <math.h>
#include <stdlib.h>

enum { H = 5, V = 6 };

static void matrices(frame *f, rng *draws, double scale, int n)
{
    row_put_randn(f, draws, H * V, scale);
    row_put_randn(f, draws, H * H, scale);
    row_put_randn(f, draws, V * H, scale);
    row_put_randn(f, draws, H, scale);
    row_put_randn(f, draws, V, scale);
    for (int k = 5; k < n; k++) row_put_randn(f, draws, 3 + k, scale);
}

static void zeros(frame *f, int n)
{
    static const double zero[H * V];
    const int size[5] = {H * V, H * H, V * H, H, V};
    for (int k = 0; k < 5 || k < n; k++) frame_put_reals(f, zero, k < 5 ? size[k] : 3 + k);
}

static void steps(frame *f, rng *draws, int calls, int n, double rate, double scale)
{
    frame_put_ints(f, (const int[]){H, V, calls, n}, 4);
    frame_put_reals(f, &rate, 1);
    matrices(f, draws, 0.5, n);
    zeros(f, n);
    for (int c = 0; c < calls; c++) matrices(f, draws, scale, n);
}

static void first(frame *f, rng *draws) { steps(f, draws, 1, 5, 0.1, 2); }
static void three(frame *f, rng *draws) { steps(f, draws, 3, 5, 0.1, 2); }
static void another_rate(frame *f, rng *draws) { steps(f, draws, 2, 4, 0.03, 1); }
static void many(frame *f, rng *draws) { steps(f, draws, 2, 8, 0.1, 1); }
/* Where the gradient is 1e-5, the 1e-8 under the root is seen. */
static void tiny(frame *f, rng *draws) { steps(f, draws, 2, 5, 0.1, 1e-5); }

const row_question row_questions[] = {
    {first, "adagrad"}, {three, "adagrad"}, {another_rate, "adagrad"},
    {many, "adagrad"},  {tiny, "adagrad"},  {NULL, ""},
};

ROW(adagrad, first_memory, first, "mWxh mWhh mWhy mbh mby", 1)
ROW(adagrad, first_weights, first, "Wxh Whh Why", 1)
ROW(adagrad, first_biases, first, "bh by", 1)
ROW(adagrad, three_memory, three, "mWxh mWhh mWhy mbh mby", 1)
ROW(adagrad, three_weights, three, "Wxh Whh Why", 1)
ROW(adagrad, three_biases, three, "bh by", 1)
#define FIVE "Wxh Whh Why bh by"
ROW(adagrad, leaves_gradient, three, "dWxh dWhh dWhy dbh dby " FIVE, 1)
ROW(adagrad, another_rate, another_rate, "Wxh Whh Why bh by", 1)
ROW(adagrad, many, many, FIVE " more", 1)
ROW(adagrad, tiny_gradient, tiny, "Wxh Whh Why bh by", 1)
