/**
 * @file  vectors.h
 * @brief A vector for each time step: a[t], t = 0 .. n-1, all of the same length.
 */
#ifndef VECTORS_H
#define VECTORS_H

#include "mat.h"

/**
 * @brief  n vectors of zeros.
 * @param  n    how many, at least 1
 * @param  rows numbers in each, at least 1
 * @return the vectors, which the caller frees with vectors_free(); NULL where memory is short
 */
mat **vectors_new(int n, int rows);

/**
 * @brief Give them back.
 * @param a the vectors; NULL is allowed
 * @param n how many
 */
void vectors_free(mat **a, int n);

#endif
