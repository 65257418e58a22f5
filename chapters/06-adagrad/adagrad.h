/**
 * @file  adagrad.h
 * @brief Adagrad: every weight has a step size of its own, which shrinks with the gradients it has seen.
 */
#ifndef ADAGRAD_H
#define ADAGRAD_H

#include "rnn.h"

/**
 * @brief mem += d∘d;  param -= learning_rate * d / sqrt(mem + 1e-8), element by element, for all five.
 *
 * The first step of a weight is about learning_rate long whatever its gradient is, unless that is
 * below 1e-4: at 0.1, ten times what the weights are at the start.
 * @param[in,out] net           the weights
 * @param[in]     d             the gradient
 * @param[in,out] m             the memories: all 0 before the first step
 * @param[in]     learning_rate at least 0
 * @note  Duchi, Hazan and Singer (2011); seed 004, main loop. The 1e-8 is inside the root, as there.
 */
void adagrad(rnn *net, const rnn *d, rnn *m, double learning_rate);

#endif
