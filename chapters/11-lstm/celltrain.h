/**
 * @file  celltrain.h
 * @brief The training of a stack of recurrent layers on a text: mini-batches, truncated BPTT, clipping by norm, gradient
 *        descent or Adagrad; and the loss on a text that was held out.
 */
#ifndef CELLTRAIN_H
#define CELLTRAIN_H

#include "cellstack.h"
#include "lmtrain.h"

/** The options of a run. */
typedef struct celltrain_options {
    const celltype *type; /**< the kind of the recurrent layers */
    int layers;           /**< how many */
    lm_options lm;        /**< batch, wordvec, hidden, time, learning_rate, seed */
    double clip;          /**< the most for the gradient's norm; 0: not clipped */
    double forget_bias;   /**< of cells with a forget gate, at first */
    bool adagrad;         /**< Adagrad; else plain gradient descent */
} celltrain_options;

/** A run. */
typedef struct celltrain {
    celltrain_options options; /**< its options */
    lm blocks;                 /**< reads the blocks, by lm_batch(); has no network */
    cellnet *net;              /**< the weights */
    cellnet *mem;              /**< Adagrad's memories; NULL without Adagrad */
    cellstack *s;              /**< the stack, over mini-batches */
    cellstack *one;            /**< the stack for one symbol at a time, for testing */
    long iteration;            /**< iterations done */
    double norm;               /**< of the last gradient, before clipping */
} celltrain;

/**
 * @brief  A new run, with initial weights.
 * @param[in] o     the options
 * @param[in] ids   the ids of the text, each 0 to V - 1; must outlive the run; NULL: none, blocks come from elsewhere
 * @param[in] count at least lm_least(&o->lm)
 * @param[in] V     vocabulary size
 * @return the run, which the caller frees with celltrain_free(); NULL on out of memory
 */
celltrain *celltrain_new(const celltrain_options *o, const int *ids, int count, int V);

/**
 * @brief Free a run.
 * @param r the run; NULL is allowed
 */
void celltrain_free(celltrain *r);

/**
 * @brief Update the weights by the gradient in s->d, clipped; sets r->norm.
 * @param[in,out] r the run
 */
void celltrain_update(celltrain *r);

/**
 * @brief  One iteration: block, forward, backward, update.
 * @param[in,out] r the run
 * @return the mean loss of the block before the update, in nat
 */
double celltrain_step(celltrain *r);

/**
 * @brief  The mean loss of a text, symbol by symbol from states of zeros. Unknown ones are skipped as in lm_test().
 * @param[in,out] r     the run; only `one` is written
 * @param[in]     ids   the ids of the text; -1: unknown
 * @param[in]     count how many
 * @return the mean, in nat; nan if nothing was predicted
 */
double celltrain_score(celltrain *r, const int *ids, int count);

#endif
