/**
 * @file  rows.h
 * @brief The rows of a grade: each is a Criterion test that asks a worker and judges its answer.
 *
 * The process that decides never contains the student's code: a row sends a request to a worker in a sandbox, compares
 * the returned numbers with the reference and writes the result to a file.
 */
#ifndef ROWS_H
#define ROWS_H

#include "frame.h"
#include "rng.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** Write a request, with random numbers for this row. */
typedef void row_asker(frame *request, rng *draws);

/**
 * @brief Grade a row: ask, compare, write the result, and fail the Criterion test if the answer is wrong.
 * @param[in] row     the row's id, suite.name
 * @param[in] asker   writes the request
 * @param[in] parts   names of the arrays that this row judges, each between spaces: " dWxh dbh "
 * @param[in] seconds CPU time that the worker may take
 */
void row_grade(const char *row, row_asker *asker, const char *parts, double seconds);

/** Define a row. */
#define ROW(suite, name, asker, parts, seconds)                                                    \
    Test(suite, name) { row_grade(#suite "." #name, asker, " " parts " ", seconds); }

/** A question whose answers tell the known mistakes apart. */
typedef struct row_question {
    row_asker *asker;  /**< writes the request; its random numbers are always the same */
    const char *about; /**< the function that it tests */
} row_question;

/** The questions, defined by each assignment; the last has no asker. A failed row is about the function of the question
 *  with the same asker; without one, about "". */
extern const row_question row_questions[];

/**
 * @brief Name the known mistakes that a worker makes: the mutants of mutants.h that give the same answers.
 *
 * An assignment may define its own.
 * @param[out] out for each function a line: its name, a tab, and ids joined by " + ", or "unknown"; no line if there is
 *                 nothing to say
 */
void row_diagnose(FILE *out);

/** The numbers of an answer. */
typedef struct row_numbers {
    bool good;  /**< all arrays are there, with the right lengths */
    double **v; /**< one array for each part of the reference answer */
} row_numbers;

/**
 * @brief  Ask a worker for a diagnosis: only a complete answer counts.
 * @param[in] request what to ask; freed
 * @param[in] n       lengths of the arrays
 * @param[in] arrays  how many
 * @return the numbers; never freed, as a row is a process
 */
row_numbers row_numbers_of(frame *request, const int *n, int arrays);

/**
 * @brief  Start a request: a new frame with its first array.
 * @return the frame; free it with frame_free()
 */
frame row_request(void);

/**
 * @brief Append random numbers to a request.
 * @param[in,out] f     the request
 * @param[in,out] draws the generator
 * @param[in]     n     how many
 * @param[in]     scale they are scale * randn
 */
void row_put_randn(frame *f, rng *draws, int n, double scale);

/**
 * @brief Append random ids to a request.
 * @param[in,out] f     the request
 * @param[in,out] draws the generator
 * @param[in]     n     how many
 * @param[in]     V     they are 0 to V - 1
 */
void row_put_ids(frame *f, rng *draws, int n, int V);

#endif
