/**
 * @file  vectors.h
 * @brief A vector or a matrix for each time step: a[t], t = 0 .. n-1, all of the same shape.
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
 * @brief  n matrices of zeros.
 * @param  n         how many, at least 1
 * @param  rows,cols shape of each
 * @return the matrices, which the caller frees with vectors_free(); NULL where memory is short
 */
mat **mats_new(int n, int rows, int cols);

/**
 * @brief Give them back.
 * @param a the vectors or matrices; NULL is allowed
 * @param n how many
 */
void vectors_free(mat **a, int n);

#endif
