/**
 * @file  contract.h
 * @brief Does a backward pass keep the contract of backward.h? Its gradient alone does not tell.
 *
 * The pass is called at one point again and again, with other memory around it: scratch that holds nan, a trace with
 * room for more steps, gradients that are not 0, other weights in the same place. Its inputs and what lies around its
 * matrices must stay as they are. Its gradient is held against the right one at shapes that bugs.h's probes do not have.
 */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "backward.h"
#include "bugs.h"

/** A backward pass: rnn_backward(), or another with its arguments. */
typedef void contract_pass(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w);

enum { CONTRACT_ROOM = 100 /**< size of contract_breach()'s text */ };

/**
 * @brief  What rnn_forward() and a backward pass compute at a point of bugs.h, with scratch of zeros.
 * @param[in]  pass the backward pass
 * @param[in]  p    the point; its ids have neighbours, as a probe's have
 * @param[out] g    the gradients afterwards, bugs_size() numbers
 * @param[out] loss the loss
 * @return false on out of memory
 */
bool contract_at(contract_pass *pass, const bugs_point *p, double *g, double *loss);

/**
 * @brief  Find how a backward pass breaks its contract.
 * @param[in]  pass   the backward pass
 * @param[in]  p      the point; its ids have neighbours, as a probe's have
 * @param[out] breach CONTRACT_ROOM bytes: what it does, such as "reads tr->room"; "" if it keeps the contract
 * @return false on out of memory
 */
bool contract_breach(contract_pass *pass, const bugs_point *p, char *breach);

/**
 * @brief  How many other shapes there are.
 * @return the number
 */
int contract_shapes(void);

/**
 * @brief      One of them.
 * @param      k     0 to contract_shapes() - 1
 * @param[out] H,V,T its sizes
 */
void contract_shape(int k, int *H, int *V, int *T);

/**
 * @brief  How far is a pass's gradient from the right one at a shape? Probes cannot tell whether an array is too small for
 *         more steps, H is taken for V where V > H, or what is handed back is cut after 20 steps.
 * @param[in]  pass     the backward pass
 * @param[in]  k        0 to contract_shapes() - 1
 * @param[out] distance as bugs_distance() measures it
 * @return false on out of memory
 */
bool contract_elsewhere(contract_pass *pass, int k, double *distance);

/**
 * @brief  Does a tool of the compiler watch the memory? Then a pass that leaves its matrices ends the program with a
 *         report, and is not asked about by contract_breach().
 * @return true if the program is built with ASan
 */
bool contract_watched(void);

#endif
