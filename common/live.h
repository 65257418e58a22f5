/**
 * @file  live.h
 * @brief What a long run asks of its machine: memory, Ctrl-C, a clock, one line on stderr that is written over.
 */
#ifndef LIVE_H
#define LIVE_H

#include "say.h"

/**
 * @brief  Does this fit into the machine's memory? Refused before the system swaps, or kills.
 * @param[out] e       what is needed and what there is; or that the matrix is larger than an int can count
 * @param[in]  bytes   that are needed
 * @param[in]  largest elements of the largest matrix
 * @param[in]  format  printf format of the options and sizes that need them, for the error's text
 * @return true where it fits, or where the system does not tell
 */
bool memory_fits(error *e, double bytes, double largest, const char *format, ...) SAY_PRINTF(4, 5);

/** Progress on stderr: one live line on a terminal, else a line now and then. */
typedef struct live {
    bool wanted;  /**< false: say nothing */
    bool tty;     /**< stderr is a terminal */
    double start; /**< when it began, in seconds */
    double last;  /**< when the last line was written */
} live;

/** Catch Ctrl-C and SIGTERM: the first is only noted, a second one ends the program. A full disk becomes an error. */
void live_catch(void);

/**
 * @brief  Was the run asked to stop?
 * @return the signal's number, or 0
 */
int live_stopped(void);

/**
 * @brief  A clock.
 * @return seconds since some moment
 */
double live_seconds(void);

/**
 * @brief  Begin.
 * @param  wanted false: nothing will be said
 * @return the progress
 */
live live_begin(bool wanted);

/**
 * @brief  Is it time for a line? On a terminal five times a second, else every ten seconds.
 * @param[in,out] l the progress
 * @return true where it is; live_seconds() of now is in l->last then
 */
bool live_due(live *l);

/**
 * @brief What a line begins with: on a terminal, the way back to its start.
 * @param[in] l the progress
 * @return a string
 */
const char *live_before(const live *l);

/**
 * @brief What a line ends with.
 * @param[in] l the progress
 * @return a string
 */
const char *live_after(const live *l);

/**
 * @brief Wipe the live line, so that something else can be written.
 * @param[in] l the progress
 */
void live_clear(const live *l);

#endif
