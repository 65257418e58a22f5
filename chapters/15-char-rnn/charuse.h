/**
 * @file  charuse.h
 * @brief A trained char-rnn at work: it writes, it tells how well it expects a text, and it shows its states.
 */
#ifndef CHARUSE_H
#define CHARUSE_H

#include "charrun.h"

/**
 * @brief  Open a checkpoint to use its network.
 * @param[out] c    the run, without a text; the caller frees it with charrun_free(), also on failure
 * @param[in]  path the checkpoint
 * @param[out] e    why it cannot be used
 * @return true on success
 */
bool charuse_open(charrun *c, const char *path, error *e);

/**
 * @brief  The name under which the system opens a file: that of the standard input for "-".
 * @param[in] path the name on the command line
 * @return the name
 */
const char *charuse_path(const char *path);

/**
 * @brief  A text as ids, where symbols that the lexicon lacks are refused or left out.
 * @param[in]  x     the lexicon
 * @param[in]  t     the text
 * @param[in]  what  what it is, for the error message: "--prime"
 * @param[in]  skip  leave unknown symbols out, else refuse them
 * @param[out] count how many ids
 * @param[out] left  how many symbols were left out
 * @param[out] e     which symbol is unknown
 * @return the ids, which the caller frees with free(); NULL if one is refused
 */
int *charuse_encode(const lexicon *x, const text *t, const char *what, bool skip, int *count,
                    int *left, error *e);

/** How to write. */
typedef struct charuse_sampling {
    int length;         /**< symbols at most */
    double temperature; /**< 1: the network's own probabilities; 0: always the likeliest */
    int top_k;          /**< choose among so many of the likeliest only; 0: among all */
    const int *stop;    /**< stop behind these ids */
    int stops;          /**< how many; 0: do not */
} charuse_sampling;

/**
 * @brief  Write, beginning in a state of zeros behind some ids.
 * @param[in,out] one    a stack of one sequence
 * @param[in]     prime  ids, at least one
 * @param[in]     primes how many
 * @param[in]     w      how to write
 * @param[in,out] draws  the random numbers: one for each symbol
 * @param[out]    ids    room for w->length ids
 * @param[out]    drawn  how many were drawn, with those of the stop
 * @param[out]    e      out of memory, or the network's numbers are not finite
 * @return true on success
 */
bool charuse_sample(cellstack *one, const int *prime, int primes, const charuse_sampling *w,
                    rng *draws, int *ids, int *drawn, error *e);

/** How well a text was expected. */
typedef struct charuse_score {
    int counted;       /**< symbols predicted */
    int unknown;       /**< symbols that the lexicon lacks */
    double nat;        /**< mean of the predicted, nat per symbol */
    double perplexity; /**< e to the power of that */
    double bits;       /**< bits per character of the text, those left out not counted */
} charuse_score;

/**
 * @brief  How well the network expects a text, from a state of zeros.
 * @param[in,out] c   the run
 * @param[in]     t   the text
 * @param[in]     log gets a row for each symbol: number, symbol, nat. NULL: none
 * @param[out]    s   the score; nan if nothing is predicted
 * @return false on out of memory
 */
bool charuse_read(charrun *c, const text *t, FILE *log, charuse_score *s);

/** What a cell may follow in a text. */
typedef enum charuse_feature {
    CHARUSE_LINE,    /**< characters since the line began */
    CHARUSE_WORD,    /**< characters since the word began */
    CHARUSE_QUOTES,  /**< 1 within quotation marks, else 0 */
    CHARUSE_FEATURES /**< how many there are */
} charuse_feature;

/** Correlations of the cells of a layer with the features. */
typedef struct charuse_cells {
    int layer; /**< 0 for the first */
    int state; /**< 0: h; 1: c */
    /** H numbers from -1 to 1 for each feature; nan if one of the two never changes. */
    double *follows[CHARUSE_FEATURES];
} charuse_cells;

/**
 * @brief  The states of a layer over a text, and which cells follow something in it.
 * @param[in,out] c   the run
 * @param[in]     t   the text
 * @param[in,out] k   layer and state; `follows` is set, and freed by charuse_cells_free()
 * @param[in]     log gets a row for each symbol: number, symbol, H states. NULL: none
 * @return false on out of memory
 */
bool charuse_show(charrun *c, const text *t, charuse_cells *k, FILE *log);

/**
 * @brief Free the correlations.
 * @param[in,out] k the cells
 */
void charuse_cells_free(charuse_cells *k);

#endif
