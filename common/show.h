/**
 * @file  show.h
 * @brief Vectors and matrices on stdout, for people to read.
 *
 * Each number is printed after a space with a printf format for one double; nan and infinity as by num_text().
 */
#ifndef SHOW_H
#define SHOW_H

#include "mat.h"

/**
 * @brief Print a vector on one line: `label [ ... ]`.
 * @param[in] label  printed before it
 * @param[in] format printf format of a number
 * @param[in] x      n x 1
 */
void show_vector(const char *label, const char *format, const mat *x);

/**
 * @brief Print a matrix, one row per line, in double brackets as NumPy does.
 * @param[in] indent printed at the start of each line
 * @param[in] format printf format of a number
 * @param[in] A      any shape
 */
void show_matrix(const char *indent, const char *format, const mat *A);

/**
 * @brief Print a matrix, one row per line, without brackets.
 * @param[in] indent printed at the start of each line
 * @param[in] format printf format of a number
 * @param[in] A      any shape
 */
void show_rows(const char *indent, const char *format, const mat *A);

#endif
