/**
 * @file  live.h
 * @brief What a long run needs from the machine: memory, signals, a clock, a progress line on stderr.
 */
#ifndef LIVE_H
#define LIVE_H

#include "say.h"

/**
 * @brief  The machine's memory.
 * @return bytes; infinity if the system does not say
 */
double memory_size(void);

/**
 * @brief  Does this fit in memory? Better to refuse than to let the system swap or kill the program.
 * @param[out] e       how much is needed and how much there is; or that the matrix is too large for an int
 * @param[in]  bytes   how many are needed
 * @param[in]  largest elements of the largest matrix
 * @param[in]  format  printf format of the options and sizes that need them, for the error message
 * @return true if it fits; also if the system does not say how much memory there is
 */
bool memory_fits(error *e, double bytes, double largest, const char *format, ...) SAY_PRINTF(4, 5);

/** Progress on stderr: a line that is overwritten on a terminal, else a new line now and then. */
typedef struct live {
    bool wanted;  /**< false: print nothing */
    bool tty;     /**< stderr is a terminal, and not a dumb one */
    double start; /**< time of the start, in seconds */
    double last;  /**< time of the last line */
} live;

/** Catch the signals that ask a program to end, unless they are ignored: SIGINT (Ctrl-C) and SIGTERM, where a second one
 *  ends the program at once; SIGHUP (the terminal is gone), SIGPIPE (nobody reads the output any more) and SIGXCPU. They
 *  are only noted; a write that blocks fails a second later. Also makes write() fail instead of ending the program if a
 *  file exceeds the size limit. */
void live_catch(void);

/**
 * @brief  Was the run asked to stop?
 * @return the signal's number, or 0
 */
int live_stopped(void);

/**
 * @brief  A clock.
 * @return seconds since a fixed moment
 */
double live_seconds(void);

/**
 * @brief  Start a progress display.
 * @param  wanted false: print nothing
 * @return the progress
 */
live live_begin(bool wanted);

/**
 * @brief  Is it time for a line? On a terminal five times a second, else every ten seconds.
 * @param[in,out] l the progress
 * @return true if it is; l->last is then the current time
 */
bool live_due(live *l);

/**
 * @brief What to print before a line: on a terminal, a return to the start of the line.
 * @param[in] l the progress
 * @return a string
 */
const char *live_before(const live *l);

/**
 * @brief What to print after a line: on a terminal, a code that clears the rest; else a newline.
 * @param[in] l the progress
 * @return a string
 */
const char *live_after(const live *l);

/**
 * @brief Clear the live line before printing something else.
 * @param[in] l the progress
 */
void live_clear(const live *l);

#endif
