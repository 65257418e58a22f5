/**
 * @file  step.h
 * @brief An iteration of char-rnn by many ranks: rank 0 runs the program of chapter 15 and orders, all compute.
 *
 * Every rank has the whole text and all the weights, but its share of the shards only. The step.c of this chapter takes
 * the place of chapter 15's, so that the functions of charnet.h that rank 0 calls give the orders:
 *
 *     charnet_begin()    a run: its options, ids, weights, the optimizer's memories, states
 *     charnet_step()     one iteration
 *     charnet_collect()  give each other the states of the shards
 *     step_end()         no more
 */
#ifndef STEP_H
#define STEP_H

#include "charnet.h"

/** What all ranks but 0 do: obey, up to step_end(). Signals are rank 0's business. */
void step_serve(void);

/** The last order of rank 0, whether it began a run or not. */
void step_end(void);

/**
 * @brief  Every rank's part in an iteration, which all begin with the same weights and end with the same.
 * @param[in,out] r the run
 * @return the mean loss of the whole block before the update, in nat
 */
double step_together(charnet *r);

/**
 * @brief Forward and backward through the blocks of this rank's shards.
 * @param[in,out] r the run, after charnet_load()
 */
void step_gradient(charnet *r);

/**
 * @brief The sum of all ranks' gradients, which is then in shard[0]->d of all.
 * @param[in,out] r the run, after step_gradient()
 */
void step_sum(charnet *r);

#endif
