/**
 * @file  stepper.h
 * @brief How the weights move from here on: by Adagrad or plain gradient descent, after clipping.
 */
#ifndef STEPPER_H
#define STEPPER_H

#include "words.h"

/** What stepper_step() is told, and what it remembers. */
typedef struct stepper {
    double learning_rate; /**< at least 0 */
    bool adagrad;         /**< false: plain gradient descent */
    rnn *m;               /**< Adagrad's memories, NULL at first; the caller frees them */
} stepper;

/**
 * @brief Clip to +-5 by value, as in seed 004, and move the weights. A words_update.
 *
 * Adagrad's memories are made at its first step, when the network's sizes are known; out of memory
 * ends the program.
 * @param[in,out] net  the network
 * @param[in,out] d    the gradient; it is clipped
 * @param[in,out] with a stepper
 */
void stepper_step(rnn *net, rnn *d, void *with);

#endif
