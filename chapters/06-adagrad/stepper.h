/**
 * @file  stepper.h
 * @brief The update of the weights from this chapter on: clipping, then Adagrad or plain gradient descent.
 */
#ifndef STEPPER_H
#define STEPPER_H

#include "words.h"

/** The options and the state of stepper_step(). */
typedef struct stepper {
    double learning_rate; /**< at least 0 */
    rnn *m; /**< Adagrad's memories, owned by the caller; NULL: plain gradient descent */
} stepper;

/**
 * @brief Clip the gradient to +-5 by value, as in seed 004, and update the weights. A words_update.
 * @param[in,out] net  the network
 * @param[in,out] d    the gradient; it is clipped
 * @param[in,out] with a stepper
 */
void stepper_step(rnn *net, rnn *d, void *with);

#endif
