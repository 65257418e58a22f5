/**
 * @file  clip.h
 * @brief Keeping a gradient from exploding: element by element, or by its norm.
 *
 * A clipped gradient is no longer the gradient of the loss: check gradients first, then clip, then update.
 */
#ifndef CLIP_H
#define CLIP_H

#include "mat.h"

/**
 * @brief  Clip every element of A to [least, most]; a nan stays a nan.
 * @param[in,out] A     any shape
 * @param[in]     least,most the range, least <= most
 * @return A
 * @note   Seed 001: np.clip(x, -2, 7, out=x).
 */
mat *clip_mat(mat *A, double least, double most);

/**
 * @brief Clip by value: every element of the gradient to [-most, most]. May change the direction.
 * @param[in,out] d    the gradient: n matrices of any shapes
 * @param[in]     n    how many
 * @param[in]     most at least 0
 * @note  Seed 004: -5 to 5; seed 001 section 5: -1 to 1.
 */
void clip_value(mat *const d[], int n, double most);

/**
 * @brief  Clip by norm: if the norm of the whole gradient exceeds `most`, scale the gradient down to it. Keeps the
 *         direction.
 * @param[in,out] d    the gradient: n matrices of any shapes
 * @param[in]     n    how many
 * @param[in]     most at least 0
 * @return the norm before clipping: the square root of the sum of all squares
 */
double clip_norm(mat *const d[], int n, double most);

#endif
