/**
 * @file  product.h
 * @brief The one matrix product behind mat_add_ab(), mat_add_abt() and mat_add_atb(), and the same for lists of
 *        matrices.
 *
 * The order of its sums is a contract. Every element of C is, whatever the shapes, the block sizes, the compiler and
 * the width of its vectors,
 *
 *     c = (((c + a0 b0) + a1 b1) + ...)
 *
 * the terms one by one in increasing order, starting from what C held, each product rounded before it is added. No
 * term is skipped: 0 times inf is nan here, and -0 + 0 * b is +0, as in the plain triple loop.
 */
#ifndef PRODUCT_H
#define PRODUCT_H

#include "mat.h"

#include <stdbool.h>

/** A factor: matrices of one shape on top of each other, as one tall matrix, or some columns of it; or the transpose of
 *  that. */
typedef struct factor {
    const mat *const *part; /**< the matrices, from top to bottom */
    int parts;              /**< how many, at least 1 */
    bool turned;            /**< transposed */
    int first;              /**< the first of the columns, if not all are meant */
    int count;              /**< how many columns; 0: all, and first is 0 */
} factor;

/**
 * @brief C += A B. Takes less than 450 kB of the stack: a thread that has less, as with musl, needs OMP_STACKSIZE=1M.
 * @param[in,out] C     the result's matrices of one shape, from top to bottom: m x n in total; no input among them
 * @param[in]     parts how many
 * @param[in]     A     m x k
 * @param[in]     B     k x n
 */
void product(mat *const *C, int parts, factor A, factor B);

#endif
