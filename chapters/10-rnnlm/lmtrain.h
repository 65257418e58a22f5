/**
 * @file  lmtrain.h
 * @brief The training of the word language model: mini-batches, plain gradient descent, perplexity.
 *
 * Perplexity is e to the power of the mean loss per word: the number of equally likely words that would be as hard to
 * guess. If every next word gets probability 0.8, it is 1/0.8 = 1.25; at 0.2 it is 5.
 */
#ifndef LMTRAIN_H
#define LMTRAIN_H

#include "timestack.h"

enum { LM_MOST = 46340 /**< the most for batch and for time: their product and 1 fit an int */ };

/** The options of a run. */
typedef struct lm_options {
    int batch;            /**< sequences side by side, N */
    int wordvec;          /**< size of a word vector, D */
    int hidden;           /**< H */
    int time;             /**< steps per block, T */
    double learning_rate; /**< of plain gradient descent */
    uint32_t seed;        /**< of the random numbers */
} lm_options;

/** A run. */
typedef struct lm {
    lm_options options; /**< its options */
    const int *ids;     /**< the ids of the text to train on, owned by the caller */
    int count;          /**< how many */
    int V;              /**< vocabulary size */
    timestack *s;       /**< the network, over mini-batches */
    timestack *one;     /**< the network for one word at a time, for testing and sampling */
    rng draws;          /**< the random numbers */
    int epoch;          /**< epochs done */
    int iteration;      /**< iterations done in the current epoch */
    int time_idx;       /**< words read by each sequence, modulo count - 1 */
    double sum;         /**< of the losses in the current epoch */
    int *xs;            /**< T N ids of the current block */
    int *ts;            /**< their targets */
    mat *y;             /**< V x 1, scratch of lm_sample(): the scores */
    mat *p;             /**< V x 1, the same: the probabilities */
} lm;

/** The options of seed 003. */
extern const lm_options lm_defaults;

/**
 * @brief  The least number of words for a run: enough that each sequence of the batch starts elsewhere, and that an
 *         epoch has a block.
 * @param[in] o the options
 * @return batch x time + 1
 */
long lm_least(const lm_options *o);

/**
 * @brief  A new run.
 * @param[in] o     the options
 * @param[in] ids   the ids of the text, each 0 to V - 1; must outlive the run; NULL: none, for sampling only
 * @param[in] count at least lm_least()
 * @param[in] V     vocabulary size
 * @return the run, which the caller frees with lm_free(); NULL on out of memory
 */
lm *lm_new(const lm_options *o, const int *ids, int count, int V);

/**
 * @brief Free a run.
 * @param m the run; NULL is allowed
 */
void lm_free(lm *m);

/**
 * @brief  Iterations per epoch: (count - 1) / (batch x time).
 * @param[in] m the run
 * @return the number, at least 1
 */
int lm_iterations(const lm *m);

/**
 * @brief The next block: sequence n starts at n x (count - 1) / batch, and wraps around at the end of the text.
 *        Advances time_idx.
 * @param[in,out] m the run; its xs and ts are set
 */
void lm_batch(lm *m);

/**
 * @brief  One iteration: block, forward, backward, gradient descent. Counts it and adds its loss to sum.
 * @param[in,out] m the run
 * @return the mean loss of the block before the update, in nat
 */
double lm_step(lm *m);

/**
 * @brief  Was that the last iteration of its epoch? If so, counts the epoch and starts the next one.
 * @param[in,out] m          the run, after lm_step()
 * @param[out]    perplexity of the epoch, e to the power of its mean loss; set if the epoch is over
 * @return true if it is over
 */
bool lm_epoch_done(lm *m, double *perplexity);

/** The result of a test. */
typedef struct lm_score {
    double perplexity; /**< nan if no word was predicted */
    int counted;       /**< predicted words */
    int skipped;       /**< unknown words */
} lm_score;

/**
 * @brief  The perplexity of a text, word by word from a state of zeros. Unknown words are skipped, and the state is
 *         reset to zero after them.
 * @param[in,out] m     the run; only `one` is written
 * @param[in]     ids   the ids of the text; -1: unknown
 * @param[in]     count how many
 * @return the score
 */
lm_score lm_test(lm *m, const int *ids, int count);

/** Perplexities of guessing without a network. */
typedef struct lm_baselines {
    double uniform; /**< all words equally likely: V */
    double unigram; /**< by each word's frequency in the training text, P(b) */
    double bigram;  /**< after the word a, by (count of ab + P(b)) / (count of a + 1) */
} lm_baselines;

/**
 * @brief  The perplexities of counting; unknown words are skipped as in lm_test().
 * @param[in]  ids,count   the text to count in, without unknown words
 * @param[in]  V           vocabulary size
 * @param[in]  test,length the text to predict
 * @param[out] out         the perplexities
 * @return false on out of memory
 */
bool lm_count(const int *ids, int count, int V, const int *test, int length, lm_baselines *out);

/**
 * @brief  Sample words, each with the probabilities predicted after the previous ones.
 * @param[in,out] m           the run; `one`, y and p are written
 * @param[in]     prime       ids to start with, at least one
 * @param[in]     primes      how many
 * @param[in]     n           words to draw
 * @param[in]     temperature 1: the network's own probabilities; 0: always the likeliest
 * @param[in,out] draws       the random numbers
 * @param[out]    ids         n ids
 * @return how many were drawn: fewer than n if the network's numbers are no longer finite
 */
int lm_sample(lm *m, const int *prime, int primes, int n, double temperature, rng *draws, int *ids);

#endif
