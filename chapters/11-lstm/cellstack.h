/**
 * @file  cellstack.h
 * @brief Embedding, recurrent layers of any kind on top of each other, affine, softmax with loss.
 *
 * The weights (cellnet) are separate from what a pass over them needs (cellstack): several stacks can share one set of
 * weights, each with its own block, states and gradients. A test with one sequence does, beside training with many.
 */
#ifndef CELLSTACK_H
#define CELLSTACK_H

#include "cell.h"
#include "gradcheck.h"
#include "rng.h"

enum {
    CELLNET_LAYERS = 8,                                          /**< the most recurrent layers */
    CELLNET_LAYER_TENSORS = 3,                                   /**< matrices of each: Wx, Wh, b */
    CELLNET_TENSORS = 3 + CELLNET_LAYER_TENSORS * CELLNET_LAYERS /**< the most matrices */
};

/** The weights. Their gradients have this type, too. */
typedef struct cellnet {
    const celltype *type; /**< the kind of the recurrent layers */
    int layers;           /**< how many, 1 to CELLNET_LAYERS */
    int tensors;          /**< how many matrices all[] has */
    union {
        struct {
            mat *E; /**< V x D, embedding: one row per word */
            mat *W; /**< H x V, hidden to output */
            mat *c; /**< 1 x V, output bias */
            /** The layers' weights; the first reads D numbers, the others H. */
            rnncell layer[CELLNET_LAYERS];
        };
        /** The same, for loops over all: E, W, c, Wx1, Wh1, b1, Wx2 ... */
        mat *all[CELLNET_TENSORS];
    };
} cellnet;

/**
 * @brief  Weights, all 0.
 * @param[in] type   the kind of the recurrent layers; must outlive the weights
 * @param     layers how many, 1 to CELLNET_LAYERS
 * @param     V,D,H  sizes, at least 1
 * @return the weights, which the caller frees with cellnet_free(); NULL on out of memory
 */
cellnet *cellnet_new(const celltype *type, int layers, int V, int D, int H);

/**
 * @brief Free the weights.
 * @param net the weights; NULL is allowed
 */
void cellnet_free(cellnet *net);

/**
 * @brief Set all weights to 0.
 * @param[out] net the weights
 */
void cellnet_zero(cellnet *net);

/**
 * @brief  How many numbers the weights are.
 * @param[in] net the weights
 * @return the sum of the sizes of all matrices
 */
long cellnet_size(const cellnet *net);

/**
 * @brief  The name of a matrix: "E", "W", "c", or "Wx1", "Wh1", "b1" of the first layer and so on.
 * @param  k index in all[], 0 to CELLNET_TENSORS - 1
 * @return the name
 */
const char *cellnet_name(int k);

/**
 * @brief The initial weights: E = 0.01 randn; Wx, Wh, W = randn / sqrt(number of rows); biases 0, but the forget
 *        gate's. Drawn in the order E, Wx1, Wh1, Wx2, ..., W, row by row.
 * @param[out]    net         the weights
 * @param[in]     forget_bias of cells with a forget gate: 1 keeps 73 % of a cell at each step at first, 0 half
 * @param[in,out] draws       the random numbers
 * @note  Jozefowicz, Zaremba and Sutskever (2015) recommend 1.
 */
void cellnet_start(cellnet *net, double forget_bias, rng *draws);

/** One pass over the weights: N sequences, their states and the gradients. */
typedef struct cellstack {
    int N;                       /**< sequences side by side */
    int room;                    /**< steps allocated */
    const cellnet *net;          /**< the weights, owned by the caller */
    cellnet *d;                  /**< their gradients */
    void *layer[CELLNET_LAYERS]; /**< the recurrent layers, of the kind net->type */
    mat **xs;                    /**< xs[t], N x D: output of the embedding */
    mat **ys;                    /**< ys[t], N x V: scores */
    mat **ps;                    /**< ps[t], N x V: probabilities */
    mat **dxs;                   /**< N x D */
    mat **dhs; /**< N x H: what every layer gets from above, and the next one from it */
    mat **dys; /**< N x V */
    /** masks[l][t], N x H: what the output of layer l is multiplied by on its way to layer l + 1; NULL: nothing. */
    mat **masks[CELLNET_LAYERS];
    mat **masked[CELLNET_LAYERS]; /**< masked[l][t], N x H: the product; NULL without masks */
} cellstack;

/**
 * @brief  A stack over these weights.
 * @param     N,room   sequences and steps, at least 1
 * @param[in] net      the weights; must outlive the stack
 * @param     stateful keep the states from block to block
 * @return the stack, which the caller frees with cellstack_free(); NULL on out of memory
 */
cellstack *cellstack_new(int N, int room, const cellnet *net, bool stateful);

/**
 * @brief Free a stack, but not its weights.
 * @param s the stack; NULL is allowed
 */
void cellstack_free(cellstack *s);

/**
 * @brief  Make room for masks between the layers, all 1.
 * @param[in,out] s the stack
 * @return false on out of memory
 */
bool cellstack_add_masks(cellstack *s);

/**
 * @brief Begin the next block in states of zeros.
 * @param[in,out] s the stack
 */
void cellstack_reset_state(cellstack *s);

/**
 * @brief  Forward over a block: the mean loss of its targets, in nat.
 * @param[in,out] s       the stack; if stateful, it continues from the previous block's states
 * @param[in]     T       steps, 1 to room
 * @param[in]     ids     T N ids, step by step
 * @param[in]     targets T N ids, or TIMELOSS_IGNORED
 * @return the loss
 */
double cellstack_forward(cellstack *s, int T, const int *ids, const int *targets);

/**
 * @brief Backward over the same block. Adds to d, so call cellnet_zero() first.
 * @param[in,out] s       the stack
 * @param[in]     T       as in cellstack_forward()
 * @param[in]     ids     as in cellstack_forward()
 * @param[in]     targets as in cellstack_forward()
 */
void cellstack_backward(cellstack *s, int T, const int *ids, const int *targets);

/** A block and the states before it: the model of a gradcheck.h problem. */
typedef struct cellcheck {
    cellstack *s;            /**< the stack */
    cellnet *net;            /**< its weights */
    int T;                   /**< steps */
    const int *ids;          /**< T N ids */
    const int *targets;      /**< T N ids */
    const cellstate *before; /**< the state of each layer before the block; NULL: zeros */
} cellcheck;

/**
 * @brief  The check of a whole network as a problem of gradcheck.h: its weights, and the states before the block.
 * @param[in]  c      what to check; must outlive the problem
 * @param[out] tensor gets the tensors; must outlive the problem, too
 * @return the problem
 */
gc_problem cellcheck_problem(cellcheck *c, gc_tensor tensor[GC_TENSORS]);

#endif
