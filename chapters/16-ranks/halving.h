/**
 * @file  halving.h
 * @brief Sums over all ranks, in a fixed tree: by halving what each has the sum of, and then doubling it.
 */
#ifndef HALVING_H
#define HALVING_H

#include "ranks.h"

/**
 * @brief  What a rank has the sum of, after the ranks 1, 2, 4, ... and `apart` away have been met: each meeting leaves
 *         it half of what it had, the lower half if it is the lower of the two.
 * @param  size  numbers of the whole
 * @param  rank  the rank
 * @param  apart the last distance, a power of two; 0: none has been met, it has the whole
 * @return the range
 */
ranks_range ranks_part(int size, int rank, int apart);

/**
 * @brief The sum over all ranks, in the fixed tree of shards_sum(): 0 + 1, 2 + 3, ..., then the pairs, and so on. Their
 *        number is a power of two.
 * @param[in,out] sum     n matrices; each rank has its own numbers in them, and then all have the sum
 * @param[out]    scratch n matrices of these sizes
 * @param[in]     n       at most RANKS_MATRICES
 * @note  R. Thakur, R. Rabenseifner, W. Gropp (2005): recursive halving, then doubling; here the nearest ranks first.
 */
void ranks_sum(mat *const sum[], mat *const scratch[], int n);

#endif
