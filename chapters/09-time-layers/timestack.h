/**
 * @file  timestack.h
 * @brief The time layers stacked: embedding, RNN, affine, softmax with loss. A network that reads words.
 */
#ifndef TIMESTACK_H
#define TIMESTACK_H

#include "gradcheck.h"
#include "rng.h"
#include "timelayers.h"

enum { TIMENET_TENSORS = 6 /**< number of weight matrices */ };

/** The weights. Their gradients have this type, too. */
typedef union timenet {
    struct {
        mat *E;  /**< V x D, embedding: one row per word */
        mat *Wx; /**< D x H, input to hidden */
        mat *Wh; /**< H x H, hidden to hidden */
        mat *b;  /**< 1 x H, hidden bias */
        mat *W;  /**< H x V, hidden to output */
        mat *c;  /**< 1 x V, output bias */
    };
    mat *all[TIMENET_TENSORS]; /**< the same six, for loops over all */
} timenet;

_Static_assert(sizeof(timenet) == TIMENET_TENSORS * sizeof(mat *),
               "all[k] must name the six members");

/** The weights' names, in the order of all[]. */
static const char *const timenet_name[TIMENET_TENSORS] = {"E", "Wx", "Wh", "b", "W", "c"};

/**
 * @brief  Weights, all 0.
 * @param  V,D,H sizes, at least 1
 * @return the weights, which the caller frees with timenet_free(); NULL on out of memory
 */
timenet *timenet_new(int V, int D, int H);

/**
 * @brief Free the weights.
 * @param net the weights; NULL is allowed
 */
void timenet_free(timenet *net);

/**
 * @brief Set all weights to 0.
 * @param[out] net the weights
 */
void timenet_zero(timenet *net);

/**
 * @brief W = randn / divisor, row by row.
 * @param[out]    W       the weights
 * @param[in]     divisor 100 for an embedding; Xavier's sqrt(number of rows) for the others
 * @param[in,out] draws   the random numbers
 */
void timenet_draw(mat *W, double divisor, rng *draws);

/**
 * @brief The initial weights: E = 0.01 randn; Wx, Wh, W = randn / sqrt(number of rows) (Xavier);
 *        b, c = 0. Drawn in the order of all[], row by row.
 * @param[out]    net   the weights
 * @param[in,out] draws the random numbers
 * @note  Seed 003, SimpleRnnlm.
 */
void timenet_start(timenet *net, rng *draws);

/** The network with its gradients, and memory for blocks of N sequences. */
typedef struct timestack {
    int N;        /**< sequences side by side */
    int room;     /**< steps allocated */
    timenet *net; /**< the weights */
    timenet *d;   /**< their gradients */
    timernn *rnn; /**< the RNN layer, with Wx, Wh and b of net and of d */
    mat **xs;     /**< xs[t], N x D: output of the embedding */
    mat **ys;     /**< ys[t], N x V: scores */
    mat **ps;     /**< ps[t], N x V: probabilities */
    mat **dxs;    /**< N x D */
    mat **dhs;    /**< N x H */
    mat **dys;    /**< N x V */
} timestack;

/**
 * @brief  A network of zeros.
 * @param  N,room,V,D,H sizes, at least 1
 * @param  stateful     keep the state from block to block
 * @return the network, which the caller frees with timestack_free(); NULL on out of memory
 */
timestack *timestack_new(int N, int room, int V, int D, int H, bool stateful);

/**
 * @brief Free a network.
 * @param s the network; NULL is allowed
 */
void timestack_free(timestack *s);

/**
 * @brief  Forward over a block: the mean loss of its targets, in nat.
 * @param[in,out] s       the network; if stateful, it continues from the previous block's state
 * @param[in]     T       steps, 1 to room
 * @param[in]     ids     T N ids, step by step
 * @param[in]     targets T N ids, or TIMELOSS_IGNORED
 * @return the loss
 */
double timestack_forward(timestack *s, int T, const int *ids, const int *targets);

/**
 * @brief Backward over the same block. Adds to d, so call timenet_zero() first.
 * @param[in,out] s       the network
 * @param[in]     T       as in timestack_forward()
 * @param[in]     ids     as in timestack_forward()
 * @param[in]     targets as in timestack_forward()
 */
void timestack_backward(timestack *s, int T, const int *ids, const int *targets);

/** A block and the state before it: the model of a gradcheck.h problem. */
typedef struct timecheck {
    timestack *s;       /**< the network */
    int T;              /**< steps */
    const int *ids;     /**< T N ids */
    const int *targets; /**< T N ids */
    const mat *before;  /**< N x H: the state before the block; NULL: zeros */
} timecheck;

/**
 * @brief  The check of a whole network as a problem of gradcheck.h.
 * @param[in]  c      what to check; must outlive the problem
 * @param[out] tensor gets the tensors; must outlive the problem, too
 * @return the problem
 */
gc_problem timecheck_problem(timecheck *c, gc_tensor tensor[TIMENET_TENSORS]);

#endif
