/**
 * @file  lmfile.h
 * @brief A run of the word language model saved in one file, from which it can be resumed bit for bit; `np.load` opens
 *        it.
 */
#ifndef LMFILE_H
#define LMFILE_H

#include "corpus.h"
#include "lmtrain.h"
#include "session.h"

/**
 * @brief  The words of a vocabulary as one string, each followed by a newline: what corpus_of_words() reads.
 * @param[in]  c    the words
 * @param[out] size the string's size in bytes
 * @return the string, which the caller frees with free(); NULL on out of memory
 */
char *lmfile_words(const corpus *c, size_t *size);

/**
 * @brief  Save a run. An old file is unchanged until the new one is complete.
 * @param[in]  path the file
 * @param[in]  m    the run
 * @param[in]  c    its words
 * @param[out] e    why it could not be written
 * @return true on success
 */
bool lmfile_save(const char *path, const lm *m, const corpus *c, error *e);

/**
 * @brief  Open the files of a run by session_open(), with the options and the words that tell it from other runs.
 * @param[in,out] s the run
 * @param[in]     m the same
 * @param[in]     c its words
 * @return false if a file is refused or cannot be opened; s->e says why
 */
bool lmfile_open(session *s, const lm *m, const corpus *c);

/**
 * @brief  The options and the vocabulary of a saved run.
 * @param[in]  file from savefile_open()
 * @param[in]  path its name, for the error message
 * @param[out] o    the options
 * @param[out] c    the vocabulary, without a text; the caller frees it with corpus_free(). NULL: not wanted
 * @param[out] e    why it is not a file of this program
 * @return true on success
 */
bool lmfile_options(const npy *file, const char *path, lm_options *o, corpus **c, error *e);

/**
 * @brief  Are these the words that the saved run was training on? The held-out words may be others.
 * @param[in] file from savefile_open()
 * @param[in] c    the words
 * @return true if they are
 */
bool lmfile_text_is(const npy *file, const corpus *c);

/**
 * @brief  The weights and the state of a saved run.
 * @param[in]     file from savefile_open()
 * @param[in]     path its name, for the error message
 * @param[in,out] m    a run with the options from lmfile_options(); gets the state
 * @param[out]    e    why it is not a file of this program
 * @return true on success
 */
bool lmfile_state(const npy *file, const char *path, lm *m, error *e);

#endif
