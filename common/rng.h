/**
 * @file  rng.h
 * @brief The random numbers that NumPy's legacy generator draws (`np.random.seed`, `randn`, `choice`).
 *
 * The original Python programs draw from it, so a run here can be compared with theirs number by number.
 * Source: MT19937 (Matsumoto and Nishimura, 1998); Marsaglia's polar method for the normal numbers.
 */
#ifndef RNG_H
#define RNG_H

#include "mat.h"

#include <stdbool.h>
#include <stdint.h>

enum { RNG_WORDS = 624 /**< words of state of MT19937 */ };

/** The whole state: copying it copies the stream. */
typedef struct rng {
    uint32_t word[RNG_WORDS]; /**< the state of MT19937 */
    int32_t next;     /**< index of the next word to draw; RNG_WORDS: generate new ones first */
    int32_t has_kept; /**< 1 if `kept` holds the second number of a normal pair */
    double kept;      /**< that number */
} rng;

/**
 * @brief Start the stream of `np.random.seed(seed)`.
 * @param[out] r    the generator
 * @param[in]  seed any 32-bit number
 */
void rng_seed(rng *r, uint32_t seed);

/**
 * @brief  A number drawn uniformly from [0, 1), as by `random_sample()` (53 bits).
 * @param[in,out] r the generator
 * @return the number
 */
double rng_uniform(rng *r);

/**
 * @brief  A number from the normal distribution with mean 0 and variance 1, as by `randn()`.
 * @param[in,out] r the generator
 * @return the number; within 2 ulp of NumPy's (whose logarithm rounds differently from machine to machine)
 */
double rng_randn(rng *r);

/**
 * @brief  An index drawn with the probabilities p, as by `choice(range(n), p=p)`.
 * @param[in,out] r the generator: exactly one uniform number is drawn, whatever p is
 * @param[in]     p n x 1, not negative; need not sum to 1
 * @return the index; -1 if the sum of p is not positive and finite (a network that has diverged)
 */
int rng_choice(rng *r, const mat *p);

#endif
