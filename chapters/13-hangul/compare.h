/**
 * @file  compare.h
 * @brief One text, read as bytes, characters and jamo by networks that are otherwise alike, and what each of them pays.
 *
 * The price of a text is the bits that code it with a network's probabilities, all of it: each symbol of each character,
 * line ends, that a syllable has no final consonant, which symbol an unknown one is. Divided by the characters of the
 * text, which are the same for all units, it can be compared; bits per symbol cannot.
 */
#ifndef COMPARE_H
#define COMPARE_H

#include "lmtrain.h"
#include "unit.h"

/** A text as one unit reads it: the part to learn from, and the end of it, which is held out. */
typedef struct reading {
    unit_kind kind;      /**< the unit */
    vocab *v;            /**< the symbols of the part to learn from */
    int *ids;            /**< that part */
    int count;           /**< how many ids */
    int characters;      /**< how many characters they are */
    int *held;           /**< the held-out part, with the line end before it as its first id */
    int held_count;      /**< how many ids, with that one */
    int held_characters; /**< how many characters they are, without it */
    int unknown;         /**< unknown symbols among them */
} reading;

/**
 * @brief  Read a text. The part held out begins with a line.
 * @param[in] kind     the unit
 * @param[in] t        the text: at least two lines, with a line end at its end
 * @param[in] held_out fraction of its bytes, at its end, that is held out, at most
 * @param[in] least    as for unit_vocab()
 * @return the reading, which the caller frees with reading_free(); NULL on out of memory
 */
reading *reading_new(unit_kind kind, const text *t, double held_out, int least);

/**
 * @brief Free a reading.
 * @param r the reading; NULL is allowed
 */
void reading_free(reading *r);

/** What each network is trained with, whatever the unit. */
typedef struct budget {
    int hidden;           /**< H */
    int wordvec;          /**< D, the size of a symbol's vector */
    int batch;            /**< N, sequences side by side */
    int time;             /**< characters of a block; T is as many symbols as these have */
    int epochs;           /**< how often the text is read */
    double learning_rate; /**< of Adagrad */
    double clip;          /**< the most that the norm of a gradient may be */
    uint32_t seed;        /**< of the random numbers */
} budget;

/**
 * @brief  Steps of a block, so that it has as many characters in every unit.
 * @param[in] b the budget
 * @param[in] r the reading
 * @return T, at least 1
 */
int compare_steps(const budget *b, const reading *r);

/**
 * @brief  The number of weights of a network: V D + D H + H H + H + H V + V.
 * @param  V,D,H sizes
 * @return the number
 */
long compare_weights(int V, int D, int H);

/**
 * @brief  The H with which a network has about so many weights.
 * @param  V,D     its other sizes
 * @param  weights how many
 * @return the H with the number nearest to that, at least 1
 */
int compare_hidden(int V, int D, long weights);

/**
 * @brief  Train a network: blocks of chapter 10, gradients clipped by their norm, Adagrad.
 * @param[in] b the budget
 * @param[in] r the reading, with more ids than batch x compare_steps()
 * @return the trained network, which the caller frees with lm_free(); NULL on out of memory
 */
lm *compare_train(const budget *b, const reading *r);

/** The price of the held-out part, in bits. */
typedef struct price {
    double total;    /**< all of it */
    double escapes;  /**< of this, for unknown symbols: that they are unknown, and which they are */
    double ends;     /**< of this, for line ends */
    double no_final; /**< of this, that syllables have no final consonant; 0 but for jamo */
    double orders;   /**< of this, lost to what no text has there: broken UTF-8, lone jamo */
} price;

/**
 * @brief  The price of the held-out part, symbol by symbol from a state of zeros.
 * @param[in,out] m a network that compare_train() has trained; only `one` is written
 * @param[in]     r the reading
 * @return the price; its total is not finite if a probability is 0 or nan
 * @note   An order costs what is lost: if texts cannot have here what was given the probability q, then the right symbol
 *         would have 1 / (1 - q) times its probability, and cost -log2(1 - q) bits less, without that.
 */
price compare_price(lm *m, const reading *r);

#endif
