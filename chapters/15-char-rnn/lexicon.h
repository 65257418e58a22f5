/**
 * @file  lexicon.h
 * @brief What char-rnn reads at a time, and its numbers: bytes, characters and jamo of chapter 13, words of chapter 10.
 */
#ifndef LEXICON_H
#define LEXICON_H

#include "corpus.h"
#include "unit.h"

enum {
    LEXICON_WORD = UNIT_KINDS, /**< the unit "word", behind those of unit.h */
    LEXICON_UNITS              /**< how many units there are */
};

/** The symbols of a text, each with an id from 0 to V - 1. */
typedef struct lexicon {
    int unit;  /**< a unit_kind or LEXICON_WORD */
    int V;     /**< how many symbols */
    vocab *v;  /**< the symbols, sorted; NULL: they are words */
    corpus *c; /**< the words, by their first appearance; NULL: they are none */
} lexicon;

/**
 * @brief  The symbols of a text.
 * @param[out] x    the lexicon; the caller frees it with lexicon_free()
 * @param[in]  unit a unit_kind or LEXICON_WORD
 * @param[in]  t    the text
 * @param[in]  most take the first so many symbols of it; 0: all
 * @return false on out of memory, or if there is none
 */
bool lexicon_of(lexicon *x, int unit, const text *t, int most);

/**
 * @brief Free a lexicon.
 * @param[in,out] x the lexicon; empty afterwards
 */
void lexicon_free(lexicon *x);

/**
 * @brief  A text as ids.
 * @param[in]  x     the lexicon
 * @param[in]  t     the text
 * @param[out] count how many
 * @return the ids, -1 for an unknown symbol, which the caller frees with free(); NULL on out of memory
 */
int *lexicon_encode(const lexicon *x, const text *t, int *count);

/**
 * @brief  Ids as a text: what was read, or what makes sense of it, see unit_decode(). Words are separated by spaces.
 * @param[in] x   the lexicon
 * @param[in] ids n ids, each 0 to V - 1
 * @param[in] n   how many
 * @return the text, which the caller frees with free(); NULL on out of memory
 */
char *lexicon_decode(const lexicon *x, const int *ids, int n);

/**
 * @brief  A symbol in visible form.
 * @param[out] out TEXT_SHOWN_ROOM bytes
 * @param[in]  x   the lexicon
 * @param[in]  id  0 to V - 1
 * @return out
 */
const char *lexicon_show(char *out, const lexicon *x, int id);

/**
 * @brief  The symbol to begin with if nothing else is told: the line end, so that a line begins.
 * @param[in] x the lexicon
 * @return its id; 0 if the lexicon has none
 */
int lexicon_start(const lexicon *x);

/**
 * @brief  Has it decomposed characters (NFD)?
 * @param[in] x the lexicon
 * @return true if one is a part of a character; always false for jamo, which make no difference
 */
bool lexicon_decomposed(const lexicon *x);

#endif
