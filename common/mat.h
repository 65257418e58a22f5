/**
 * @file  mat.h
 * @brief A matrix, and the few kernels that the RNN needs, each a plain loop.
 *
 * A vector is a matrix of one column. The output is the first argument, the inputs follow; `set` means =,
 * `add` means +=. An output never overlaps an input (`restrict`). Every kernel checks the shapes of its
 * arguments in every build, and aborts with both sides printed if they do not match.
 *
 * The order of every sum is fixed and no compiler may change it: products add whole rows, term by term (product.h),
 * and A x uses a fixed number of partial sums. So the result has the same bits with every compiler, flag and machine.
 */
#ifndef MAT_H
#define MAT_H

#include "real.h"

enum {
    MAT_ALIGN = 64 /**< alignment of the numbers, in bytes: a cache line */
};

/** rows x cols numbers; element (i, j) is v[i * cols + j] (row-major). */
typedef struct mat {
    int rows;                     /**< number of rows */
    int cols;                     /**< number of columns */
    _Alignas(MAT_ALIGN) real v[]; /**< the numbers, in the same block of memory */
} mat;

/**
 * @brief  A matrix of zeros.
 * @param  rows,cols shape, both at least 1
 * @return the matrix, which the caller frees with mat_free(); NULL on out of memory, or
 *         if the number of elements does not fit in an int
 */
mat *mat_new(int rows, int cols);

/**
 * @brief Free a matrix.
 * @param A the matrix; NULL is allowed
 */
void mat_free(mat *A);

/**
 * @brief  The number of elements.
 * @param  A rows x cols
 * @return rows * cols
 */
int mat_size(const mat *A);

/**
 * @brief  The index of the largest element.
 * @param  A any shape
 * @return its index in v; the first, if several are equal
 */
int mat_argmax(const mat *A);

/**
 * @brief  A = 0
 * @param[out] A any shape
 * @return A
 */
mat *mat_zero(mat *A);

/**
 * @brief  A = B
 * @param[out] A n x m
 * @param[in]  B n x m
 * @return A
 */
mat *mat_copy(mat *restrict A, const mat *B);

/**
 * @brief  A += B
 * @param[in,out] A n x m
 * @param[in]     B n x m
 * @return A
 */
mat *mat_add(mat *restrict A, const mat *B);

/**
 * @brief  B = Aᵀ
 * @param[out] B n x m
 * @param[in]  A m x n
 * @return B
 */
mat *mat_set_at(mat *restrict B, const mat *A);

/**
 * @brief  y += A x
 * @param[in,out] y m x 1
 * @param[in]     A m x n
 * @param[in]     x n x 1
 * @return y
 */
mat *mat_add_ax(mat *restrict y, const mat *A, const mat *x);

/**
 * @brief  y = Aᵀ x
 * @param[out] y n x 1
 * @param[in]  A m x n
 * @param[in]  x m x 1
 * @return y
 */
mat *mat_set_atx(mat *restrict y, const mat *A, const mat *x);

/**
 * @brief  A += x yᵀ
 * @param[in,out] A m x n
 * @param[in]     x m x 1
 * @param[in]     y n x 1
 * @return A
 */
mat *mat_add_xyt(mat *restrict A, const mat *x, const mat *y);

/**
 * @brief  C += A B
 * @param[in,out] C m x n
 * @param[in]     A m x k
 * @param[in]     B k x n
 * @return C
 */
mat *mat_add_ab(mat *restrict C, const mat *A, const mat *B);

/**
 * @brief  C += A Bᵀ
 * @param[in,out] C m x n
 * @param[in]     A m x k
 * @param[in]     B n x k
 * @return C
 */
mat *mat_add_abt(mat *restrict C, const mat *A, const mat *B);

/**
 * @brief  C += Aᵀ B
 * @param[in,out] C m x n
 * @param[in]     A k x m
 * @param[in]     B k x n
 * @return C
 */
mat *mat_add_atb(mat *restrict C, const mat *A, const mat *B);

/**
 * @brief  y += A e, where e is one-hot at j: adds column j, the same as the product but n times cheaper.
 * @param[in,out] y m x 1
 * @param[in]     A m x n
 * @param[in]     j column, 0 <= j < n
 * @return y
 */
mat *mat_add_column(mat *restrict y, const mat *A, int j);

/**
 * @brief  A += x eᵀ, where e is one-hot at j: adds x to column j.
 * @param[in,out] A m x n
 * @param[in]     j column, 0 <= j < n
 * @param[in]     x m x 1
 * @return A
 */
mat *mat_add_to_column(mat *restrict A, int j, const mat *x);

/**
 * @brief  A = tanh A, element by element
 * @param[in,out] A any shape
 * @return A
 */
mat *mat_tanh(mat *A);

/**
 * @brief  C = (1 - H∘H) ∘ D: tanh' from its output H, times D.
 * @param[out] C n x m
 * @param[in]  H n x m
 * @param[in]  D n x m
 * @return C
 */
mat *mat_dtanh(mat *restrict C, const mat *H, const mat *D);

/**
 * @brief  p = exp(y - max y) / sum exp(y - max y): scores to probabilities.
 *
 * Subtracting the largest score changes nothing in exact arithmetic and keeps exp() in range: scores near
 * 1000 work as well as scores near 0. A nan score makes all of p nan.
 * @param[out] p n x 1
 * @param[in]  y n x 1
 * @return p
 */
mat *mat_softmax(mat *restrict p, const mat *y);

/**
 * @brief  mat_softmax() of each row of a matrix.
 * @param[out] P m x n
 * @param[in]  Y m x n
 * @return P
 */
mat *mat_softmax_rows(mat *restrict P, const mat *Y);

#endif
