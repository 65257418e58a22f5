/**
 * @file  experiment.h
 * @brief One training run on words, from the initial weights to ten guesses, as the programs print it.
 */
#ifndef EXPERIMENT_H
#define EXPERIMENT_H

#include "words.h"

#include <stdio.h>

enum {
    EXPERIMENT_GUESSES = 10, /**< guesses after the training */
    EXPERIMENT_LONGEST = 20  /**< longest guess, in characters */
};

/** A run to make. */
typedef struct experiment {
    const char *text;     /**< one word per line */
    int hidden;           /**< H */
    int passes;           /**< over all words */
    uint32_t seed;        /**< of the weights, then the guesses */
    words_update *update; /**< what to do with each gradient */
    void *with;           /**< passed to update */
    bool print;           /**< print progress lines and the guesses */
    FILE *log;            /**< NULL, or gets the loss of every pass */
    double *losses;       /**< NULL, or gets the loss of every pass */
} experiment;

/** The results of a run. */
typedef struct outcome {
    double loss;  /**< mean loss of the last pass, nat per word */
    double worst; /**< largest mean loss of a pass; nan once the loss is nan */
    int right;    /**< how many guesses were the first word */
    int ended;    /**< how many ended before EXPERIMENT_LONGEST characters */
    int lost; /**< first pass with a loss that is not finite, here or in an earlier run; 0: none */
} outcome;

/**
 * @brief  Run an experiment.
 *
 * Progress lines use the post's counter, which also counts the words of a pass: its `iter 100` is pass 99 with
 * two words ('\n' is one of them) and pass 85 with sixteen (errata S1-6).
 * @param[in]     x what to run
 * @param[in,out] o the results; {0} at first
 * @param[out]    e what is wrong with the text, or out of memory
 * @return true on success
 */
bool experiment_run(const experiment *x, outcome *o, error *e);

/**
 * @brief  Was every loss finite?
 * @param[in]  o the results of the runs, {0} before the first
 * @param[out] e the first pass where it was not
 * @return true if it was
 */
bool experiment_is_finite(const outcome *o, error *e);

/**
 * @brief  Print the results of one experiment for several seeds, one line each.
 * @param[in]  x     what to run; seed, print and log are set here
 * @param[in]  seeds the seeds are 0 .. seeds - 1
 * @param[out] e     as for experiment_run()
 * @return how many runs ended below experiment_floor(); -1 on failure
 */
int experiment_seeds(experiment x, int seeds, error *e);

/**
 * @brief Write the losses of several runs as a table, one column each.
 * @param[in] log    the file; NULL: do nothing
 * @param[in] names  the columns' names, separated by tabs
 * @param[in] losses for each run, the loss of each pass
 * @param[in] runs   how many runs
 * @param[in] passes how many passes
 */
void experiment_table(FILE *log, const char *names, double *const *losses, int runs, int passes);

/**
 * @brief  The lowest loss per word in experiment B without memory: after "to", all that is known is that r follows
 *         with probability 1/15 and a with 14/15.
 * @return -(ln 1/15 + 14 ln 14/15) / 16 nat (errata S1-19)
 */
double experiment_floor(void);

#endif
