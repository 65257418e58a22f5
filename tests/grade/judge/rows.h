/**
 * @file  rows.h
 * @brief The rows of a grade: one Criterion test each, which asks a worker and judges its answer.
 *
 * The process that decides never contains the student's code: a row sends a request to a worker in a sandbox and
 * compares the numbers that come back with the reference's. What it found goes into a file of the grader's own.
 */
#ifndef ROWS_H
#define ROWS_H

#include "frame.h"
#include "rng.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** Writes a request, with numbers drawn for this row. */
typedef void row_asker(frame *request, rng *draws);

/**
 * @brief Grade a row: ask, compare, write down what was found, and let Criterion fail where it is wrong.
 * @param[in] row     the row's id, suite.name
 * @param[in] asker   writes the request
 * @param[in] parts   names of the arrays that this row judges, with spaces around each: " dWxh dbh "
 * @param[in] seconds of the processor that the worker may take
 */
void row_grade(const char *row, row_asker *asker, const char *parts, double seconds);

/** A row. */
#define ROW(suite, name, asker, parts, seconds)                                                    \
    Test(suite, name) { row_grade(#suite "." #name, asker, " " parts " ", seconds); }

/** A question that is asked to name a mistake. */
typedef struct row_question {
    row_asker *asker;  /**< what is asked, with numbers that are always the same */
    const char *about; /**< the function that it is about */
} row_question;

/** The questions; the last has no asker. Each chapter's rows file has its own. A row that fails is about the function of
 *  the question with the same asker; where there is none, about "". */
extern const row_question row_questions[];

/**
 * @brief Name the known mistakes that a worker makes: the mutants of mutants.h that give the same answers. A chapter's
 *        rows file may have a way of its own.
 * @param[out] out lines: what it is about, a tab, and ids with " + " between them, or "unknown"; no line: no name
 */
void row_diagnose(FILE *out);

/** An answer as numbers. */
typedef struct row_numbers {
    bool good;  /**< all arrays came, as long as they must be */
    double **v; /**< one array for each part of the reference's answer */
} row_numbers;

/**
 * @brief  Ask a worker for a diagnosis: only a whole answer counts.
 * @param[in] request what to ask; given back
 * @param[in] n       the arrays' lengths
 * @param[in] arrays  how many
 * @return the numbers; their memory lives as long as the row
 */
row_numbers row_numbers_of(frame *request, const int *n, int arrays);

/**
 * @brief  A request, with its first array written.
 * @return the frame
 */
frame row_request(void);

/**
 * @brief Random numbers into a request.
 * @param[in,out] f     the request
 * @param[in,out] draws the generator
 * @param[in]     n     how many
 * @param[in]     scale they are scale * randn
 */
void row_put_randn(frame *f, rng *draws, int n, double scale);

/**
 * @brief Random ids into a request.
 * @param[in,out] f     the request
 * @param[in,out] draws the generator
 * @param[in]     n     how many
 * @param[in]     V     they are 0 to V - 1
 */
void row_put_ids(frame *f, rng *draws, int n, int V);

#endif
