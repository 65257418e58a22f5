/**
 * @file  corpus.h
 * @brief A text as words: each different word gets an id, in the order in which they first appear.
 *
 * Words stand between spaces; a line's end is the word `<eos>`, as it is in the Penn Treebank files (seed 003).
 */
#ifndef CORPUS_H
#define CORPUS_H

#include "text.h"

enum { CORPUS_UNKNOWN = -1 /**< the id of a word that the vocabulary does not have */ };

/** A text as ids. */
typedef struct corpus {
    int count;   /**< words */
    int *ids;    /**< their ids, 0 to V - 1, or CORPUS_UNKNOWN */
    int known;   /**< the vocabulary was made of the first so many words */
    int V;       /**< different words among them */
    char **word; /**< V strings: the vocabulary */
    char *bytes; /**< where they stand */
} corpus;

/**
 * @brief  Make ids of a text's words.
 * @param[in]  t     the text
 * @param[in]  known the vocabulary is made of the first so many words; 0: of all
 * @param[in]  most  read no more words than this; 0: all
 * @return the corpus, which the caller frees with corpus_free(); NULL where memory is short
 */
corpus *corpus_new(const text *t, int known, int most);

/**
 * @brief  A vocabulary without a text, as a checkpoint holds it.
 * @param[in] words V words, each ended by a line end
 * @param[in] size  bytes in all
 * @return the corpus with no ids, which the caller frees with corpus_free(); NULL where memory is short or
 *         two words are the same
 */
corpus *corpus_of_words(const char *words, size_t size);

/**
 * @brief Give a corpus back.
 * @param c the corpus; NULL is allowed
 */
void corpus_free(corpus *c);

/**
 * @brief  A word's id.
 * @param[in] c    the corpus
 * @param[in] word the word
 * @return its id, or CORPUS_UNKNOWN
 */
int corpus_find(const corpus *c, const char *word);

#endif
