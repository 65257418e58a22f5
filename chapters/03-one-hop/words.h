/**
 * @file  words.h
 * @brief Training on words by plain gradient descent, and guessing words: the experiment of seed 001.
 *
 * Each word is a separate sequence, starting with h = 0 and ending in '\n'. As in the seed, '\n' itself is trained
 * as a last word and counts in the mean loss.
 */
#ifndef WORDS_H
#define WORDS_H

#include "backward.h"
#include "vocab.h"

/** Words to train on, and the memory for training. */
typedef struct words {
    vocab *vocab;  /**< the characters of all words, and '\n' */
    int end;       /**< the id of '\n' */
    int *ix;       /**< all words, each followed by '\n'; the target of ix[k] is ix[k + 1] */
    int *start;    /**< word i starts at ix[start[i]]; start[count] is the end */
    int count;     /**< number of words, including '\n' */
    mat *h0;       /**< H x 1, zero: the state before a word */
    trace *tr;     /**< results of the forward pass */
    work *scratch; /**< of the backward pass */
    rnn *d;        /**< the gradient of one word */
} words;

/** Updates the weights from the gradient of one word; `with` is its own data. */
typedef void words_update(rnn *net, rnn *d, void *with);

/** One word: 'vector'. Experiment A. */
extern const char words_one[];

/** One 'vector', fourteen 'ectoaxg': only the first letter decides whether r or a follows "to". Experiment B. */
extern const char words_two[];

/**
 * @brief  Split a text into words to train on.
 * @param[in] t one word per line; empty lines are skipped
 * @param[in] H hidden size
 * @return the words, which the caller frees with words_free(); NULL on out of memory
 */
words *words_new(const text *t, int H);

/**
 * @brief Free the words.
 * @param w the words; NULL is allowed
 */
void words_free(words *w);

/**
 * @brief  One pass over all words: forward, backward, update, word after word.
 * @param[in]     w      the words; their scratch is written
 * @param[in,out] net    the network
 * @param[in]     update what to do with each gradient
 * @param[in,out] with   passed to update
 * @return the mean loss of a word, in nat, '\n' included (seed 001 optimize)
 */
double words_pass(words *w, rnn *net, words_update *update, void *with);

/**
 * @brief Plain gradient descent: net -= learning rate * d. A words_update.
 * @param[in,out] net  the network
 * @param[in]     d    the gradient
 * @param[in]     with the learning rate, a double
 */
void words_sgd(rnn *net, rnn *d, void *with);

/**
 * @brief  Guess a word: given its first character, draw the following ones until '\n'.
 * @param[in]     w     the words; their scratch is written
 * @param[in]     net   the network
 * @param[in]     first the first character's id
 * @param[in]     most  the most ids to write, at least 1 (the seed has no such limit)
 * @param[in,out] draws the random numbers
 * @param[out]    ix    the word's ids, including the first, without the end mark
 * @return the number of ids
 * @note   Seed 001 guess_vector.
 */
int words_guess(words *w, const rnn *net, int first, int most, rng *draws, int *ix);

#endif
