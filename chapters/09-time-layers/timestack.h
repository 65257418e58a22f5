/**
 * @file  timestack.h
 * @brief The time layers, one on the other: embedding, RNN, affine, softmax with loss. A network that reads words.
 */
#ifndef TIMESTACK_H
#define TIMESTACK_H

#include "gradcheck.h"
#include "rng.h"
#include "timelayers.h"

enum { TIMENET_TENSORS = 6 /**< matrices of weights */ };

/** Six matrices. The weights have this type, and so have their gradients. */
typedef union timenet {
    struct {
        mat *E;  /**< V x D, embedding: a row for each word */
        mat *Wx; /**< D x H, input to hidden */
        mat *Wh; /**< H x H, hidden to hidden */
        mat *b;  /**< 1 x H, hidden bias */
        mat *W;  /**< H x V, hidden to output */
        mat *c;  /**< 1 x V, output bias */
    };
    mat *all[TIMENET_TENSORS]; /**< the same six, for what is done to each */
} timenet;

_Static_assert(sizeof(timenet) == TIMENET_TENSORS * sizeof(mat *),
               "all[k] must name the six members");

/** The names of the six, in the order of all[]. */
static const char *const timenet_name[TIMENET_TENSORS] = {"E", "Wx", "Wh", "b", "W", "c"};

/**
 * @brief  Six matrices of zeros.
 * @param  V,D,H sizes, at least 1
 * @return the six, which the caller frees with timenet_free(); NULL on out of memory
 */
timenet *timenet_new(int V, int D, int H);

/**
 * @brief Free the six.
 * @param net the matrices; NULL is allowed
 */
void timenet_free(timenet *net);

/**
 * @brief All six = 0.
 * @param[out] net the matrices
 */
void timenet_zero(timenet *net);

/**
 * @brief The weights at the start: E = 0.01 randn; Wx, Wh, W = randn / sqrt(number of rows) (Xavier);
 *        b, c = 0. Drawn in the order of all[], row by row.
 * @param[out]    net   the weights
 * @param[in,out] draws the random numbers
 * @note  Seed 003, SimpleRnnlm.
 */
void timenet_start(timenet *net, rng *draws);

/** The network with its gradients, and room for blocks of N sequences. */
typedef struct timestack {
    int N;        /**< sequences side by side */
    int room;     /**< steps that there is memory for */
    timenet *net; /**< the weights */
    timenet *d;   /**< their gradients */
    timernn *rnn; /**< the RNN layer, with Wx, Wh and b of net and of d */
    mat **xs;     /**< xs[t], N x D: what the embedding reads */
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
 * @param[in,out] s       the network; the state goes on if it is stateful
 * @param[in]     T       steps, 1 to room
 * @param[in]     ids     T N ids, step after step
 * @param[in]     targets T N ids, or TIMELOSS_IGNORED
 * @return the loss
 */
double timestack_forward(timestack *s, int T, const int *ids, const int *targets);

/**
 * @brief Backward over the same block. Adds to d: timenet_zero() comes before.
 * @param[in,out] s       the network
 * @param[in]     T       as in timestack_forward()
 * @param[in]     ids     as there
 * @param[in]     targets as there
 */
void timestack_backward(timestack *s, int T, const int *ids, const int *targets);

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
gc_problem timecheck_problem(timecheck *c, gc_tensor tensor[TIMENET_TENSORS]);

#endif
