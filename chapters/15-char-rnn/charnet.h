/**
 * @file  charnet.h
 * @brief The training of char-rnn's network: a mini-batch cut into shards, any cell, dropout, three optimizers.
 *
 * N sequences, equal parts of the text, are read side by side. They are divided into S shards, S a power of two. A shard
 * is a stack of its own over the weights that all share: its sequences' states, and their gradient. The gradients are
 * added in the fixed tree of shards.h, so that neither the number of threads nor who computes a shard changes a bit.
 *
 *     charnet_load()       the next block of every sequence
 *     charnet_gradient()   forward and backward through some of the shards, and the sum of their gradients
 *     charnet_update()     the mean over all shards, clip by norm, and the optimizer
 *
 * charnet_step() does all three. Whoever has only some of the shards adds the sums of the others in between. So the
 * functions that depend on who computes the shards have a file of their own, step.c, which can be replaced:
 * charnet_settle(), charnet_begin(), charnet_step(), charnet_collect().
 */
#ifndef CHARNET_H
#define CHARNET_H

#include "cellstack.h"
#include "lmtrain.h"
#include "say.h"

/** What updates the weights. */
typedef enum charnet_optimizer {
    CHARNET_ADAM,    /**< adam.h */
    CHARNET_ADAGRAD, /**< adagrad.h */
    CHARNET_SGD      /**< plain gradient descent */
} charnet_optimizer;

enum {
    CHARNET_CELLS = 3,    /**< kinds of cells */
    CHARNET_MEMORIES = 2, /**< memories of an optimizer, at most */
    CHARNET_SHARDS = 64   /**< shards, at most */
};

/** The cells: lstm, gru, rnn. */
extern const celltype *const charnet_cell[CHARNET_CELLS];

/** What to train. */
typedef struct charnet_options {
    int cell;             /**< index of charnet_cell[] */
    int layers;           /**< 1 to CELLNET_LAYERS */
    int hidden;           /**< H */
    int embed;            /**< D, the size of a symbol's vector */
    int batch;            /**< N, sequences side by side */
    int shards;           /**< S, a power of two that divides N */
    int seq_length;       /**< T, steps of a block */
    double dropout;       /**< probability of leaving a number out between the layers */
    int optimizer;        /**< a charnet_optimizer */
    double learning_rate; /**< at first */
    double clip_norm;     /**< the most for the gradient's norm; 0: not clipped */
    double forget_bias;   /**< of cells with a forget gate, at first */
    uint32_t seed;        /**< of the weights and of the dropout */
    int threads;          /**< at least 1; more than S are of little use */
} charnet_options;

/** A run. */
typedef struct charnet {
    charnet_options o;              /**< its options */
    lm blocks;                      /**< reads the blocks, by lm_batch(); has no network */
    cellnet *net;                   /**< the weights */
    cellnet *mem[CHARNET_MEMORIES]; /**< the optimizer's memories; NULL: it has none */
    cellstack **shard;              /**< S stacks of N / S sequences each */
    int **xs;                       /**< xs[k]: the ids of shard k's block */
    int **ts;                       /**< ts[k]: its targets */
    double *loss;                   /**< loss[k]: shard k's mean loss, in nat */
    cellstack *one;                 /**< a stack of one sequence, for reading and writing */
    double rate; /**< the learning rate of the next iteration; the caller may change it */
    int n;       /**< iterations done */
    double norm; /**< of the last gradient, before clipping */
} charnet;

/**
 * @brief  The number of shards if none is asked for: as many as leave eight sequences for each, so that the products of
 *         a step have rows enough.
 * @param  batch N
 * @return a power of two that divides N
 */
int charnet_shards(int batch);

/**
 * @brief  Settle the number of shards: charnet_shards() if it is 0.
 * @param[in,out] o the options
 * @param[out]    e that it is no power of two that divides the batch
 * @return true if it can be used
 */
bool charnet_divide(charnet_options *o, error *e);

/**
 * @brief  A new run, with initial weights.
 * @param[in] o     the options
 * @param[in] ids   the ids of the text, each 0 to V - 1; must outlive the run; NULL: none, for reading and writing only
 * @param[in] count at least N T + 1
 * @param[in] V     vocabulary size
 * @return the run, which the caller frees with charnet_free(); NULL on out of memory
 */
charnet *charnet_new(const charnet_options *o, const int *ids, int count, int V);

/**
 * @brief Free a run.
 * @param r the run; NULL is allowed
 */
void charnet_free(charnet *r);

/**
 * @brief Go on as if n iterations were done: the next block is theirs.
 * @param[in,out] r the run
 * @param[in]     n iterations, at least 0
 */
void charnet_go_to(charnet *r, int n);

/**
 * @brief Read the next block of every sequence.
 * @param[in,out] r the run
 */
void charnet_load(charnet *r);

/**
 * @brief Forward and backward through the blocks of some of the shards; the sum of their gradients, in the fixed tree, is
 *        then in shard[first]->d.
 * @param[in,out] r     the run
 * @param[in]     first the first of the shards, a multiple of `count`
 * @param[in]     count how many, a power of two
 */
void charnet_gradient(charnet *r, int first, int count);

/**
 * @brief Update the weights by the sum of all shards' gradients in shard[0]->d; sets r->norm and counts the iteration.
 * @param[in,out] r the run
 */
void charnet_update(charnet *r);

/**
 * @brief Copy the states between the shards and whole matrices.
 * @param[in,out] r      the run
 * @param[in,out] states states[l].of[i]: N x H, of layer l
 * @param[in]     set    true: the shards begin their next block in these states; false: these become the shards'
 */
void charnet_states(charnet *r, const cellstate *states, bool set);

/**
 * @brief  charnet_divide(), and whether those who compute can share these shards.
 * @param[in,out] o the options
 * @param[out]    e why not
 * @return true if they can
 */
bool charnet_settle(charnet_options *o, error *e);

/**
 * @brief  Give a run, new or saved, to all who compute.
 * @param[in]  r the run
 * @param[out] e that one of them has too little memory
 * @return true on success
 */
bool charnet_begin(charnet *r, error *e);

/**
 * @brief  One iteration.
 * @param[in,out] r the run
 * @return the mean loss of the block before the update, in nat
 */
double charnet_step(charnet *r);

/**
 * @brief Get the states of all shards from those who compute them; before charnet_states() reads them.
 * @param[in,out] r the run
 */
void charnet_collect(charnet *r);

/**
 * @brief  The loss of a text, symbol by symbol, from states of zeros. Unknown symbols are skipped, and the states are
 *         zero again behind them.
 * @param[in,out] one     a stack of one sequence
 * @param[in]     ids     the ids of the text; -1: unknown
 * @param[in]     count   how many
 * @param[out]    nat     of each symbol, -ln of its probability after the symbols before; nan if it is not predicted,
 *                        as the first is not. NULL: not wanted
 * @param[out]    counted symbols predicted
 * @return the sum over all of them
 */
double charnet_score(cellstack *one, const int *ids, int count, double *nat, int *counted);

#endif
