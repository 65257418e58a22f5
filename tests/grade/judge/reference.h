/**
 * @file  reference.h
 * @brief The reference answer to a request: the calls of worker.h, linked with our own functions.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "frame.h"

enum { REFERENCE_MOST = 4096 };

/** An array of an answer. */
typedef struct reference_part {
    const char *name;     /**< what it is */
    int t;                /**< its step, or -1 */
    int n;                /**< how many numbers */
    const double *v;      /**< the numbers */
    const double *before; /**< their values before the call; NULL: NaN */
} reference_part;

/** An answer. Its memory is never freed: a row is a process. */
typedef struct reference_answer {
    int parts;                           /**< how many */
    int rest;                            /**< how many bytes guard_rest() has */
    reference_part part[REFERENCE_MOST]; /**< the arrays, in the order of the answer */
} reference_answer;

/**
 * @brief Answer a request.
 * @param[in]  request the request, as it is sent to a worker
 * @param[in]  call    worker_call(), or a call with other functions
 * @param[out] a       the answer
 */
void reference_ask(const frame *request, void (*call)(frame *, frame *), reference_answer *a);

#endif
