/**
 * @file  lstm.h
 * @brief The LSTM layer: a cell that is added to, and four gates.
 *
 * The conventions are those of timelayers.h: a sequence of the mini-batch is a row, gates are side by side in columns.
 *
 *     a = x Wx + hprev Wh + b                       N x 4H
 *     f, g, i, o = the four quarters of a's columns, each N x H
 *     f = sigmoid f;  g = tanh g;  i = sigmoid i;  o = sigmoid o
 *     c = f∘cprev + g∘i                             N x H, the memory cell
 *     h = o∘tanh c                                  N x H, what the next step and the layer above see
 *
 * The columns are in the order f g i o of the book that seed 003 comes from. PyTorch has rows i f g o (and two biases,
 * which are added), Keras has columns i f g o.
 * Source: Hochreiter and Schmidhuber (1997); the forget gate: Gers, Schmidhuber and Cummins (2000).
 */
#ifndef LSTM_H
#define LSTM_H

#include "timelayers.h"

enum { LSTM_GATES = 4 /**< f g i o */ };

/** The weights, as in an RNN, but with 4H columns: Wx is D x 4H, Wh is H x 4H, b is 1 x 4H. So are their gradients. */
typedef rnncell lstmcell;

/** What one step reads and sets. The gradients of a step have this type, too. */
typedef struct lstmstep {
    mat *hprev; /**< N x H, the previous state */
    mat *cprev; /**< N x H, the previous cell */
    mat *a;     /**< N x 4H, x Wx + b before the step; then f g i o */
    mat *c;     /**< N x H, the new cell */
    mat *tc;    /**< N x H, tanh c; not used in gradients */
    mat *h;     /**< N x H, the new state */
} lstmstep;

/**
 * @brief One step of the LSTM layer.
 * @param[in]     cell the weights
 * @param[in,out] s    the step: hprev and cprev are read; a is read and set; c, tc and h are set
 */
void lstmlayer_forward(const lstmcell *cell, lstmstep *s);

/**
 * @brief Backward through one step. The gradients of the weights and of x follow from a, of all steps at once.
 * @param[in]     cell the weights
 * @param[in]     s    the step, as forward left it
 * @param[in,out] ds   the gradients of the step: h and c are read, c being dL/dc from the next step only; a (of what
 *                     goes into the gates), hprev and cprev are set; cprev may be c
 */
void lstmlayer_backward(const lstmcell *cell, const lstmstep *s, lstmstep *ds);

/** The LSTM layer over T steps: timernn with a second state, c. */
typedef struct timelstm {
    int room;       /**< steps allocated */
    bool stateful;  /**< true: a block begins in the last state of the previous block */
    bool has_state; /**< false: the next block begins in a state of zeros */
    lstmcell cell;  /**< the weights, owned by the caller */
    lstmcell d;     /**< their gradients, owned by the caller */
    mat **hs;       /**< hs[t], N x H, t = -1 .. room-1: hs[-1] is the state before the block */
    mat **cs;       /**< cs[t], N x H, the cells, with cs[-1] */
    mat **tcs;      /**< tcs[t], N x H: tanh cs[t] */
    mat **as;       /**< as[t], N x 4H: f g i o */
    mat *h;         /**< N x H, the state after the last block */
    mat *c;         /**< N x H, the cell after the last block */
    mat *dh;        /**< N x H, after backward: dL/d(the state before the block) */
    mat *dc;        /**< N x H, after backward: dL/d(the cell before the block) */
    mat **das;      /**< das[t], N x 4H, after backward: dL/da of step t */
    mat *WhT;       /**< 4H x H, scratch: Whᵀ, which every step backward multiplies by */
    mat *sum;       /**< N x H, scratch: dL/dhs[t], from above plus from the next step */
} timelstm;

/**
 * @brief  A layer that begins in a state of zeros.
 * @param  N,room   sizes, at least 1
 * @param  cell     the weights, D x 4H, H x 4H and 1 x 4H; they must outlive the layer
 * @param  d        their gradients; they must outlive the layer, too
 * @param  stateful keep the state from block to block
 * @return the layer, which the caller frees with timelstm_free(); NULL on out of memory
 */
timelstm *timelstm_new(int N, int room, lstmcell cell, lstmcell d, bool stateful);

/**
 * @brief Free a layer, but not its weights and gradients.
 * @param l the layer; NULL is allowed
 */
void timelstm_free(timelstm *l);

/**
 * @brief Begin the next block in this state.
 * @param[in,out] l the layer
 * @param[in]     h N x H
 * @param[in]     c N x H
 */
void timelstm_set_state(timelstm *l, const mat *h, const mat *c);

/**
 * @brief Begin the next block in a state of zeros.
 * @param[in,out] l the layer
 */
void timelstm_reset_state(timelstm *l);

/**
 * @brief Forward over T steps: sets l->hs and l->cs, and l->h and l->c to the last of them.
 * @param[in,out] l  the layer
 * @param[in]     T  steps, 1 to room
 * @param[in]     xs xs[t], N x D
 */
void timelstm_forward(timelstm *l, int T, mat *const *xs);

/**
 * @brief Backward over the same T steps, as timernn_backward(): what is before the block gets l->dh and l->dc.
 * @param[in,out] l   the layer
 * @param[in]     T   as in timelstm_forward()
 * @param[in]     xs  as in timelstm_forward()
 * @param[in]     dhs dhs[t], N x H: dL/dhs[t] from above
 * @param[out]    dxs dxs[t], N x D; may be dhs
 */
void timelstm_backward(timelstm *l, int T, mat *const *xs, mat *const *dhs, mat **dxs);

#endif
