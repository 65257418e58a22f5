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
 */
#ifndef TIMELAYERS_H
#define TIMELAYERS_H

#include "mat.h"

#include <stdbool.h>

/**
 * @brief One step of the RNN layer: h = tanh(x Wx + hprev Wh + b).
 * @param[in]  Wx    D x H
 * @param[in]  Wh    H x H
 * @param[in]  b     1 x H, added to every row
 * @param[in]  x     N x D
 * @param[in]  hprev N x H
 * @param[out] h     N x H
 */
void rnnlayer_forward(const mat *Wx, const mat *Wh, const mat *b, const mat *x, const mat *hprev,
                      mat *h);

/**
 * @brief Backward through one step: from dL/dh to the gradients of all that went into it.
 * @param[in]     Wx     D x H
 * @param[in]     Wh     H x H
 * @param[in]     x      N x D
 * @param[in]     hprev  N x H
 * @param[in]     h      N x H, what forward returned
 * @param[in]     dh     N x H, dL/dh
 * @param[in,out] dWx    D x H, is added to
 * @param[in,out] dWh    H x H, is added to
 * @param[in,out] db     1 x H, is added to
 * @param[out]    dx     N x D
 * @param[out]    dhprev N x H
 * @param[out]    da     N x H, scratch: dL/d(what tanh was taken of)
 */
void rnnlayer_backward(const mat *Wx, const mat *Wh, const mat *x, const mat *hprev, const mat *h,
                       const mat *dh, mat *dWx, mat *dWh, mat *db, mat *dx, mat *dhprev, mat *da);

/** The RNN layer over T steps. */
typedef struct timernn {
    int room;       /**< steps that there is memory for */
    bool stateful;  /**< true: a block begins in the state in which the one before ended */
    bool has_state; /**< false: the next block begins in a state of zeros */
    mat *Wx;        /**< D x H */
    mat *Wh;        /**< H x H */
    mat *b;         /**< 1 x H */
    mat *dWx;       /**< D x H */
    mat *dWh;       /**< H x H */
    mat *db;        /**< 1 x H */
    mat **hs;       /**< hs[t], N x H, t = -1 .. room-1: hs[-1] is the state before the block */
    mat *h;         /**< N x H, the state after the last block */
    mat *dh;        /**< N x H, after backward: dL/d(the state before the block). Not handed on */
    mat *da;        /**< N x H, scratch */
    mat *sum;       /**< N x H, scratch */
} timernn;

/**
 * @brief  A layer of zeros.
 * @param  N,room,D,H sizes, at least 1
 * @param  stateful   keep the state from block to block
 * @return the layer, which the caller frees with timernn_free(); NULL where memory is short
 */
timernn *timernn_new(int N, int room, int D, int H, bool stateful);

/**
 * @brief Give a layer back.
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
