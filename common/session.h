/**
 * @file  session.h
 * @brief A long run: its options, the run that it goes on from, its files, when it saves, shows and stops.
 *
 * The main owns the struct and drives; nothing here calls back. A trainer is, in this order:
 *
 *     session s = {.program = "x train", .until = 1000, .checkpoint = "x.npy"};
 *     session_args(&s, ...)                    its own options, and session_rows()
 *     session_begin(&s)                        signals; s.saved is the file that --resume names, or NULL
 *       where s.saved: take the saved options from it, session_args() again, and later the state
 *     session_open(&s, n, 0)                   nothing is written before
 *     while (session_goes_on(&s, n)) {
 *         ... one step, one row to s.log.stream ...
 *         if (session_line_due(&s)) session_line(&s, false, "%d", n);
 *         if (session_save_due(&s) && !save(...)) break;
 *     }
 *     session_report(&s, n)                    after the last save
 *     return session_end(&s, good)             the exit status
 *
 * and its save is session_flush() and then savefile_write() to s.checkpoint, so that the log and the samples
 * never lack what the checkpoint knows of.
 */
#ifndef SESSION_H
#define SESSION_H

#include "args.h"
#include "live.h"
#include "runlog.h"
#include "savefile.h"

#include <stdint.h>

/** A run as its main sees it. */
typedef struct session {
    /* The main sets these, and the command line changes them. */
    const char *program;      /**< as its errors begin */
    const char *text_path;    /**< TEXT, what it learns */
    bool by_epochs;           /**< it is counted in epochs, else in iterations */
    bool has_samples;         /**< it writes samples: --samples */
    int until;                /**< --iterations or --epochs: in all, also after --resume */
    int log_every;            /**< --log-every; 0 at first: 1. A run of epochs has no such option */
    int save_every;           /**< --save-every: seconds from save to save; 0 at first: 60 */
    const char *checkpoint;   /**< --checkpoint: where the run is saved; NULL: nowhere */
    const char *resume;       /**< --resume: what it goes on from; NULL: it starts anew */
    const char *log_path;     /**< --log; NULL: none */
    const char *samples_path; /**< --samples; NULL: none */
    bool quiet;               /**< --quiet: nothing is said but errors */
    bool check;               /**< --check: the gradient is checked, before and after */
    /* What follows is zero at first. */
    npy *saved;      /**< what `resume` names, from session_begin() to session_open() */
    runlog log;      /**< the log: its stream is NULL where none is wanted */
    runlog samples;  /**< the samples: the same */
    live live;       /**< the line that is written over */
    int from;        /**< session_lap(): how far the run was then */
    double since;    /**< and when that was */
    double saved_at; /**< when it was last due to be saved */
    error e;         /**< why it failed: session_end() prints it */
} session;

enum { SESSION_ROWS = 10 /**< rows that session_rows() fills, its end included */ };

/**
 * @brief The options that all trainers have, for an ARGS_ROWS row of the main's table; and their defaults.
 * @param[in]  s    the run; the rows point into it
 * @param[out] rows the table
 */
void session_rows(session *s, args_option rows[SESSION_ROWS]);

/**
 * @brief  Read the command line of `train`. A second time, when the main has taken the options of the saved run, the
 *         command line comes over them; what the saved run's sizes depend on must stay.
 * @param[in,out] s         the run
 * @param[in]     options   the main's, with those of session_rows()
 * @param[in]     fixed     names of number options that a saved run cannot change, at most 8, and a NULL
 * @param[in]     en,ko     what it does
 * @param[in]     argc,argv as given to main
 * @return ARGS_GO_ON; or the status to exit with: the second time, s->e says what cannot change
 */
int session_args(session *s, const args_option *options, const char *const fixed[], const char *en,
                 const char *ko, int argc, char **argv);

/**
 * @brief  Begin: signals are caught, and the file that --resume names is read into s->saved.
 * @param[in,out] s the run
 * @return false where it cannot be read; s->e says why
 */
bool session_begin(session *s);

