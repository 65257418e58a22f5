/* lm/rows.c: what the training of the word language model is asked. */
#include "rows.h"

#include <stdlib.h>

enum { BATCH = 3, TIME = 4, V = 7, BATCHES = 0, STEPS, EPOCH, TEST, COUNT };

/* A text of `count` words, and another of `length` words, of which some are unknown if `unknown`. */
static void put(frame *f, rng *draws, int which, int count, int times, double sum, int length,
                bool unknown)
{
    int other[64];
    frame_put_ints(f,
                   (const int[]){which, BATCH, TIME, 4, 5, V, count,
                                 (int) (1e6 * rng_uniform(draws)), times, length},
                   10);
    frame_put_reals(f, (const double[]){0.2 + 0.3 * rng_uniform(draws), sum, 1.5}, 3);
    /* Words that occur often, so that counting matters; the last one occurs before, too. */
    int *ids = calloc((size_t) count + 1, sizeof *ids);
    for (int i = 0; ids && i < count; i++) {
        const double u = rng_uniform(draws);
        ids[i] = i < V ? i : (int) (V * u * u);
    }
    frame_put_ints(f, ids, count);
    free(ids);
    for (int i = 0; i < length; i++) {
        const double u = rng_uniform(draws);
        other[i] = unknown && rng_uniform(draws) < 0.2 ? -1 : (int) (V * u * u);
    }
    if (unknown) other[length / 2] = -1;
    if (length) other[0] = other[1] = 1; /* one pair at least is predicted */
    frame_put_ints(f, other, length);
}

static void one_block(frame *f, rng *draws) { put(f, draws, BATCHES, 41, 1, 0, 0, false); }
/* 30 pairs and blocks of 4: over the end of the text, and over the end of each sequence's part. */
static void blocks(frame *f, rng *draws) { put(f, draws, BATCHES, 32, 10, 0, 0, false); }
static void one_step(frame *f, rng *draws) { put(f, draws, STEPS, 41, 1, 0, 0, false); }
static void steps(frame *f, rng *draws) { put(f, draws, STEPS, 41, 4, 0, 0, false); }
/* 40 pairs: three iterations an epoch. */
static void epoch_over(frame *f, rng *draws)
{
    put(f, draws, EPOCH, 41, 3, 4 + 2 * rng_uniform(draws), 0, false);
}
static void epoch_not(frame *f, rng *draws)
{
    put(f, draws, EPOCH, 41, 2, 4 + 2 * rng_uniform(draws), 0, false);
}
static void test(frame *f, rng *draws) { put(f, draws, TEST, 41, 0, 0, 23, false); }
static void test_unknown(frame *f, rng *draws) { put(f, draws, TEST, 41, 0, 0, 40, true); }
static void count(frame *f, rng *draws) { put(f, draws, COUNT, 60, 0, 0, 30, false); }
static void count_unknown(frame *f, rng *draws) { put(f, draws, COUNT, 60, 0, 0, 40, true); }

const row_question row_questions[] = {
    {one_block, "lm_batch"},
    {blocks, "lm_batch"},
    {one_step, "lm_step"},
    {steps, "lm_step"},
    {epoch_over, "lm_epoch_done"},
    {epoch_not, "lm_epoch_done"},
    {test, "lm_test"},
    {test_unknown, "lm_test"},
    {count, "lm_count"},
    {count_unknown, "lm_count"},
    {NULL, ""},
};

ROW(lm, inputs, one_block, "xs", 1)
ROW(lm, targets, one_block, "ts", 1)
ROW(lm, blocks, blocks, "xs ts time_idx", 1)
ROW(lm, step_loss, one_step, "loss", 1)
ROW(lm, step_weights, one_step, "E Wx Wh b W c", 1)
ROW(lm, step_counts, one_step, "sum iteration", 1)
ROW(lm, steps, steps, "loss sum iteration E Wx Wh b W c", 1)
ROW(lm, epoch, epoch_over, "over perplexity epoch iteration sum", 1)
ROW(lm, epoch_goes_on, epoch_not, "over perplexity epoch iteration sum", 1)
ROW(lm, test, test, "perplexity counted skipped training", 1)
ROW(lm, test_unknown, test_unknown, "perplexity counted skipped training", 1)
ROW(lm, count_words, count, "good uniform unigram", 1)
ROW(lm, count_pairs, count, "bigram", 1)
ROW(lm, count_unknown, count_unknown, "good uniform unigram bigram", 1)
