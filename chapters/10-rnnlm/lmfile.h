/**
 * @file  lmfile.h
 * @brief A run of the word language model in one file, from which it goes on bit for bit; `np.load` opens it.
 */
#ifndef LMFILE_H
#define LMFILE_H

#include "corpus.h"
#include "lmtrain.h"
#include "savefile.h"

/**
 * @brief  Save a run. The old file stays whole until the new one is complete.
 * @param[in]  path the file
 * @param[in]  m    the run
 * @param[in]  c    its words
 * @param[out] e    why it could not be written
 * @return true on success
 */
bool lmfile_save(const char *path, const lm *m, const corpus *c, error *e);

/**
 * @brief  The options and the vocabulary of a saved run.
 * @param[in]  file what npy_read() gave
 * @param[in]  path its name, for the error's text
 * @param[out] o    the options
 * @param[out] c    the vocabulary, without a text; the caller frees it with corpus_free(). NULL: not wanted
 * @param[out] e    why it is no file of this program
 * @return true on success
 */
bool lmfile_options(const npy *file, const char *path, lm_options *o, corpus **c, error *e);

/**
 * @brief  Is this the text that the saved run was training on?
 * @param[in] file  what npy_read() gave
 * @param[in] ids   the text at hand
 * @param[in] count how many
 * @return true where it is
 */
bool lmfile_text_is(const npy *file, const int *ids, int count);

/**
 * @brief  The weights and the state of a saved run.
 * @param[in]     file what npy_read() gave
 * @param[in]     path its name, for the error's text
 * @param[in,out] m    a run with the sizes that lmfile_options() told; filled
 * @param[out]    e    why it is no file of this program
 * @return true on success
 */
bool lmfile_state(const npy *file, const char *path, lm *m, error *e);

#endif
