/**
 * @file  checkpoint.h
 * @brief A run saved in one file, from which it can be resumed bit for bit; `np.load` opens it.
 *
 * The fields, between those of savefile.h: the sizes and options; n, p, length, smooth_loss; the five weights (Wxh ...), Adagrad's
 * memories (mWxh ...), hprev; the state of the random numbers with the kept half of a normal pair; the
 * vocabulary as code points; a hash of the whole text, since what is held out is a fraction of it.
 */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include "savefile.h"
#include "train.h"
#include "vocab.h"

/**
 * @brief  Save a run. An old file is unchanged until the new one is complete.
 * @param[in]  path the file
 * @param[in]  r    the run
 * @param[in]  v    the vocabulary
 * @param[in]  hash of the text's bytes (hash.h)
 * @param[out] e    why it could not be written
 * @return true on success
 */
bool checkpoint_save(const char *path, const train *r, const vocab *v, uint64_t hash, error *e);

/**
 * @brief List what tells a run from others: its options and its text.
 * @param[out] f    the list, {0} before; it points to the rest
 * @param[in]  o    the options
 * @param[in]  V    vocabulary size
 * @param[in]  hash of the text's bytes
 */
void checkpoint_run(savefile *f, train_options *o, int *V, uint64_t *hash);

/**
 * @brief  The vocabulary in a file: distinct code points, sorted.
 * @param[in]  file from savefile_open()
 * @param[in]  path its name, for the error message
 * @param[in]  V    how many there must be
 * @param[out] e    why it has none
 * @return the vocabulary, which the caller frees with vocab_free(); NULL on failure
 */
vocab *checkpoint_vocab(const npy *file, const char *path, int V, error *e);

/**
 * @brief  The options and the vocabulary of a saved run.
 * @param[in]  file from savefile_open()
 * @param[in]  path its name, for the error message
 * @param[out] o    the options
 * @param[out] v    the vocabulary, which the caller frees with vocab_free(); NULL: not wanted
 * @param[out] e    why it is not a checkpoint of this program
 * @return true on success
 */
bool checkpoint_options(const npy *file, const char *path, train_options *o, vocab **v, error *e);

/**
 * @brief  The weights of a saved run, for sampling.
 * @param[in]  file from savefile_open()
 * @param[in]  path its name, for the error message
 * @param[out] net  a network of the sizes from checkpoint_options()
 * @param[out] e    why it is not a checkpoint of this program
 * @return true on success
 */
bool checkpoint_weights(const npy *file, const char *path, rnn *net, error *e);

/**
 * @brief  The state of a saved run.
 * @param[in]     file from savefile_open()
 * @param[in]     path its name, for the error message
 * @param[in,out] r    a new run with the options from checkpoint_options(); gets the state
 * @param[out]    e    why it is not a checkpoint of this program
 * @return true on success
 */
bool checkpoint_state(const npy *file, const char *path, train *r, error *e);

#endif
