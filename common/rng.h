/**
 * @file  rng.h
 * @brief The random numbers that NumPy's legacy generator draws (`np.random.seed`, `randn`, `choice`).
 *
 * The seeds draw from it, so a run here can be compared with the same run in Python, number by number.
 * Source: MT19937 (Matsumoto and Nishimura, 1998); Marsaglia's polar method for the normal numbers.
 */
#ifndef RNG_H
#define RNG_H

#include "mat.h"

#include <stdbool.h>
#include <stdint.h>

enum { RNG_WORDS = 624 /**< words of state that MT19937 has */ };

/** The whole state: copying it copies the stream. */
typedef struct rng {
    uint32_t word[RNG_WORDS]; /**< the state of MT19937 */
    int32_t next;             /**< the word that is drawn next; RNG_WORDS: make new ones first */
    int32_t has_kept;         /**< 1 where the second number of a normal pair waits in `kept` */
    double kept;              /**< that number */
} rng;

/**
 * @brief Start the stream that `np.random.seed(seed)` starts.
 * @param[out] r    the generator
 * @param[in]  seed any 32-bit number
 */
void rng_seed(rng *r, uint32_t seed);

/**
 * @brief  A number drawn evenly from [0, 1), as `random_sample()` draws it (53 bits).
 * @param[in,out] r the generator
 * @return the number
 */
double rng_uniform(rng *r);

/**
 * @brief  A number from the normal distribution with mean 0 and variance 1, as `randn()` draws it.
 * @param[in,out] r the generator
 * @return the number; equal to NumPy's within 2 ulp (its logarithm rounds differently from machine to machine)
 */
double rng_randn(rng *r);

/**
 * @brief  An index drawn with the probabilities p, as `choice(range(n), p=p)` draws it.
 * @param[in,out] r the generator: one uniform number is drawn, whatever p is
 * @param[in]     p n x 1, not negative; they are divided by their sum
 * @return the index; -1 where p has no finite, positive sum (a network that has diverged)
 */
int rng_choice(rng *r, const mat *p);

#endif
