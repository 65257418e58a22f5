/**
 * @file  worker.h
 * @brief The program that runs a student's functions: it reads one request, calls, and answers. It decides nothing.
 *
 * The calls (call.c of an assignment) are linked twice: with the student's functions into the worker (worker.c), and with the
 * reference's into the grader (reference.c), so that both are asked the very same.
 */
#ifndef WORKER_H
#define WORKER_H

#include "frame.h"
#include "guard.h"

enum {
    WORKER_NOT_IMPLEMENTED =
        1,                   /**< a function that was called is not in what the student handed in */
    WORKER_PAST_THE_END = 2, /**< something was written past the end of an array */
    WORKER_BAD_REQUEST = 91  /**< exit status of worker_bad_request() */
};

/**
 * @brief Call the assigned functions. Each assignment's call.c has its own.
 * @param[in,out] request what follows the first array
 * @param[in,out] answer  what follows the first array
 */
void worker_call(frame *request, frame *answer);

/** @brief What stands in for a function that the student did not write. Answers so, and ends the program. */
_Noreturn void worker_not_implemented(void);

/** @brief A request that cannot be read. Ends the program. */
_Noreturn void worker_bad_request(void);

/**
 * @brief  An array of doubles of the request as a guarded matrix.
 * @param[in,out] request the request
 * @param[in]     rows,cols its shape
 * @return the matrix
 */
mat *worker_mat(frame *request, int rows, int cols);

/**
 * @brief  An array of ints of the request, guarded.
 * @param[in,out] request the request
 * @param[in]     n       how many
 * @return the ints
 */
int *worker_ints(frame *request, int n);

/**
 * @brief Write numbers into the answer.
 * @param[in,out] answer the answer
 * @param[in]     part   what they are: a name of the seeds'
 * @param[in]     t      their step, or -1
 * @param[in]     v      n numbers
 * @param[in]     n      how many
 * @param[in]     before what they were before the call, n numbers; NULL: not a number
 */
void worker_say(frame *answer, const char *part, int t, const real *v, int n, const real *before);

/**
 * @brief Write a matrix that was not a number before the call into the answer.
 * @param[in,out] answer the answer
 * @param[in]     part   what it is
 * @param[in]     t      its step, or -1
 * @param[in]     A      the matrix
 */
void worker_say_mat(frame *answer, const char *part, int t, const mat *A);

/**
 * @brief Write one number into the answer.
 * @param[in,out] answer the answer
 * @param[in]     part   what it is
 * @param[in]     t      its step, or -1
 * @param[in]     x      the number
 */
void worker_say_number(frame *answer, const char *part, int t, double x);

#endif
