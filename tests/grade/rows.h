/**
 * @file  rows.h
 * @brief The rows of a grade: one Criterion test each, which asks a worker and judges its answer.
 *
 * The process that decides never contains the student's code: a row sends a request to a worker in a sandbox, reads
 * numbers back and compares them with the reference's. What a row found goes into a file of the grader's own.
 */
#ifndef ROWS_H
#define ROWS_H

#include "frame.h"
#include "rng.h"

#include <stdbool.h>

/** How a row ended. */
typedef enum row_status {
    ROW_PASSED,
    ROW_FAILED,          /**< an answer, but a wrong one */
    ROW_NOT_IMPLEMENTED, /**< the function is missing, or left its outputs as they were */
    ROW_TIMEOUT,
    ROW_CRASH,          /**< a signal, an exit of its own, or something written past the end of an array */
    ROW_INVALID_ANSWER, /**< not what was asked for: cut, too long, not finite */
    ROW_BLOCKED,        /**< it did what the sandbox forbids */
    ROW_INFRA_ERROR     /**< the grader's own failure */
} row_status;

/** What a row found. Strings are fixed ones of the grader's, never the student's. */
typedef struct row_finding {
    row_status status;
    const char *part; /**< the array that is wrong, or "" */
    int t;            /**< the first step at which it is wrong; -1: no step */
    int index;        /**< the element that is most wrong; -1: none */
    double error;     /**< how wrong, relative to the array's largest element */
    double got;       /**< that element */
    double want;      /**< what it should be */
    char hint[120];   /**< ids of the known mistakes it makes, or "" */
} row_finding;

/** An answer, or what became of it. */
typedef struct row_answer {
    row_status status; /**< ROW_PASSED: it can be read */
    frame f;           /**< what follows the first array */
    void *bytes;       /**< the answer's memory; give it back with row_answer_free() */
} row_answer;

/** How far an answer may be from the reference's, relative to the array's largest element. */
#define ROW_TOLERANCE 1e-10

/**
 * @brief  A request for the worker, with its first array written.
 * @return the frame
 */
frame row_request(void);

/**
 * @brief  Run a worker on a request. The request is given back.
 * @param[in,out] request what row_request() began
 * @param[in]     most    bytes that a right answer has
 * @param[in]     seconds of the processor that it may take; 0: the usual limit
 * @return the answer
 */
row_answer row_ask(frame *request, size_t most, double seconds);

/**
 * @brief Give an answer back.
 * @param[in,out] a the answer
 */
void row_answer_free(row_answer *a);

/**
 * @brief  Compare the next array of an answer, and note in `f` if it is the worst so far.
 * @param[in,out] a      the answer
 * @param[in]     part   the array's name
 * @param[in]     t      its step, or -1
 * @param[in]     want   n numbers
 * @param[in]     before what the array held before the call, if it is added to; NULL: it was nan
 * @param[in]     n      how many
 * @param[in,out] f      what was found
 */
void row_compare(row_answer *a, const char *part, int t, const double *want, const double *before, int n,
                 row_finding *f);

/**
 * @brief  End a row: write what was found, and tell Criterion.
 * @param[in] row the row's id
 * @param[in] f   what was found
 */
void row_end(const char *row, const row_finding *f);

/**
 * @brief  Random numbers for a row, from the grader's seed and the row's id.
 * @param[in] row the row's id
 * @return the generator
 */
rng row_draws(const char *row);

/** What the core is told on its command line. */
typedef struct row_context {
    int program;        /**< descriptor of the worker */
    unsigned long seed; /**< of the inputs */
    const char *out;    /**< the folder for what is found */
    int hung;           /**< rows that ran out of time so far, as the file `hung` counts them */
} row_context;

/** Set by the core before the tests run. */
extern row_context row_here;

#endif
