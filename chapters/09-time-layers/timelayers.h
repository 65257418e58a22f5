/**
 * @file  timelayers.h
 * @brief Layers over time and over a mini-batch: embedding, RNN, affine, softmax with loss.
 *
 * N sequences are read side by side, T steps at a time. A quantity of each sequence is a row of a matrix: xs[t]
 * is N x D, hs[t] is N x H. So vectors are rows here and are multiplied by weights on their right, whereas the
 * previous chapters had columns and weights on the left: Wx = Wxhᵀ, Wh = Whhᵀ.
 *
 *     hs[t] = tanh(xs[t] Wx + hs[t-1] Wh + b)      N x H
 *
 * Ids are stored step by step: ids[t * N + n] is step t of sequence n. Every backward function adds to the
 * gradients of the weights, which the caller sets to 0 first, and sets the gradients of the inputs.
 * Source: seed 003 (its layers RNN, TimeRNN, TimeEmbedding, TimeAffine, TimeSoftmaxWithLoss).
 *
 * What needs no other step is one product for all T steps (vectors.h): x Wx + b before the first step, the gradients
 * of the weights and of x after the last. A step is left with what has to wait for the step before it.
 *
 * A layer with gates (LSTM, GRU) can replace the RNN layer if it keeps these conventions:
 * - Its weights are a union of names and all[], and so are their gradients. The gates are side by side in the
 *   columns (Wx is D x 4H in an LSTM, D x 3H in a GRU), so that one product computes them all.
 * - A step is a struct of matrices: the previous states, what backward needs again (a: the gates), the new states.
 *   The gradients of a step have the same type. The functions of a step keep no state and allocate nothing.
 * - Over time there are timernn's functions with timernn's arguments. Forward puts x Wx + b of all steps where the
 *   steps find it (an RNN step in h, one with gates in its a) and goes through the steps; backward goes through them
 *   from the last, keeps da of each (das), and then adds db, dWh, dWx and sets dx, all steps at once. If Wh multiplies
 *   something else than hprev (a GRU's reset state), the layer keeps that of each step, too.
 * - Every recurrent state (h and c in an LSTM) is an argument of set_state; the layer holds its last value, and after
 *   backward its gradient.
 * - Layers are stacked by passing hs of one as xs of the next, and dxs of the next as dhs of the one. A layer in
 *   between (dropout) writes to its own matrices, since hs is also the state.
 */
#ifndef TIMELAYERS_H
#define TIMELAYERS_H

#include "mat.h"

#include <stdbool.h>

/** The weights of an RNN layer. Their gradients have this type, too. */
typedef union rnncell {
    struct {
        mat *Wx; /**< D x H, input to hidden */
        mat *Wh; /**< H x H, hidden to hidden */
        mat *b;  /**< 1 x H, bias, added to every row */
    };
    mat *all[3]; /**< the same three */
} rnncell;

_Static_assert(sizeof(rnncell) == 3 * sizeof(mat *), "all[k] must name the three members");

/** What one step of an RNN layer reads and sets. The gradients of a step have this type, too. */
typedef struct rnnstep {
    mat *hprev; /**< N x H, the previous state */
    mat *a; /**< N x H, x Wx + b + hprev Wh; used for its gradient only: a step computes it in h */
    mat *h; /**< N x H, x Wx + b before the step; then tanh a, the new state */
} rnnstep;

/**
 * @brief One step of the RNN layer: h = tanh(h + hprev Wh), where h held x Wx + b.
 * @param[in]     cell the weights
 * @param[in,out] s    the step: hprev is read, h is read and set
 */
void rnnlayer_forward(const rnncell *cell, rnnstep *s);

/**
 * @brief Backward through one step: from dL/dh to dL/da and dL/dhprev. The gradients of the weights and of x follow
 *        from a, of all steps at once: see timernn_backward().
 * @param[in]     cell the weights
 * @param[in]     s    the step, as forward left it
 * @param[in,out] ds   the gradients of the step: h is read; a and hprev are set
 */
void rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnnstep *ds);

/** The RNN layer over T steps. */
typedef struct timernn {
    int room;       /**< steps allocated */
    bool stateful;  /**< true: a block begins in the last state of the previous block */
    bool has_state; /**< false: the next block begins in a state of zeros */
    rnncell cell;   /**< the weights, owned by the caller */
    rnncell d;      /**< their gradients, owned by the caller */
    mat **hs;       /**< hs[t], N x H, t = -1 .. room-1: hs[-1] is the state before the block */
    mat *h;         /**< N x H, the state after the last block */
    mat *dh;        /**< N x H, after backward: dL/d(the state before the block) */
    mat **das;      /**< das[t], N x H, after backward: dL/da of step t */
    mat *sum;       /**< N x H, scratch: dL/dhs[t], from above plus from the next step */
} timernn;

