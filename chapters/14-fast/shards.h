/**
 * @file  shards.h
 * @brief Work divided among threads so that their number changes no bit: jobs that do not meet, and sums in a fixed tree.
 *
 * A mini-batch is cut into shards. What belongs to one shard, one job computes, whoever does it; what is summed over the
 * shards is summed by pairs: 0 + 1, 2 + 3, ..., then the pairs, and so on. Nothing here depends on how many threads
 * there are, nor on which is faster. Built without OpenMP, one thread does it all.
 */
#ifndef SHARDS_H
#define SHARDS_H

#include "real.h"

#include <stdbool.h>

enum { SHARDS_WORKERS = 1024 /**< workers at most */ };

/**
 * @brief Do count jobs. Worker w does the jobs w, w + threads, ..., then what the others have not begun; returns when all
 *        are done.
 * @param[in]     count   how many jobs
 * @param[in]     threads how many workers, 1 to SHARDS_WORKERS
 * @param[in]     job     called for every job; `worker` says whose scratch it may use
 * @param[in,out] run     given to every job
 */
void shards_each(int count, int threads, void (*job)(void *run, int k, int worker), void *run);

/**
 * @brief part[0] = the sum of all parts, in the fixed tree.
 * @param[in,out] part   the parts; all but the last may be changed
 * @param[in]     shards how many parts
 * @param[in]     n      numbers of each
 */
void shards_sum(real *const part[], int shards, int n);

/**
 * @brief  Was this built with OpenMP?
 * @return false if one thread does it all
 */
bool shards_have_threads(void);

#endif
