/**
 * @file  sample.h
 * @brief Text from the network: each character is drawn with the probabilities that the one before gives.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "rnn.h"

/** Memory for sampling, so that nothing of a training run is touched. */
typedef struct sampler {
    mat *h; /**< H x 1, the state; after sample(): the one after the last input */
    mat *g; /**< H x 1, the next state */
    mat *y; /**< V x 1, scores */
    mat *p; /**< V x 1, probabilities */
} sampler;

/**
 * @brief  Memory for sampling.
 * @param  H,V sizes, at least 1
 * @return the memory, which the caller frees with sampler_free(); NULL where memory is short
 */
sampler *sampler_new(int H, int V);

/**
 * @brief Give it back.
 * @param s the memory; NULL is allowed
 */
void sampler_free(sampler *s);

/**
 * @brief p = softmax(y / temperature): below 1 the likely gets likelier, above 1 all gets more even.
 * @param[out]    p           V x 1; with temperature 0 all 0 but a 1 at the first largest score
 * @param[in,out] y           V x 1; divided by the temperature
 * @param[in]     temperature at least 0
 */
void sample_temperature(mat *p, mat *y, double temperature);

/**
 * @brief  Draw up to n characters after the given one.
 * @param[in]     net         the network; not changed
 * @param[in]     hprev       H x 1, the state before the seed character; not changed; may be s->h
 * @param[in]     seed_ix     the first input; it is not part of the result (errata S4-6)
 * @param[in]     n           the most to draw
 * @param[in]     temperature 1: the network's own probabilities; 0: always the likeliest, nothing is drawn
 * @param[in]     end         stop before this id; -1: there is no end mark
 * @param[in,out] draws       the random numbers: one for each character
 * @param[out]    s           scratch
 * @param[out]    ixes        the ids
 * @return how many ids; fewer than n at an end mark, or where the network's numbers are no longer finite
 * @note   Seed 004 sample, 001 guess_vector.
 */
int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes);

#endif
