/**
 * @file  mutants.h
 * @brief The assigned functions with a switch for each known mistake, to be compared with a worker.
 *
 * mutants.c of an assignment defines the functions under the names mutant_FUNCTION and a table of their mistakes;
 * call.c is compiled a second time to call these. With all switches off, they answer as the reference does.
 */
#ifndef MUTANTS_H
#define MUTANTS_H

#include "buglist.h"
#include "frame.h"

#include <stdbool.h>

/**
 * @brief  Look up a known mistake of the assignment.
 * @param  k its number, 0 and up
 * @return its description; NULL after the last one
 */
const known_bug *mutant_at(int k);

/**
 * @brief Switch on up to two mistakes, and all others off.
 * @param a,b their numbers; -1: none
 */
void mutant_make(int a, int b);

/**
 * @brief  Tell whether a mistake is switched on.
 * @param  k its number
 * @return true if it is
 */
bool mutant_makes(int k);

/**
 * @brief Ask row_questions of a mistake paired with each later one: none may crash, as the grader itself runs them.
 * @param k its number
 */
void mutant_try_pairs(int k);

/**
 * @brief worker_call(), compiled to call the functions with mistakes.
 * @param[in,out] request the request, after its first array
 * @param[in,out] answer  the answer, after its first array
 */
void mutant_call(frame *request, frame *answer);

#endif
