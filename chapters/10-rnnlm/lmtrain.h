/**
 * @file  lmtrain.h
 * @brief The training of the word language model: mini-batches read side by side, plain gradient descent, perplexity.
 *
 * Perplexity is e to the mean loss of a word: the number of words between which the model is, so to speak,
 * undecided. If each next word gets probability 0.8 it is 1/0.8 = 1.25; at 0.2 it is 5.
 */
#ifndef LMTRAIN_H
#define LMTRAIN_H

#include "timestack.h"

/** What a run is told. */
typedef struct lm_options {
    int batch;            /**< sequences side by side, N */
    int wordvec;          /**< numbers that stand for a word, D */
    int hidden;           /**< H */
    int time;             /**< steps of a block, T */
    double learning_rate; /**< of plain gradient descent */
    uint32_t seed;        /**< of the random numbers */
} lm_options;

/** A run. */
typedef struct lm {
    lm_options options; /**< what it was told */
    const int *ids;     /**< the text to train on, as ids; the caller's */
    int count;          /**< how many */
    int V;              /**< vocabulary size */
    timestack *s;       /**< the network, over mini-batches */
    timestack *one;     /**< the same weights for one word at a time: to test, and to write */
    rng draws;          /**< the random numbers */
    int epoch;          /**< epochs done */
    int iteration;      /**< iterations done in the epoch at hand */
    int time_idx;       /**< how many words every sequence has read */
    double sum;         /**< of the losses in the epoch at hand */
    int *xs;            /**< T N ids of the block at hand */
    int *ts;            /**< their targets */
    mat *y;             /**< V x 1, scratch of lm_sample(): the scores */
    mat *p;             /**< V x 1, the same: the probabilities */
} lm;

/** The options of seed 003. */
extern const lm_options lm_defaults;

/**
 * @brief  How many words a run needs at least: every sequence of the batch must have a start of its own, and an
 *         epoch one block.
 * @param[in] o the options
 * @return batch x time + 1
 */
long lm_least(const lm_options *o);

/**
 * @brief  A run at its start.
 * @param[in] o     the options
 * @param[in] ids   the text as ids, each 0 to V - 1; must live as long as the run; NULL: none, to write only
 * @param[in] count at least lm_least()
 * @param[in] V     vocabulary size
 * @return the run, which the caller frees with lm_free(); NULL where memory is short
 */
lm *lm_new(const lm_options *o, const int *ids, int count, int V);

/**
 * @brief Give a run back.
 * @param m the run; NULL is allowed
 */
void lm_free(lm *m);

/**
 * @brief  Iterations of an epoch: (count - 1) / (batch x time).
 * @param[in] m the run
 * @return the number, at least 1
 */
int lm_iterations(const lm *m);

/**
 * @brief The next block: sequence n reads on from its start, n x (count - 1) / batch, and from the text's beginning
 *        where the text ends. time_idx moves on.
 * @param[in,out] m the run; its xs and ts are filled
 */
void lm_batch(lm *m);

/**
 * @brief  One iteration: block, forward, backward, gradient descent. It is counted, and its loss added to sum.
 * @param[in,out] m the run
 * @return the mean loss of the block before the update, in nat
 */
double lm_step(lm *m);

/**
 * @brief  Was that the last iteration of its epoch? Then the epoch is counted, and the next one begins at 0.
 * @param[in,out] m          the run, after lm_step()
 * @param[out]    perplexity of the epoch, e to the mean of its losses; written where it is over
 * @return true where it is over
 */
bool lm_epoch_done(lm *m, double *perplexity);

/** A text that is only tested on. */
typedef struct lm_score {
    double perplexity; /**< nan where no word counts */
    int counted;       /**< words that were predicted */
    int skipped;       /**< words that the vocabulary does not have */
} lm_score;

/**
 * @brief  The perplexity of a text, word by word from a state of zeros. A word that the vocabulary does not have is
 *         skipped, and after it the state is zero again.
 * @param[in,out] m     the run; only `one` is written
 * @param[in]     ids   the text as ids, or -1
 * @param[in]     count how many
 * @return the score
 */
lm_score lm_test(lm *m, const int *ids, int count);

/** What guessing without a network scores. */
typedef struct lm_baselines {
    double uniform; /**< each word alike: V */
    double unigram; /**< each word as often as it was in the training text */
    double bigram;  /**< each word as often as after this one, plus once by its unigram */
} lm_baselines;

/**
 * @brief  Perplexities of counting, on a text; words that the vocabulary does not have are skipped as in lm_test().
 * @param[in]  ids,count   the text that is counted, without unknown words
 * @param[in]  V           vocabulary size
 * @param[in]  test,length the text that is predicted
 * @param[out] out         the perplexities
 * @return false where memory is short
 */
bool lm_count(const int *ids, int count, int V, const int *test, int length, lm_baselines *out);

/**
 * @brief  Write words: each is drawn with the probabilities that the ones before give.
 * @param[in,out] m           the run; `one`, y and p are written
 * @param[in]     prime       ids to begin with, at least one
 * @param[in]     primes      how many
 * @param[in]     n           words to draw
 * @param[in]     temperature 1: the network's own probabilities; 0: always the likeliest
 * @param[in,out] draws       the random numbers
 * @param[out]    ids         n ids
 * @return how many were drawn: fewer than n where the network's numbers are no longer finite
 */
int lm_sample(lm *m, const int *prime, int primes, int n, double temperature, rng *draws, int *ids);

#endif
