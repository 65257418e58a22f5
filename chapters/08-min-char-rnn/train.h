/**
 * @file  train.h
 * @brief The training of min-char-rnn: windows that sweep over a text, hprev carried from one to the next.
 */
#ifndef TRAIN_H
#define TRAIN_H

#include "backward.h"

/** What a run is told. */
typedef struct train_options {
    int hidden;           /**< H */
    int seq_length;       /**< T, steps of a window */
    double learning_rate; /**< of Adagrad */
    double clip;          /**< clip by value to +-clip; 0: do not */
    double clip_norm;     /**< clip by norm; 0: do not */
    int full_window; /**< 1: use the last window that fits; 0: seed 004's rule, which may miss it */
    uint32_t seed;   /**< of the random numbers */
    int sample_every;  /**< iterations from sample to sample; 0: none */
    int sample_length; /**< characters of a sample */
    double held_out;   /**< the last part of the text that is not trained on, 0 to below 1 */
} train_options;

/** A run. */
typedef struct train {
    train_options options; /**< what it was told */
    const int *ix;         /**< the text to train on, as ids; the caller's */
    int length;            /**< how many ids, at least seq_length + 1 */
    int V;                 /**< vocabulary size */
    rnn *net;              /**< the weights */
    rnn *d;                /**< their gradient in the last iteration, clipped */
    rnn *m;                /**< Adagrad's memories */
    mat *hprev;            /**< H x 1, the state that the last window ended in */
    trace *tr;             /**< what the forward pass leaves */
    work *w;               /**< scratch of the backward pass */
    rng draws;             /**< the random numbers */
    int n;                 /**< iterations done */
    int p;                 /**< where the next window starts in ix */
    double smooth_loss;    /**< running mean of the loss (0.999 old + 0.001 new), nat per window */
} train;

/** The options of seed 004. */
extern const train_options train_defaults;

/**
 * @brief  A run at its start: weights drawn from the seed, memories 0, smooth_loss = T ln V.
 * @param[in] o      the options
 * @param[in] ix     the text as ids, each 0 to V - 1; must live as long as the run
 * @param[in] length at least o->seq_length + 1
 * @param[in] V      vocabulary size
 * @return the run, which the caller frees with train_free(); NULL on out of memory
 */
train *train_new(const train_options *o, const int *ix, int length, int V);

/**
 * @brief Free a run.
 * @param r the run; NULL is allowed
 */
void train_free(train *r);

/**
 * @brief  The next window. Where none is left, rewinds first (p = 0, hprev = 0). Calling it again before
 *         train_step() changes nothing.
 * @param[in,out] r the run
 * @return the ids of the window: seq_length inputs; the targets are one further on
 */
const int *train_window(train *r);

/**
 * @brief  One iteration: window, forward, backward, clip, Adagrad; p and n move on.
 * @param[in,out] r the run
 * @return the loss of the window before the update, in nat (a sum over seq_length steps)
 * @note   Seed 004, main loop, without the sample.
 */
double train_step(train *r);

/**
 * @brief  The mean loss per character over a text that is not trained on, starting from h = 0.
 * @param[in,out] r      the run; its trace is written, nothing else
 * @param[in]     ix     the text as ids
 * @param[in]     length at least 2: each character but the first is predicted, the last partial window too
 * @return nat per character; perplexity is e to it, bits per character it / ln 2
 */
double train_held_out(train *r, const int *ix, int length);

#endif
