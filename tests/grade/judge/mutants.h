/**
 * @file  mutants.h
 * @brief The assigned functions once more, each known mistake a switch: what is compared with a worker to name its mistake.
 *
 * mutants.c of an assignment has the functions under the names mutant_FUNCTION and a table of their mistakes; call.c is compiled a
 * second time to call these. All switches off, they answer as the reference does.
 */
#ifndef MUTANTS_H
#define MUTANTS_H

#include "buglist.h"
#include "frame.h"

#include <stdbool.h>

/**
 * @brief  A known mistake. Each assignment's mutants.c has its own.
 * @param  k 0 and up
 * @return it, as the library of backward passes describes its own; NULL: there are no more
 */
const known_bug *mutant_at(int k);

/**
 * @brief Choose what the functions do wrong from now on.
 * @param a,b numbers of mistakes; -1: none
 */
void mutant_make(int a, int b);

/**
 * @brief  Is it one of those chosen?
 * @param  k a mistake's number
 * @return true where it is
 */
bool mutant_makes(int k);

/**
 * @brief Ask the questions of row_questions of a mistake and each later one together: none may end the program, for the
 *        grader itself asks them.
 * @param k a mistake's number
 */
void mutant_try_pairs(int k);

/**
 * @brief worker_call() with the functions that make mistakes.
 * @param[in,out] request what follows the first array
 * @param[in,out] answer  what follows the first array
 */
void mutant_call(frame *request, frame *answer);

#endif
