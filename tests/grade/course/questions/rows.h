/**
 * @file  rows.h
 * @brief The rows of an assignment as a table, for write.c: rows.c of an assignment is compiled with this in place of
 *        the grader's rows.h, where each row is a Criterion test.
 */
#ifndef ROWS_H
#define ROWS_H

#include "frame.h"
#include "rng.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/** Write a request, with random numbers. */
typedef void row_asker(frame *request, rng *draws);

/**
 * @brief Add a row to the table.
 * @param[in] row   its id, suite.name
 * @param[in] asker writes the request
 * @param[in] parts names of the arrays that it judges, each between spaces
 */
void rows_add(const char *row, row_asker *asker, const char *parts);

/** Define a row: it is in the table before main() begins. */
#define ROW(suite, name, asker, parts, seconds)                                                    \
    __attribute__((constructor)) static void row_##name(void)                                      \
    {                                                                                              \
        rows_add(#suite "." #name, asker, " " parts " ");                                          \
    }

/** Criterion's assertion, as rows.c uses it. */
#define cr_assert(what)                                                                            \
    do {                                                                                           \
        if (!(what)) abort();                                                                      \
    } while (0)

/** A question whose answers tell the known mistakes apart. */
typedef struct row_question {
    row_asker *asker;  /**< writes the request */
    const char *about; /**< the function that it tests */
} row_question;

extern const row_question row_questions[]; /**< of the assignment; the last has no asker */

/** The numbers of an answer (the grader's rows.h). */
typedef struct row_numbers {
    bool good;  /**< complete? */
    double **v; /**< the arrays */
} row_numbers;

frame row_request(void); /**< a new request with its first array */
void row_put_randn(frame *f, rng *draws, int n, double scale); /**< as in the grader's rows.h */
void row_put_ids(frame *f, rng *draws, int n, int V);          /**< as in the grader's rows.h */
row_numbers row_numbers_of(frame *request, const int *n, int arrays); /**< never called here */

#endif
