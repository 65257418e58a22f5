/**
 * @file  sample.h
 * @brief Text from the network: each character is drawn with the probabilities predicted after the previous one.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "rnn.h"

/** Memory for sampling, separate from that of a training run. */
typedef struct sampler {
    mat *h; /**< H x 1, the state; after sample(), the state after the last input */
    mat *g; /**< H x 1, the next state */
    mat *y; /**< V x 1, scores */
    mat *p; /**< V x 1, probabilities */
} sampler;

/**
 * @brief  Memory for sampling.
 * @param  H,V sizes, at least 1
 * @return the memory, which the caller frees with sampler_free(); NULL on out of memory
 */
sampler *sampler_new(int H, int V);

/**
 * @brief Free the memory.
 * @param s the memory; NULL is allowed
 */
void sampler_free(sampler *s);

/**
 * @brief p = softmax(y / temperature): below 1 likely characters get likelier, above 1 the probabilities get more even.
 * @param[out]    p           V x 1; at temperature 0, one-hot at the first largest score
 * @param[in,out] y           V x 1; divided by the temperature, unless that is 0
 * @param[in]     temperature at least 0
 */
void sample_temperature(mat *p, mat *y, double temperature);

/**
 * @brief  Draw up to n characters after the given one.
 * @param[in]     net         the network; not changed
 * @param[in]     hprev       H x 1, the state before the seed character; not changed; may be s->h
 * @param[in]     seed_ix     the first input; it is not part of the result (errata S4-6)
 * @param[in]     n           how many to draw at most
 * @param[in]     temperature 1: the network's own probabilities; 0: always the likeliest, nothing is drawn
 * @param[in]     end         stop before this id; -1: no end mark
 * @param[in,out] draws       the random numbers: one per character drawn, including the end mark
 * @param[out]    s           scratch
 * @param[out]    ixes        the ids
 * @return the number of ids; less than n after an end mark, or if the network's numbers are no longer finite
 * @note   Seed 004 sample, 001 guess_vector.
 */
int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes);

#endif
