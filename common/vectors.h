/**
 * @file  vectors.h
 * @brief Lists of matrices: allocating one vector or matrix per time step, products of all time steps at once, and
 *        copying lists of any shapes to and from arrays of double.
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
 * @brief  a[t] = 0 for all t
 * @param[out] a n matrices
 * @param[in]  n how many
 * @return a
 */
mat **mats_zero(mat **a, int n);

/**
 * @brief C[t] += A[t] B for all t: as n times mat_add_ab(), to the last bit, but as one product, which is faster.
 * @param[in,out] C n matrices, each m x j
 * @param[in]     A n matrices, each m x k
 * @param[in]     n how many
 * @param[in]     B k x j
 */
void mats_add_ab(mat **C, mat *const *A, int n, const mat *B);

/**
 * @brief C[t] += A[t] Bᵀ for all t, as n times mat_add_abt().
 * @param[in,out] C n matrices, each m x j
 * @param[in]     A n matrices, each m x k
 * @param[in]     n how many
 * @param[in]     B j x k
 */
void mats_add_abt(mat **C, mat *const *A, int n, const mat *B);

/**
 * @brief C += the sum of A[t]ᵀ B[t] over all t, as n times mat_add_atb() with increasing t.
 * @param[in,out] C m x j
 * @param[in]     A n matrices, each k x m
 * @param[in]     B n matrices, each k x j
 * @param[in]     n how many
 */
void mats_add_atb(mat *C, mat *const *A, mat *const *B, int n);

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
