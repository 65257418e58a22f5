/**
 * @file  guard.h
 * @brief Memory of the worker that shows when a function writes past its end, or does not write at all.
 *
 * Each block ends at a page that nobody may touch; the few bytes between its last number and that page hold a pattern.
 * Nothing is freed: a worker lives for one request.
 */
#ifndef GUARD_H
#define GUARD_H

#include "mat.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/**
 * @brief  Allocate zeroed memory that ends at a forbidden page. Exits on out of memory.
 * @param  bytes how many
 * @param  align alignment of its start, a power of two up to 64
 * @return the memory
 */
void *guard_bytes(size_t bytes, size_t align);

/**
 * @brief  Allocate a matrix that ends at a forbidden page.
 * @param[in] rows,cols shape
 * @param[in] v         rows * cols numbers, row by row; NULL: all guard_unwritten(), which no function may leave there
 * @return the matrix
 */
mat *guard_mat(int rows, int cols, const double *v);

/**
 * @brief  What stands where nothing has been written yet: a signalling NaN. No arithmetic gives one: who reads it and
 *         computes with it gets a quiet NaN.
 * @return the number
 */
static inline real guard_unwritten(void)
{
    const uint64_t bits = 0x7FF4000000000000u;
    double x;
    memcpy(&x, &bits, sizeof x);
    return sizeof(real) == sizeof x ? (real) x : (real) NAN;
}

/**
 * @brief  Is a number still what it was before the call?
 * @param      x      the number
 * @param[in]  before what it was; NULL: guard_unwritten(), which in a float build cannot be told from any other NaN
 * @return the answer
 */
static inline bool guard_left(double x, const double *before)
{
    const double unwritten = (double) guard_unwritten();
    if (before) return x == *before || (isnan(x) && isnan(*before));
    return isnan(x) && (sizeof(real) != sizeof x || memcmp(&x, &unwritten, sizeof x) == 0);
}

enum { GUARD_PATTERN = 0xA5 /**< the bytes between a block and its forbidden page */ };

/**
 * @brief  The bytes between a block and its forbidden page.
 * @param  bytes,align those of the block
 * @return how many
 */
size_t guard_slack(size_t bytes, size_t align);

/**
 * @brief  What now stands between all blocks and their forbidden pages, block by block. Whoever knows the blocks can
 *         tell whether something was written past an end.
 * @param[out] size how many bytes
 * @return the bytes, which the caller frees; NULL on out of memory
 */
unsigned char *guard_rest(size_t *size);

#endif
