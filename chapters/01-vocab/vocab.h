/**
 * @file  vocab.h
 * @brief Characters to numbers and back, and the one-hot vector of a number.
 */
#ifndef VOCAB_H
#define VOCAB_H

#include "mat.h"
#include "text.h"

#include <stdint.h>

/** The distinct characters of a text, each with an id from 0 to size - 1. */
typedef struct vocab {
    int size;             /**< V, the number of characters */
    uint32_t *ix_to_char; /**< the character of an id */
    int *char_to_ix;      /**< the id of a character, plus 1; 0 for an unknown character */
} vocab;

/**
 * @brief  The vocabulary of a text, sorted by code point: the same text always gives the same ids.
 * @param[in] t a text
 * @return the vocabulary, which the caller frees with vocab_free(); NULL on out of memory
 * @note   Seed 001 init_data_set, 004 (chars, char_to_ix, ix_to_char), in the unspecified order of a Python set.
 */
vocab *vocab_of(const text *t);

/**
 * @brief  A vocabulary in a given order.
 * @param[in] chars V distinct characters
 * @param[in] V     how many, at least 1
 * @return the vocabulary, which the caller frees with vocab_free(); NULL on out of memory
 */
vocab *vocab_in_order(const uint32_t *chars, int V);

/**
 * @brief Free a vocabulary.
 * @param v the vocabulary; NULL is allowed
 */
void vocab_free(vocab *v);

/**
 * @brief  The id of a character.
 * @param[in] v the vocabulary
 * @param[in] c a code point
 * @return 0 to V - 1, or -1 if the vocabulary has no such character
 */
int vocab_ix(const vocab *v, uint32_t c);

/**
 * @brief  Characters to ids.
 * @param[in]  v  the vocabulary
 * @param[in]  t  a text
 * @param[out] ix t->length ids; -1 for an unknown character
 * @return the index of the first unknown character, or -1
 */
int vocab_encode(const vocab *v, const text *t, int *ix);

/**
 * @brief  Ids to characters.
 * @param[in]  v   the vocabulary
 * @param[in]  ix  n ids, each 0 to V - 1
 * @param[in]  n   how many
 * @param[out] out UTF-8 and a NUL: at most 4 n + 1 bytes
 * @return the number of bytes written, without the NUL
 */
int vocab_decode(const vocab *v, const int *ix, int n, char *out);

/**
 * @brief  x = e_ix: all 0, and 1 at ix.
 * @param[out] x  V x 1
 * @param[in]  ix 0 to V - 1
 * @return x
 */
mat *one_hot(mat *x, int ix);

#endif
