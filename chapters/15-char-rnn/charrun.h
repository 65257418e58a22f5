/**
 * @file  charrun.h
 * @brief A run of char-rnn: the text that it reads, the network that learns it, tests on the part held out, and the file
 *        from which it goes on bit for bit. `np.load` opens that, too.
 */
#ifndef CHARRUN_H
#define CHARRUN_H

#include "charnet.h"
#include "lexicon.h"
#include "session.h"

/** What to train on what. */
typedef struct charrun_options {
    charnet_options net; /**< the network and its training */
    int unit;            /**< what is read at a time, as in lexicon.h */
    int first;           /**< of the text, read the first so many symbols; 0: all */
    double held_out;     /**< fraction of these, at their end, that is held out */
    int every;           /**< iterations from test to test; 0: as charrun_start() chooses */
    double decay; /**< factor of the learning rate after a test that is not the best so far */
    int patience; /**< stop after so many tests in a row that are not the best; 0: do not */
} charrun_options;

/** A run. */
typedef struct charrun {
    charrun_options o; /**< its options */
    lexicon x;         /**< its symbols */
    int *ids;          /**< the text: the part to learn, then the part held out */
    int trained;       /**< ids to learn */
    int held;          /**< ids held out; -1: unknown */
    int dropped;   /**< symbols of the part to learn that the lexicon lacks: they are left out */
    int unknown;   /**< symbols of the part held out that it lacks */
    uint64_t hash; /**< of the text */
    charnet *r;    /**< the network */
    double best;   /**< the least loss of a test, in nat */
    int best_n;    /**< when that was; 0: there was no test */
    int tested;    /**< when the last test was */
    int decays;    /**< how often the learning rate has been multiplied by decay */
    int worse;     /**< tests since then */
} charrun;

/** The options of a run for which nothing is told. */
extern const charrun_options charrun_defaults;

/**
 * @brief  The name of the file that keeps the best checkpoint: that of the last one, with "-best" before ".npy".
 * @param[in] checkpoint the last one; NULL: none
 * @return the name, which the caller frees with free(); NULL if there is none, or on out of memory
 */
char *charrun_best_path(const char *checkpoint);

/**
 * @brief  Read a text: its symbols, if the run has none yet, and their ids.
 * @param[in,out] c    the run, with its options; x if it is already known
 * @param[in]     t    the text
 * @param[in]     path its name, for the error message
 * @param[out]    e    that it is too short, or needs too much memory
 * @return true on success
 */
bool charrun_read(charrun *c, const text *t, const char *path, error *e);

/**
 * @brief  Make the network. Tests are an epoch apart if nothing is told, but at least 100 iterations.
 * @param[in,out] c the run, after charrun_read()
 * @param[out]    e out of memory
 * @return true on success
 */
bool charrun_start(charrun *c, error *e);

/**
 * @brief Free what a run has, but not the struct.
 * @param[in,out] c the run
 */
void charrun_free(charrun *c);

/**
 * @brief  The mean loss of the part held out, from a state of zeros.
 * @param[in,out] c the run
 * @return the mean, in nat; nan if nothing is held out
 */
double charrun_held_out(charrun *c);

/**
 * @brief  Count a test, unless it has been counted: a run that goes on may repeat it. If it is not the best so far, the
 *         learning rate decays.
 * @param[in,out] c    the run
 * @param[in]     loss its result
 * @return true if it is the best so far
 */
bool charrun_tested(charrun *c, double loss);

/**
 * @brief  Has the run's patience come to an end?
 * @param[in] c the run, after a test
 * @return true if so many tests in a row were not the best
 */
bool charrun_is_over(const charrun *c);

/**
 * @brief  Save a run. An old file is unchanged until the new one is complete.
 * @param[in]  path the file
 * @param[in]  c    the run
 * @param[out] e    why it could not be written
 * @return true on success
 */
bool charrun_save(const char *path, charrun *c, error *e);

/**
 * @brief  Open the files of a run by session_open(), with what tells it from other runs.
 * @param[in,out] s the session
 * @param[in]     c the run
 * @return false if a file is refused or cannot be opened; s->e says why
 */
bool charrun_open(session *s, charrun *c);

/**
 * @brief  The options and the symbols of a saved run.
 * @param[in]     file from savefile_open()
 * @param[in]     path its name, for the error message
 * @param[in,out] c    gets o and, if it has none, x
 * @param[out]    e    why it is not a file of this program
 * @return true on success
 */
bool charrun_options_of(const npy *file, const char *path, charrun *c, error *e);

/**
 * @brief  Of a saved run, what its network is: cell, layers, hidden, embed, unit, and its symbols.
 * @param[in]     file from savefile_open()
 * @param[in]     path its name, for the error message
 * @param[in,out] c    gets these
 * @param[out]    e    why it is not a file of this program
 * @return true on success
 */
bool charrun_shape_of(const npy *file, const char *path, charrun *c, error *e);

/**
 * @brief  Have two runs such networks that one can begin with the weights of the other?
 * @param[in] a,b their options
 * @return true if cell, layers, hidden, embed and unit are the same
 */
bool charrun_same_shape(const charrun_options *a, const charrun_options *b);

/**
 * @brief  The weights of a saved run.
 * @param[in]     file from savefile_open()
 * @param[in]     path its name, for the error message
 * @param[in,out] c    a run with the cell, the sizes and the symbols of charrun_options_of()
 * @param[out]    e    why it is not a file of this program
 * @return true on success
 */
bool charrun_weights_of(const npy *file, const char *path, charrun *c, error *e);

/**
 * @brief  The weights and all else that a saved run needs to go on.
 * @param[in]     file from savefile_open()
 * @param[in]     path its name, for the error message
 * @param[in,out] c    a run with the options and the symbols of charrun_options_of()
 * @param[out]    e    why it is not a file of this program
 * @return true on success
 */
bool charrun_state_of(const npy *file, const char *path, charrun *c, error *e);

#endif
