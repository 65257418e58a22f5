/**
 * @file  adam.h
 * @brief Adam: a mean of the gradient and a mean of its square for every weight, both forgetting.
 */
#ifndef ADAM_H
#define ADAM_H

#include "mat.h"

/**
 * @brief m = 0.9 m + 0.1 dparam;  v = 0.999 v + 0.001 dparam∘dparam;
 *        param -= learning_rate * (m / (1 - 0.9^t)) / (sqrt(v / (1 - 0.999^t)) + 1e-8), element by element.
 *
 * Both means begin at 0 and would be too small at first; the two divisors undo that. So the first step of a weight is
 * about learning_rate, as with Adagrad, but later steps do not shrink.
 * @param[in,out] param         the weights: n matrices of any shapes
 * @param[in]     dparam        the gradient: n matrices, each of its parameter's size
 * @param[in,out] m,v           the means: n matrices of these sizes each, all 0 before the first step
 * @param[in]     n             how many
 * @param[in]     learning_rate at least 0
 * @param[in]     t             which step this is: 1 for the first
 * @note  Kingma and Ba (2015), with their constants.
 */
void adam(mat *const param[], mat *const dparam[], mat *const m[], mat *const v[], int n,
          double learning_rate, int t);

/**
 * @brief  x to the power of n, by squaring: the same bits everywhere, which pow() does not promise.
 * @param  x the base
 * @param  n the exponent, at least 0
 * @return the power
 */
double adam_power(double x, int n);

#endif
