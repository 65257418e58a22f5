/**
 * @file  rnn.h
 * @brief The network: its five parameters, one time step, the forward pass over a sequence and its loss.
 *
 *     h[t] = tanh(Wxh x[t] + Whh h[t-1] + bh)     H x 1, the hidden state
 *     y[t] = Why h[t] + by                        V x 1, a score for each character
 *     p[t] = softmax(y[t])                        V x 1, the probability that it comes next
 *     loss = sum over t of -ln p[t][target[t]]    nat
 */
#ifndef RNN_H
#define RNN_H

#include "mat.h"
#include "rng.h"

/** The five parameters. Their gradients and Adagrad's memories have this type, too. */
typedef union rnn {
    struct {
        mat *Wxh; /**< H x V, input to hidden */
        mat *Whh; /**< H x H, hidden to hidden */
        mat *Why; /**< V x H, hidden to output */
        mat *bh;  /**< H x 1, hidden bias */
        mat *by;  /**< V x 1, output bias */
    };
    mat *all[5]; /**< the same five, for loops over all: `for (int k = 0; k < 5; k++)` */
} rnn;

_Static_assert(sizeof(rnn) == 5 * sizeof(mat *), "all[k] must name the five members");

/** The parameters' names, in the order of all[]. */
static const char *const rnn_name[5] = {"Wxh", "Whh", "Why", "bh", "by"};

/** What the forward pass leaves for the backward pass. */
typedef struct trace {
    int T;    /**< steps in use, 1 to room */
    int room; /**< steps allocated */
    int *xs;  /**< input ids; x[t] is one-hot at xs[t] */
    mat **hs; /**< hs[t], H x 1, t = -1 .. room-1; hs[-1] is hprev, the first of the block */
    mat **ys; /**< ys[t], V x 1 */
    mat **ps; /**< ps[t], V x 1 */
} trace;

/**
 * @brief  A network of zeros.
 * @param  H,V hidden size and vocabulary size, at least 1
 * @return the network, which the caller frees with rnn_free(); NULL on out of memory
 */
rnn *rnn_new(int H, int V);

/**
 * @brief Free a network.
 * @param net the network; NULL is allowed
 */
void rnn_free(rnn *net);

/**
 * @brief Set all five parameters to 0.
 * @param[out] net the network
 */
void rnn_zero(rnn *net);

/**
 * @brief  Memory for the forward pass over up to `room` steps.
 * @param  H,V,room sizes, at least 1
 * @return the trace, which the caller frees with trace_free(); NULL on out of memory
 */
trace *trace_new(int H, int V, int room);

/**
 * @brief Free a trace.
 * @param tr the trace; NULL is allowed
 */
void trace_free(trace *tr);

/**
 * @brief  One step of a trace as a trace of its own: T = 1, and its hs[-1] is tr->hs[t-1].
 * @param[in] tr a trace
 * @param[in] t  0 to room - 1
 * @return a view of tr's memory; do not free it
 */
trace trace_step(const trace *tr, int t);

/**
 * @brief The initial weights: Wxh, Whh, Why = 0.01 randn, drawn in this order, row by row; bh, by = 0.
 * @param[out]    net   the network
 * @param[in,out] draws the random numbers
 * @note  Seed 001 make_parameters, 004.
 */
void make_parameters(rnn *net, rng *draws);

/**
 * @brief One step of the network.
 * @param[in]  net   the network
 * @param[in]  x     the input character's id, 0 to V - 1; x[t] is one-hot at it
 * @param[in]  hprev H x 1, h[t-1]
 * @param[out] h     H x 1, h[t]; not the same as hprev
 * @param[out] y     V x 1, y[t]
 * @param[out] p     V x 1, p[t]
 * @note  H (H + V) multiplications; allocates nothing. Seed 001 section 2, 004 lossFun and sample.
 */
void rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p);

/**
 * @brief  The forward pass over tr->T steps.
 * @param[in]     net     the network
 * @param[in]     inputs  T ids, each 0 to V - 1
 * @param[in]     targets T ids, each 0 to V - 1
 * @param[in]     hprev   H x 1, the state before the first step; may be one of tr->hs
 * @param[in,out] tr      T is read; xs, hs, ys, ps are set
 * @return the loss: the sum over the T steps, in nat; inf if a target's probability rounds to 0
 * @note   Seed 001 eval_loss, 004 lossFun.
 */
double rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                   trace *tr);

#endif
