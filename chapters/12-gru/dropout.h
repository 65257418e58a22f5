/**
 * @file  dropout.h
 * @brief Dropout between the layers of a stack: some of the numbers that a layer hands to the next are left out.
 *
 * A number is left out with probability `ratio`, and the others are divided by 1 - ratio, so that nothing need be scaled
 * when testing, where there is no dropout. What is left out depends on the seed, the iteration and the sequence's number
 * (its stream) only: not on how many sequences are side by side, nor on who computes them, nor on what was drawn before.
 * So a resumed run, and a mini-batch computed in parts, leave out the same.
 *
 * Only what goes up is left out, never what goes on in time. Source: Srivastava et al. (2014); between layers:
 * Zaremba, Sutskever and Vinyals (2014).
 */
#ifndef DROPOUT_H
#define DROPOUT_H

#include "cellstack.h"

/** What is left out. */
typedef struct dropout {
    double ratio;       /**< probability of leaving a number out, 0 to below 1 */
    uint32_t seed;      /**< of the run */
    uint64_t iteration; /**< of the run */
    int stream;         /**< the number of the stack's first sequence in the mini-batch */
} dropout;

/**
 * @brief Set the masks of a stack, for the next block.
 * @param[in,out] s the stack, with cellstack_add_masks(); with one layer there is nothing to set
 * @param[in]     T steps, 1 to room
 * @param[in]     o what to leave out; ratio 0: nothing, as for a test
 */
void dropout_draw(cellstack *s, int T, const dropout *o);

#endif