/**
 * @brief  Is the text at hand that of the saved run?
 * @param[in,out] s    the run, with s->saved
 * @param[in]     hash of the text at hand (savefile_text())
 * @return false where it is another; s->e says so
 */
bool session_same_text(session *s, uint64_t hash);

/**
 * @brief  Open what the run writes, before the first step: whatever cannot be written is refused now. What log and
 *         samples have of later steps than the run knows of is cut off. s->saved is freed.
 * @param[in,out] s      the run
 * @param[in]     done   iterations (epochs) that are behind it
 * @param[in]     length characters of a sample
 * @return false where it cannot go on or a file cannot be opened; s->e says why
 */
bool session_open(session *s, int done, int length);

/**
 * @brief  Is there more to do?
 * @param[in] s    the run
 * @param[in] done iterations (epochs) so far
 * @return false where it has come to its end, or a signal came
 */
bool session_goes_on(const session *s, int done);

/**
 * @brief  Is it time to save? Asked once a step; the clock starts again when it is.
 * @param[in,out] s the run
 * @return true where --save-every seconds have passed
 */
bool session_save_due(session *s);

/**
 * @brief  Bring the log and the samples to their files.
 * @param[in,out] s the run
 * @return false on a write error; s->e says which
 */
bool session_flush(session *s);

/**
 * @brief Count speed from here.
 * @param[in,out] s    the run
 * @param[in]     done how far it is
 */
void session_lap(session *s, int done);

/**
 * @brief  Speed since session_lap().
 * @param[in] s    the run
 * @param[in] done how far it is
 * @return steps a second; 0 where no time has passed
 */
double session_rate(const session *s, int done);

/**
 * @brief  Is it time for a line of progress?
 * @param[in,out] s the run
 * @return true where it is (live_due())
 */
bool session_line_due(session *s);

/**
 * @brief Write a line of progress to stderr, unless --quiet.
 * @param[in] s      the run
 * @param[in] stays  true: it stays; false: on a terminal the next one is written over it
 * @param[in] format printf format of the line, no line end
 */
void session_line(const session *s, bool stays, const char *format, ...) SAY_PRINTF(3, 4);

/**
 * @brief Tell on stderr that a signal stopped the run, and what files it has written, unless --quiet.
 * @param[in] s    the run
 * @param[in] done how far it is
 */
void session_report(const session *s, int done);

/**
 * @brief  Close everything, print what went wrong.
 * @param[in,out] s    the run, whatever of the above was called
 * @param[in]     good false: it failed, and s->e says why
 * @return the exit status: 0, 1 on failure, 128 + N where signal N stopped it
 */
int session_end(session *s, bool good);

/** What a trained network is to write: `sample`. */
typedef struct writing {
    const char *program; /**< as its errors begin */
    bool words;          /**< it writes words, else characters */
    const char *path;    /**< the checkpoint */
    const char *prime;   /**< --prime: how the text begins; NULL: nothing is given */
    int length;          /**< --length: so many more */
    double temperature;  /**< --temperature; 1 is the network's own */
    uint32_t seed;       /**< --seed */
} writing;

/**
 * @brief  Read the command line of `sample`.
 * @param[in,out] w         program, words and the default length; the rest is set
 * @param[in]     en,ko     what it does
 * @param[in]     argc,argv as given to main
 * @return as args_read()
 */
int writing_args(writing *w, const char *en, const char *ko, int argc, char **argv);

/**
 * @brief  Was all of it written?
 * @param[in]  w     what was to be written
 * @param[in]  drawn what was drawn of its length
 * @param[out] e     that the network's numbers are no longer finite
 * @return true where all was drawn
 */
bool writing_is_whole(const writing *w, int drawn, error *e);

/**
 * @brief  What a program says that was called with neither `train` nor `sample`. It is done then (say_done()).
 * @param[in] program   its name
 * @param[in] en,ko     what it is, in a sentence
 * @param[in] argc,argv as given to main
 * @return the exit status: 0 after the help, else 2
 */
int session_usage(const char *program, const char *en, const char *ko, int argc, char **argv);

#endif
