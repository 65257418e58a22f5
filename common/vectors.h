/**
 * @file  vectors.h
 * @brief Lists of matrices: a vector or a matrix for each time step, all of one shape; and what is done to
 *        lists of any shapes.
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

/**
 * @brief a = x: the numbers of all matrices, one matrix after the other, each row by row.
 * @param[out] a n matrices of any shapes
 * @param[in]  n how many
 * @param[in]  x as many numbers as the matrices have together
 */
void mats_load(mat *const a[], int n, const double *x);

/**
 * @brief x = a, in the order of mats_load().
 * @param[out] x as many numbers as the matrices have together
 * @param[in]  a n matrices of any shapes
 * @param[in]  n how many
 */
void mats_store(double *x, mat *const a[], int n);

#endif
