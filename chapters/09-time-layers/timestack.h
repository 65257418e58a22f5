/**
 * @file  timestack.h
 * @brief The time layers, one on the other: embedding, RNN, affine, softmax with loss. A network that reads words.
 */
#ifndef TIMESTACK_H
#define TIMESTACK_H

#include "gradcheck.h"
#include "rng.h"
#include "timelayers.h"

enum { TIMESTACK_TENSORS = 6 /**< matrices of weights */ };

/** Their names, in the order of timestack's all[] and d[]. */
static const char *const timestack_name[TIMESTACK_TENSORS] = {"E", "Wx", "Wh", "b", "W", "c"};

/** The network. */
typedef struct timestack {
    int N;                       /**< sequences side by side */
    int room;                    /**< steps that there is memory for */
    mat *all[TIMESTACK_TENSORS]; /**< V x D, D x H, H x H, 1 x H, H x V, 1 x V */
    mat *d[TIMESTACK_TENSORS];   /**< their gradients */
    timernn *rnn;                /**< the RNN layer; it works with all[1..3] and d[1..3] */
    mat **xs;                    /**< xs[t], N x D: what the embedding reads */
    mat **ys;                    /**< ys[t], N x V: scores */
    mat **ps;                    /**< ps[t], N x V: probabilities */
    mat **dxs;                   /**< N x D */
    mat **dhs;                   /**< N x H */
    mat **dys;                   /**< N x V */
} timestack;

/**
 * @brief  A network of zeros.
 * @param  N,room,V,D,H sizes, at least 1
 * @param  stateful     keep the state from block to block
 * @return the network, which the caller frees with timestack_free(); NULL where memory is short
 */
timestack *timestack_new(int N, int room, int V, int D, int H, bool stateful);

/**
 * @brief Give a network back.
 * @param s the network; NULL is allowed
 */
void timestack_free(timestack *s);

/**
 * @brief The weights at the start: embedding 0.01 randn; Wx, Wh, W randn / sqrt(number of rows) (Xavier);
 *        b, c = 0. Drawn in the order of all[], row by row.
 * @param[out]    s     the network
 * @param[in,out] draws the random numbers
 * @note  Seed 003, SimpleRnnlm.
 */
void timestack_start(timestack *s, rng *draws);

/**
 * @brief  Forward over a block: the mean loss of its targets, in nat.
 * @param[in,out] s       the network; the state goes on if it is stateful
 * @param[in]     T       steps, 1 to room
 * @param[in]     ids     T N ids, step after step
 * @param[in]     targets T N ids, or TIMELOSS_IGNORED
 * @return the loss
 */
double timestack_forward(timestack *s, int T, const int *ids, const int *targets);

/**
 * @brief Backward over the same block. Adds to d[].
 * @param[in,out] s       the network
 * @param[in]     T       as in timestack_forward()
 * @param[in]     ids     as there
 * @param[in]     targets as there
 */
void timestack_backward(timestack *s, int T, const int *ids, const int *targets);

/**
 * @brief d[] = 0
 * @param[out] s the network
 */
void timestack_zero(timestack *s);

/** A block, and the state before it, as a problem of gradcheck.h. */
typedef struct timecheck {
    timestack *s;       /**< the network */
    int T;              /**< steps */
    const int *ids;     /**< T N ids */
    const int *targets; /**< T N ids */
    const mat *before;  /**< N x H: the state before the block; NULL: zeros */
} timecheck;

/**
 * @brief  The check of a whole network as a problem of gradcheck.h.
 * @param[in]  c      what to check; it must outlive the problem
 * @param[out] tensor room for the tensors; it must outlive the problem, too
 * @return the problem
 */
gc_problem timecheck_problem(timecheck *c, gc_tensor tensor[TIMESTACK_TENSORS]);

#endif
