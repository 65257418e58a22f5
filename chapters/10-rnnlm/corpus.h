/**
 * @file  corpus.h
 * @brief A text as words: each distinct word gets an id, in order of first appearance.
 *
 * Words are separated by spaces; a line end is the word `<eos>`, as in the Penn Treebank files (seed 003).
 */
#ifndef CORPUS_H
#define CORPUS_H

#include "text.h"

enum { CORPUS_UNKNOWN = -1 /**< the id of every unknown word */ };

/** A text as ids. */
typedef struct corpus {
    int count;    /**< number of words */
    int *ids;     /**< their ids, 0 to V - 1, or CORPUS_UNKNOWN */
    int known;    /**< how many of the words, from the first, the vocabulary is from */
    int V;        /**< number of distinct words among these */
    char **word;  /**< V strings: the vocabulary */
    char *bytes;  /**< the memory of the strings */
    int *slot;    /**< hash table of the words: id + 1; 0: empty */
    size_t slots; /**< its size */
} corpus;

/**
 * @brief  Split a text into words and give them ids.
 * @param[in]  t     the text
 * @param[in]  known build the vocabulary from this many words only; 0: from all
 * @param[in]  most  read at most this many words; 0: all
 * @return the corpus, which the caller frees with corpus_free(); NULL on out of memory
 */
corpus *corpus_new(const text *t, int known, int most);

/**
 * @brief  A vocabulary without a text, as stored in a checkpoint.
 * @param[in]  words     V words, each followed by a newline
 * @param[in]  size      size in bytes
 * @param[out] are_words false if a word is none that a text can have, or occurs twice
 * @return the corpus with no ids, which the caller frees with corpus_free(); NULL if they are no words, or on out of
 *         memory
 */
corpus *corpus_of_words(const char *words, size_t size, bool *are_words);

/**
 * @brief Free a corpus.
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

/**
 * @brief  A hash of the known words in their order, to recognize the text that a run trains on.
 * @param[in] c the corpus
 * @return the hash
 */
uint64_t corpus_hash(const corpus *c);

#endif
