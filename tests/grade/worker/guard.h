/**
 * @file  guard.h
 * @brief Memory of the worker that tells when a function writes past its end, or leaves it as it was.
 *
 * What is given here ends at a page that nobody may touch; the few bytes between its last number and that page hold a
 * pattern. It is never given back: a worker lives for one request.
 */
#ifndef GUARD_H
#define GUARD_H

#include "mat.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * @brief  Zeroed memory that ends at a forbidden page. Ends the program where memory is short.
 * @param  bytes how many
 * @param  align a power of two, at most 64, that the start is a multiple of
 * @return the memory
 */
void *guard_bytes(size_t bytes, size_t align);

/**
 * @brief  A matrix that ends at a forbidden page.
 * @param[in] rows,cols shape
 * @param[in] v         rows * cols numbers, row by row; NULL: all nan, which no function may leave there
 * @return the matrix
 */
mat *guard_mat(int rows, int cols, const double *v);

/**
 * @brief  Is every byte behind everything that was given still as it was?
 * @return true where nothing was written past an end
 */
bool guard_intact(void);

#endif