/**
 * @brief  A layer that begins in a state of zeros.
 * @param  N,room   sizes, at least 1
 * @param  cell     the weights, D x H, H x H and 1 x H; they must outlive the layer
 * @param  d        their gradients; they must outlive the layer, too
 * @param  stateful keep the state from block to block
 * @return the layer, which the caller frees with timernn_free(); NULL on out of memory
 */
timernn *timernn_new(int N, int room, rnncell cell, rnncell d, bool stateful);

/**
 * @brief Free a layer, but not its weights and gradients.
 * @param l the layer; NULL is allowed
 */
void timernn_free(timernn *l);

/**
 * @brief Begin the next block in this state.
 * @param[in,out] l the layer
 * @param[in]     h N x H
 */
void timernn_set_state(timernn *l, const mat *h);

/**
 * @brief Begin the next block in a state of zeros.
 * @param[in,out] l the layer
 */
void timernn_reset_state(timernn *l);

/**
 * @brief Forward over T steps: sets l->hs, and l->h to the last of them.
 * @param[in,out] l  the layer
 * @param[in]     T  steps, 1 to room
 * @param[in]     xs xs[t], N x D
 */
void timernn_forward(timernn *l, int T, mat *const *xs);

/**
 * @brief Backward over the same T steps. The gradient of the state before the block is left in l->dh and goes no
 *        further: the forward pass continues from block to block, the backward pass does not (truncated BPTT).
 *
 * dhs[t] is read before dxs[t] is written, so the two may be the same matrix if D = H.
 * @param[in,out] l   the layer
 * @param[in]     T   as in timernn_forward()
 * @param[in]     xs  as in timernn_forward()
 * @param[in]     dhs dhs[t], N x H: dL/dhs[t] from above
 * @param[out]    dxs dxs[t], N x D
 */
void timernn_backward(timernn *l, int T, mat *const *xs, mat *const *dhs, mat **dxs);

/**
 * @brief The embedding over T steps: row ids[t * N + n] of W becomes row n of xs[t].
 * @param[in]  W   V x D
 * @param[in]  T,N steps and sequences
 * @param[in]  ids T N ids, 0 to V - 1
 * @param[out] xs  xs[t], N x D
 */
void timeembedding_forward(const mat *W, int T, int N, const int *ids, mat **xs);

/**
 * @brief Backward through the embedding: a word's row gets the sum of the gradients of all its occurrences.
 * @param[in,out] dW  V x D, added to
 * @param[in]     T,N steps and sequences
 * @param[in]     ids as in timeembedding_forward()
 * @param[in]     dxs dxs[t], N x D
 */
void timeembedding_backward(mat *dW, int T, int N, const int *ids, mat *const *dxs);

/**
 * @brief The affine layer over T steps: ys[t] = hs[t] W + b.
 * @param[in]  W  H x V
 * @param[in]  b  1 x V
 * @param[in]  T  steps
 * @param[in]  hs hs[t], N x H
 * @param[out] ys ys[t], N x V
 */
void timeaffine_forward(const mat *W, const mat *b, int T, mat *const *hs, mat **ys);

/**
 * @brief Backward through the affine layer.
 * @param[in]     W   H x V
 * @param[in,out] dW  H x V, added to
 * @param[in,out] db  1 x V, added to
 * @param[in]     T   steps
 * @param[in]     hs  as in timeaffine_forward()
 * @param[in]     dys dys[t], N x V
 * @param[out]    dhs dhs[t], N x H
 */
void timeaffine_backward(const mat *W, mat *dW, mat *db, int T, mat *const *hs, mat *const *dys,
                         mat **dhs);

enum { TIMELOSS_IGNORED = -1 /**< as a target: this position does not count */ };

/**
 * @brief  Softmax of each row, and the mean of -ln p[target] over all targets that are not ignored.
 * @param[in]  T,N     steps and sequences
 * @param[in]  ys      ys[t], N x V
 * @param[in]  targets T N ids, 0 to V - 1 or TIMELOSS_IGNORED
 * @param[out] ps      ps[t], N x V: the probabilities
 * @return the mean, in nat; 0 if all targets are ignored
 */
double timeloss_forward(int T, int N, mat *const *ys, const int *targets, mat **ps);

/**
 * @brief Backward through loss and softmax: (p - 1 at the target) / number of targets that are not ignored.
 * @param[in]  T,N     steps and sequences
 * @param[in]  targets as in timeloss_forward()
 * @param[in]  ps      its probabilities
 * @param[out] dys     dys[t], N x V; 0 in the rows of ignored targets
 */
void timeloss_backward(int T, int N, const int *targets, mat *const *ps, mat **dys);

#endif
