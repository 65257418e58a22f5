/**
 * @file  adagrad.h
 * @brief Adagrad, where every weight has its own step size that shrinks with the gradients so far, and plain gradient
 *        descent, with one step size for all.
 */
#ifndef ADAGRAD_H
#define ADAGRAD_H

#include "mat.h"

/**
 * @brief mem += dparam∘dparam;  param -= learning_rate * dparam / sqrt(mem + 1e-8), element by element.
 *
 * A weight's first step is about learning_rate, whatever its gradient is, unless the gradient is
 * below 1e-4. At 0.1 this is ten times the size of the initial weights.
 * @param[in,out] param         the weights: n matrices of any shapes
 * @param[in]     dparam        the gradient: n matrices, each of its parameter's size
 * @param[in,out] mem           the memories: n matrices of these sizes, all 0 before the first step
 * @param[in]     n             how many
 * @param[in]     learning_rate at least 0
 * @note  Duchi, Hazan and Singer (2011); seed 004, `for param, dparam, mem in zip(...)`, which also has the 1e-8
 *        inside the root.
 */
void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n,
             double learning_rate);

/**
 * @brief Plain gradient descent: param -= learning_rate * dparam, element by element.
 * @param[in,out] param         the weights: n matrices of any shapes
 * @param[in]     dparam        the gradient: n matrices, each of its parameter's size
 * @param[in]     n             how many
 * @param[in]     learning_rate at least 0
 * @note  Seed 001, `param += - 1 * learning_rate * dparam`.
 */
void sgd(mat *const param[], mat *const dparam[], int n, double learning_rate);

#endif
