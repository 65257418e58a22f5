/**
 * @file  work.h
 * @brief The blank paper that the backward pass writes on, used again for every sequence.
 */
#ifndef WORK_H
#define WORK_H

#include "mat.h"

/** Gradients by the values that each time step computes. */
typedef struct work {
    int room;    /**< steps that there is memory for */
    mat **dy;    /**< dy[t], V x 1: dL/dy[t] */
    mat **dhraw; /**< dhraw[t], H x 1: dL/d(what tanh was taken of) */
    mat *dh;     /**< H x 1, dL/dh[t] of the step at hand */
    mat *dhnext; /**< H x 1, what the step at hand hands back to the one before */
} work;

/**
 * @brief  Memory for one backward pass.
 * @param  H,V,room sizes, at least 1
 * @return the memory, which the caller frees with work_free(); NULL where memory is short
 */
work *work_new(int H, int V, int room);

/**
 * @brief Give it back.
 * @param w the memory; NULL is allowed
 */
void work_free(work *w);

#endif
