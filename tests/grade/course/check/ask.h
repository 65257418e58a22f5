/**
 * @file  ask.h
 * @brief The questions of an assignment, asked of functions that are linked in: what a student's own check runs.
 *
 * The questions come as a block of bytes (write.c makes it): what is asked, the right answers, and what each known
 * mistake answers. So there is no reference and no mistake to be read or called where a student's functions are. Here
 * are plain functions without processes, files or test framework: run.c has Criterion call them, and a page can call
 * them in a browser. The grader asks the same with other numbers.
 */
#ifndef ASK_H
#define ASK_H

#include "frame.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
    ASK_MAGIC = 0x61736b31, /**< the first number of the questions */
    ASK_NAMES = 24          /**< most different arrays in an answer */
};

/** How a question ended. */
typedef enum ask_status {
    ASK_ENDED,        /**< the function never returned: it ended the program */
    ASK_ANSWERED,     /**< there is an answer, right or wrong */
    ASK_NOT_WRITTEN,  /**< the function is not there */
    ASK_PAST_THE_END, /**< something was written past the end of an array */
    ASK_OTHER_SHAPE,  /**< the answer has another length */
    ASK_BAD_MEMORY, /**< stopped: memory that is not the function's (a caller that sees signals says so) */
    ASK_BAD_NUMBER,      /**< stopped: a division by 0 of integers, or the like */
    ASK_BROKEN_CONTRACT, /**< stopped by abort(), as REQUIRE does */
    ASK_TOO_LONG         /**< stopped: it took too long */
} ask_status;

/** Whether an array of the answer is right. */
typedef enum ask_verdict { ASK_RIGHT, ASK_WRONG, ASK_LEFT_AS_IT_WAS } ask_verdict;

/** One array of an answer; those of several steps are one. */
typedef struct ask_part {
    ask_verdict verdict; /**< right? */
    int t;               /**< the first wrong step, or -1 */
    int index;           /**< its first wrong element there */
    int cols;            /**< of the matrix that it is in; 0: it is in none */
    double got;          /**< that element */
    double want;         /**< what it should be */
    double mark;         /**< a sum of all elements by which known mistakes are told apart */
} ask_part;

/** The answer to a question: plain bytes that can be kept in a file. */
typedef struct ask_result {
    ask_status status;        /**< how it ended */
    ask_part part[ASK_NAMES]; /**< its arrays, if it answered */
    char said[160];           /**< what a broken contract said, or nothing */
} ask_result;

/** The questions of an assignment. */
typedef struct asks asks;

/**
 * @brief  Read the questions.
 * @param  bytes,size what write.c wrote
 * @return the questions, which the caller frees with asks_free(); NULL if these are none, or on out of memory
 */
asks *asks_read(const void *bytes, size_t size);

/**
 * @brief Free the questions.
 * @param a the questions; NULL is allowed
 */
void asks_free(asks *a);

/**
 * @brief  Count the questions.
 * @param  a the questions
 * @return how many; their numbers are 0 to that - 1
 */
int asks_count(const asks *a);

/** Calls the functions as a request says, and says what they gave (worker.h). */
typedef void ask_call(frame *request, frame *answer);

/**
 * @brief Ask one question.
 * @param[in]  a    the questions
 * @param[in]  k    its number
 * @param[in]  call worker_call() of the assignment, linked with the functions to ask
 * @param[out] r    the answer
 */
void ask(const asks *a, int k, ask_call *call, ask_result *r);

/**
 * @brief  Tell all results, in the language of say.h: each row with its points, what is wrong, and the known mistake.
 * @param[in]  a       the questions
 * @param[in]  results one for each
 * @param[in]  out     where to
 * @param[out] of      the points of all rows
 * @return the points of the rows that are right
 */
int ask_report(const asks *a, const ask_result *results, FILE *out, int *of);

enum { ASK_VERDICT_ROOM = 200 /**< bytes for ask_verdict_line() */ };

/**
 * @brief  The verdict in one line: "right", "named: ID", "broken contract: HOW" or "not one of the known mistakes".
 * @param[in]  a       the questions
 * @param[in]  results one for each
 * @param[out] line    ASK_VERDICT_ROOM bytes
 * @return line
 */
const char *ask_verdict_line(const asks *a, const ask_result *results, char *line);

/**
 * @brief  A number between 0.5 and 1.5 for each place in an answer: the weights of ask_part.mark.
 * @param  i the place
 * @return the weight
 */
static inline double ask_weight(int i) { return 0.5 + fmod(0.6180339887498949 * (i + 1), 1); }

/**
 * @brief  What an element adds to a mark.
 * @param  x,before the element, and its value before the call
 * @return x - before, or a number that stands for nan or infinity
 */
static inline double ask_grown(double x, double before)
{
    if (isnan(x)) return 2.5;
    if (isinf(x)) return x > 0 ? 3.5 : -3.5;
    return isfinite(before) ? x - before : x;
}

#endif
