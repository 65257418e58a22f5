/**
 * @file  timelayers.h
 * @brief Layers over time and over a mini-batch: embedding, RNN, affine, softmax with loss.
 *
 * N sequences are read side by side, T steps at a time. What has one value for each of them is a matrix of
 * N rows: xs[t] is N x D, hs[t] is N x H. So a vector is a row here, and the weights stand at its right,
 * where the chapters before had columns and weights at their left: Wx = Wxhᵀ, Wh = Whhᵀ.
 *
 *     hs[t] = tanh(xs[t] Wx + hs[t-1] Wh + b)      N x H
 *
 * Ids stand step after step: ids[t * N + n] is step t of sequence n. Every backward adds to the gradients of
 * the weights and sets those of the inputs; setting the former to 0 is the caller's work.
 * Source: seed 003 (its layers RNN, TimeRNN, TimeEmbedding, TimeAffine, TimeSoftmaxWithLoss).
 *
 * A layer with gates (LSTM, GRU) can take the RNN layer's place if it keeps to this:
 * - Its weights are a union of names and all[], and their gradients are another. The gates stand side by side in
 *   the columns (Wx is D x 4H in an LSTM, D x 3H in a GRU), so that one product computes them all.
 * - A step is a struct of matrices: what it reads (x and the states before), what backward needs again (a: the
 *   gates), what it leaves (the states after). The gradients of a step have the same type. The functions of a
 *   step keep nothing and allocate nothing.
 * - Over time there are timernn's functions with timernn's arguments. Every state that is carried (h and c in an
 *   LSTM) is an argument of set_state, and is in the layer: its last value, and its gradient after backward.
 * - Layers are stacked by what is passed to them: hs of one is xs of the next, dxs of that is dhs of this. What
 *   stands between two (dropout) writes to matrices of its own, since hs is the state, too.
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

/** One step of an RNN layer: what it reads and what it leaves. The gradients of a step have this type, too. */
typedef struct rnnstep {
    mat *x;     /**< N x D, the input */
    mat *hprev; /**< N x H, the state before */
    mat *a;     /**< N x H, x Wx + hprev Wh + b: NULL in a step, where h overwrites it */
    mat *h;     /**< N x H, tanh a, the state after */
} rnnstep;

/**
 * @brief One step of the RNN layer: h = tanh(x Wx + hprev Wh + b).
 * @param[in]     cell the weights
 * @param[in,out] s    the step: x and hprev are read, h is set
 */
void rnnlayer_forward(const rnncell *cell, rnnstep *s);

/**
 * @brief Backward through one step: from dL/dh to the gradients of all that went into it.
 * @param[in]     cell the weights
 * @param[in]     s    the step, as forward left it
 * @param[in,out] d    the gradients of the weights, which are added to
 * @param[in,out] ds   the gradients of the step: h is read; a, hprev and x are set
 */
void rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnncell *d, rnnstep *ds);

/** The RNN layer over T steps. */
typedef struct timernn {
    int room;       /**< steps that there is memory for */
    bool stateful;  /**< true: a block begins in the state in which the one before ended */
    bool has_state; /**< false: the next block begins in a state of zeros */
    rnncell cell;   /**< the weights: the caller's */
    rnncell d;      /**< their gradients: the caller's */
    mat **hs;       /**< hs[t], N x H, t = -1 .. room-1: hs[-1] is the state before the block */
    mat *h;         /**< N x H, the state after the last block */
    mat *dh;        /**< N x H, after backward: dL/d(the state before the block). Not handed on */
    mat *da;        /**< N x H, scratch */
    mat *sum;       /**< N x H, scratch: dL/dhs[t], from above and from the step after */
} timernn;

/**
 * @brief  A layer that begins in a state of zeros.
 * @param  N,room   sizes, at least 1
 * @param  cell     the weights; they tell D and H, and outlive the layer
 * @param  d        their gradients; they, too, outlive the layer
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
 * @brief Forward over T steps. l->hs is filled, and l->h becomes its last.
 * @param[in,out] l  the layer
 * @param[in]     T  steps, 1 to room
 * @param[in]     xs xs[t], N x D
 */
void timernn_forward(timernn *l, int T, mat *const *xs);

/**
 * @brief Backward over the same T steps. What would go on into the block before is kept in l->dh, and ends there:
 *        the forward pass runs through all blocks, the backward pass through one (truncated BPTT).
 *
 * dhs[t] is read before dxs[t] is written, so the two may be one matrix where D = H.
 * @param[in,out] l   the layer
 * @param[in]     T   as in timernn_forward()
 * @param[in]     xs  as there
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
 * @brief Backward through the embedding: a word's row gets what all its places get.
 * @param[in,out] dW  V x D, is added to
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
 * @param[in,out] dW  H x V, is added to
 * @param[in,out] db  1 x V, is added to
 * @param[in]     T   steps
 * @param[in]     hs  as in timeaffine_forward()
 * @param[in]     dys dys[t], N x V
 * @param[out]    dhs dhs[t], N x H
 */
void timeaffine_backward(const mat *W, mat *dW, mat *db, int T, mat *const *hs, mat *const *dys,
                         mat **dhs);

enum { TIMELOSS_IGNORED = -1 /**< a target that does not count */ };

/**
 * @brief  Softmax over each row, and the mean of -ln p[target] over all targets that count.
 * @param[in]  T,N     steps and sequences
 * @param[in]  ys      ys[t], N x V
 * @param[in]  targets T N ids, 0 to V - 1 or TIMELOSS_IGNORED
 * @param[out] ps      ps[t], N x V: the probabilities
 * @return the mean, in nat; 0 where no target counts
 */
double timeloss_forward(int T, int N, mat *const *ys, const int *targets, mat **ps);

/**
 * @brief Backward through loss and softmax: (p - 1 at the target) / number of targets that count.
 * @param[in]  T,N     steps and sequences
 * @param[in]  targets as in timeloss_forward()
 * @param[in]  ps      what it left
 * @param[out] dys     dys[t], N x V; 0 in the rows of ignored targets
 */
void timeloss_backward(int T, int N, const int *targets, mat *const *ps, mat **dys);

#endif
