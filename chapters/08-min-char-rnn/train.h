/**
 * @file  train.h
 * @brief The training of min-char-rnn: windows that sweep over a text, with hprev carried from one to the next.
 */
#ifndef TRAIN_H
#define TRAIN_H

#include "backward.h"

/** The options of a run. */
typedef struct train_options {
    int hidden;           /**< H */
    int seq_length;       /**< T, steps per window */
    double learning_rate; /**< of Adagrad */
    double clip;          /**< clip by value to +-clip; 0: off */
    double clip_norm;     /**< clip by norm; 0: off */
    int full_window; /**< 1: use the last window that fits; 0: seed 004's rule, which may miss it */
    uint32_t seed;   /**< of the random numbers */
    int sample_every;  /**< iterations between samples; 0: no samples */
    int sample_length; /**< characters per sample */
    double held_out;   /**< fraction of the text, at its end, not trained on; 0 to below 1 */
} train_options;

/** A run. */
typedef struct train {
    train_options options; /**< its options */
    const int *ix;         /**< the ids of the text to train on, owned by the caller */
    int length;            /**< how many ids, at least seq_length + 1 */
    int V;                 /**< vocabulary size */
    rnn *net;              /**< the weights */
    rnn *d;                /**< their gradient in the last iteration, clipped */
    rnn *m;                /**< Adagrad's memories */
    mat *hprev;            /**< H x 1, the state that the last window ended in */
    trace *tr;             /**< results of the forward pass */
    work *w;               /**< scratch of the backward pass */
    rng draws;             /**< the random numbers */
    int n;                 /**< iterations done */
    int p;                 /**< where the next window starts in ix */
    double smooth_loss;    /**< running mean of the loss (0.999 old + 0.001 new), nat per window */
} train;

/** The options of seed 004. */
extern const train_options train_defaults;

/**
 * @brief  A new run: weights drawn from the seed, memories 0, smooth_loss = T ln V.
 * @param[in] o      the options
 * @param[in] ix     the ids of the text, each 0 to V - 1; must outlive the run
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
 * @brief  The next window. Rewinds first (p = 0, hprev = 0) if none is left. Calling it again before
 *         train_step() changes nothing.
 * @param[in,out] r the run
 * @return the window's seq_length inputs; its targets start one id later
 */
const int *train_window(train *r);

/**
 * @brief  One iteration: window, forward, backward, clip, Adagrad; advances p and n.
 * @param[in,out] r the run
 * @return the loss of the window before the update, in nat (a sum over seq_length steps)
 * @note   Seed 004, main loop, without the sample.
 */
double train_step(train *r);

/**
 * @brief  The mean loss per character of a text that is not trained on, starting from h = 0.
 * @param[in,out] r      the run; only its trace is written
 * @param[in]     ix     the ids of the text
 * @param[in]     length at least 2; every character but the first is predicted, also in the last, shorter window
 * @return the loss l in nat per character; the perplexity is e^l, bits per character are l / ln 2
 */
double train_held_out(train *r, const int *ix, int length);

#endif
