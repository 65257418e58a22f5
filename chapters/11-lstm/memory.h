/**
 * @file  memory.h
 * @brief An experiment on memory: the first character decides the last, k steps later; all between is noise.
 *
 * A sequence is one of a few symbols, then k characters drawn from others. After the last one the network must tell the
 * first; nothing else counts. Who has forgotten it can only guess.
 * Source: after Hochreiter and Schmidhuber (1997), experiment 2.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "celltrain.h"

/** The task, and how it is learnt. */
typedef struct memory_task {
    int symbols;               /**< how many there are to remember */
    int noise;                 /**< how many different characters are between */
    int k;                     /**< how many characters are between the symbol and the question */
    int most;                  /**< give up after this many iterations */
    celltrain_options options; /**< cell, sizes, learning rate, seed; its time is not used */
} memory_task;

/** How it went. */
typedef struct memory_result {
    bool learnt;    /**< at least 99 % right in a test of new sequences */
    long iteration; /**< after which that was so; else the last */
    double right;   /**< part of the last test's sequences that was right */
    double loss;    /**< the mean loss in that test, in nat */
} memory_result;

/**
 * @brief  Train until the task is learnt, or given up.
 * @param[in]  task   the task
 * @param[out] result how it went
 * @return the run, for looking at its weights, which the caller frees with celltrain_free(); NULL on out of memory
 */
celltrain *memory_run(const memory_task *task, memory_result *result);

/**
 * @brief How much of a gradient is left k steps before: the norms of dL/dh[t-k] and dL/dc[t-k], of all states of a layer.
 *
 * A layer reads `room` random inputs; the gradient at its last state is random. The norms are those of all sequences
 * together, divided by the norm at k = 0.
 * @param[in]     type the kind of the layer
 * @param[in]     cell its weights
 * @param[in]     N    sequences
 * @param[in]     room the largest k, at least 1
 * @param[in,out] draws the random numbers
 * @param[out]    left left[k * CELL_STATES + i], k = 0 .. room, of state i
 * @return false on out of memory
 */
bool memory_gradient(const celltype *type, rnncell cell, int N, int room, rng *draws, double *left);

#endif
