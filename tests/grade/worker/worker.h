/**
 * @file  worker.h
 * @brief The program that runs a student's functions: it reads one request, calls them, and answers. It decides
 *        nothing. An answer ends with the bytes of guard_rest().
 *
 * The calls (call.c of an assignment) are linked twice: with the student's functions into the worker (worker.c), and
 * with the reference into the grader (reference.c), so that both are asked exactly the same.
 */
#ifndef WORKER_H
#define WORKER_H

#include "frame.h"
#include "guard.h"

enum {
    WORKER_NOT_IMPLEMENTED = 1, /**< the submission lacks a function that was called */
    WORKER_BAD_REQUEST = 91     /**< exit status of worker_bad_request() */
};

/**
 * @brief Call the assigned functions. Defined by each assignment. A request may ask more than once, one question after
 *        the other: then this is called until the request has been read.
 * @param[in,out] request the request, after its first array
 * @param[in,out] answer  the answer, after its first array
 */
void worker_call(frame *request, frame *answer);

/** @brief Say that the submission lacks the function that was called, and exit. */
_Noreturn void worker_not_implemented(void);

/** @brief Exit because the request cannot be read. */
_Noreturn void worker_bad_request(void);

/**
 * @brief  Read the next array of doubles as a guarded matrix.
 * @param[in,out] request the request
 * @param[in]     rows,cols its shape
 * @return the matrix
 */
mat *worker_mat(frame *request, int rows, int cols);

/**
 * @brief  Read the next array of ints into guarded memory.
 * @param[in,out] request the request
 * @param[in]     n       how many
 * @return the ints
 */
int *worker_ints(frame *request, int n);

/**
 * @brief Append numbers to the answer.
 * @param[in,out] answer the answer
 * @param[in]     part   their name in the original program
 * @param[in]     t      their step, or -1
 * @param[in]     v      n numbers
 * @param[in]     n      how many
 * @param[in]     before their values before the call; NULL: NaN
 */
void worker_say(frame *answer, const char *part, int t, const real *v, int n, const real *before);

/**
 * @brief Append a matrix that was all NaN before the call.
 * @param[in,out] answer the answer
 * @param[in]     part   its name
 * @param[in]     t      its step, or -1
 * @param[in]     A      the matrix
 */
void worker_say_mat(frame *answer, const char *part, int t, const mat *A);

/**
 * @brief Append a matrix that the call was to add to, or to change.
 * @param[in,out] answer the answer
 * @param[in]     part   its name
 * @param[in]     A      the matrix
 * @param[in]     before what it was before the call
 */
void worker_say_grown(frame *answer, const char *part, const mat *A, const mat *before);

/**
 * @brief Append one number to the answer.
 * @param[in,out] answer the answer
 * @param[in]     part   its name
 * @param[in]     t      its step, or -1
 * @param[in]     x      the number
 */
void worker_say_number(frame *answer, const char *part, int t, double x);

#endif
