/**
 * @file  work.h
 * @brief The scratch vectors of the backward pass, used again for every step and every sequence.
 */
#ifndef WORK_H
#define WORK_H

#include "mat.h"

/** The gradients with respect to what one time step computes, at the step at hand. */
typedef struct work {
    mat *dy;     /**< V x 1, dL/dy[t] */
    mat *dh;     /**< H x 1, dL/dh[t] */
    mat *dhraw;  /**< H x 1, dL/d(what tanh was taken of) */
    mat *dhnext; /**< H x 1, what the step hands back to the one before */
} work;

/**
 * @brief  Memory for the backward pass.
 * @param  H,V hidden size and vocabulary size, at least 1
 * @return the memory, which the caller frees with work_free(); NULL on out of memory
 */
work *work_new(int H, int V);

/**
 * @brief Free the scratch.
 * @param w the scratch; NULL is allowed
 */
void work_free(work *w);

#endif
