/**
 * @file  show.h
 * @brief Vectors and matrices on stdout, for people to read.
 *
 * Each number is printed with a printf format of one double, after a blank; nan and infinity as num_text() has them.
 */
#ifndef SHOW_H
#define SHOW_H

#include "mat.h"

/**
 * @brief Print a vector on one line: `label [ ... ]`.
 * @param[in] label  what it is
 * @param[in] format of a number
 * @param[in] x      n x 1
 */
void show_vector(const char *label, const char *format, const mat *x);

/**
 * @brief Print a matrix, a row a line, in double brackets as NumPy does.
 * @param[in] indent what each line begins with
 * @param[in] format of a number
 * @param[in] A      any shape
 */
void show_matrix(const char *indent, const char *format, const mat *A);

/**
 * @brief Print a matrix, a row a line, without brackets.
 * @param[in] indent what each line begins with
 * @param[in] format of a number
 * @param[in] A      any shape
 */
void show_rows(const char *indent, const char *format, const mat *A);

#endif
