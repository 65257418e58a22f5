/**
 * @file  work.h
 * @brief The scratch vectors of the backward pass, reused for every step and every sequence.
 */
#ifndef WORK_H
#define WORK_H

#include "mat.h"

/** The gradients with respect to what one time step t computes. */
typedef struct work {
    mat *dy;     /**< V x 1, dL/dy[t] */
    mat *dh;     /**< H x 1, dL/dh[t] */
    mat *dhraw;  /**< H x 1, dL/d(the input of tanh) */
    mat *dhnext; /**< H x 1, what step t+1 passes back to step t */
} work;

/**
 * @brief  Memory for the backward pass.
 * @param  H,V hidden size and vocabulary size, at least 1
 * @return the memory, which the caller frees with work_free(); NULL on out of memory
 */
work *work_new(int H, int V);

/**
 * @brief Free the memory.
 * @param w the memory; NULL is allowed
 */
void work_free(work *w);

#endif
