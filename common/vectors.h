/**
 * @file  vectors.h
 * @brief Lists of matrices: allocating one vector or matrix per time step, and copying lists of any shapes to and
 *        from arrays of double.
 */
#ifndef VECTORS_H
#define VECTORS_H

#include "mat.h"

/**
 * @brief  n vectors of zeros.
 * @param  n    how many, at least 1
 * @param  rows numbers in each, at least 1
 * @return the vectors, which the caller frees with vectors_free(); NULL on out of memory
 */
mat **vectors_new(int n, int rows);

/**
 * @brief  n matrices of zeros.
 * @param  n         how many, at least 1
 * @param  rows,cols shape of each
 * @return the matrices, which the caller frees with vectors_free(); NULL on out of memory
 */
mat **mats_new(int n, int rows, int cols);

/**
 * @brief Free a list and its vectors or matrices.
 * @param a the vectors or matrices; NULL is allowed
 * @param n how many
 */
void vectors_free(mat **a, int n);

/**
 * @brief a = x: fill the matrices one after the other, each row by row.
 * @param[out] a n matrices of any shapes
 * @param[in]  n how many
 * @param[in]  x as many numbers as the matrices have in total
 */
void mats_load(mat *const a[], int n, const double *x);

/**
 * @brief x = a, in the order of mats_load().
 * @param[out] x as many numbers as the matrices have in total
 * @param[in]  a n matrices of any shapes
 * @param[in]  n how many
 */
void mats_store(double *x, mat *const a[], int n);

#endif
