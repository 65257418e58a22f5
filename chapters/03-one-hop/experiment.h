/**
 * @file  experiment.h
 * @brief One training run on words, from the draw of the weights to ten guesses, as the programs print it.
 */
#ifndef EXPERIMENT_H
#define EXPERIMENT_H

#include "words.h"

#include <stdio.h>

enum {
    EXPERIMENT_GUESSES = 10, /**< guesses after the training */
    EXPERIMENT_LONGEST = 20  /**< characters that a guess may have */
};

/** What is run. */
typedef struct experiment {
    const char *text;     /**< one word a line */
    int hidden;           /**< H */
    int passes;           /**< over all words */
    uint32_t seed;        /**< of the weights, and after them of the guesses */
    words_update *update; /**< what is done with each gradient */
    void *with;           /**< handed to update */
    bool print;           /**< print a line every so often, and the guesses */
    FILE *log;            /**< NULL, or where the loss of every pass goes */
    double *losses;       /**< NULL, or room for the loss of every pass */
} experiment;

/** What came of it. */
typedef struct outcome {
    double loss;  /**< mean loss of the last pass, nat per word */
    double worst; /**< the largest mean loss of any pass; nan where one was */
    int right;    /**< how many of the guesses were the first word */
    int ended;    /**< how many ended before they were EXPERIMENT_LONGEST long */
} outcome;

/**
 * @brief  Run it. Memory that is short ends the program.
 *
 * The lines come where the post's come: it counts the words of a pass once more, so that its `iter 100`
 * is pass 99 where there are two words ('\n' is one), and pass 85 where there are sixteen (errata S1-6).
 * @param[in] x what to run
 * @return what came of it
 */
outcome experiment_run(const experiment *x);

/**
 * @brief  Print the results of one experiment for several seeds, a line each.
 * @param[in] x     what to run; seed, print and log are set here
 * @param[in] seeds the seeds are 0 .. seeds - 1
 * @return how many of them ended below experiment_floor()
 */
int experiment_seeds(experiment x, int seeds);

/**
 * @brief Write the losses of several runs as a table, a column each.
 * @param[in] log    where to; NULL: nowhere
 * @param[in] names  the columns' names, with a tab between them
 * @param[in] losses runs arrays of one loss a pass
 * @param[in] runs   how many
 * @param[in] passes how many
 */
void experiment_table(FILE *log, const char *names, double *const *losses, int runs, int passes);

/**
 * @brief  The least that a network without memory pays per word in experiment B: after "to" it can only
 *         guess r or a, with 1 in 15.
 * @return -(ln 1/15 + 14 ln 14/15) / 16 nat (errata S1-19)
 */
double experiment_floor(void);

#endif
