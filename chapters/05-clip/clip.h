/**
 * @file  clip.h
 * @brief Keeping a gradient from exploding: element by element, or by its length.
 *
 * Clipping is no part of the gradient of the loss. It is done after the backward pass and before the
 * update; a gradient check comes before it.
 */
#ifndef CLIP_H
#define CLIP_H

#include "mat.h"

/**
 * @brief  Every element of A into [least, most]; a nan stays what it is.
 * @param[in,out] A     any shape
 * @param[in]     least,most the range, least <= most
 * @return A
 * @note   Seed 001: np.clip(x, -2, 7, out=x).
 */
mat *clip_mat(mat *A, double least, double most);

/**
 * @brief Clip by value: every element of the gradient into [-most, most]. May change the direction.
 * @param[in,out] d    the gradient: n matrices of any shapes
 * @param[in]     n    how many
 * @param[in]     most at least 0
 * @note  Seed 004: -5 to 5; seed 001 section 5: -1 to 1.
 */
void clip_value(mat *const d[], int n, double most);

/**
 * @brief  Clip by norm: where the length of the whole gradient is more than `most`, scale it down to that.
 *         Keeps the direction.
 * @param[in,out] d    the gradient: n matrices of any shapes
 * @param[in]     n    how many
 * @param[in]     most at least 0
 * @return the length before: the square root of the sum of all squares
 */
double clip_norm(mat *const d[], int n, double most);

#endif
