/**
 * @file  session.h
 * @brief A long run: its options, resuming, its files, and when to save, to show progress and to stop.
 *
 * The main owns the struct and the loop; nothing here calls back. A trainer does the following, in this order:
 *
 *     session s = {.program = "x train", .until = 1000, .checkpoint = "x.npy"};
 *     session_args(&s, ...)                    its own options and those of session_rows()
 *     session_begin(&s)                        signals; reads the file of --resume, s.saved, or NULL
 *       if s.saved: take the saved options from it, call session_args() again, later take the state
 *     session_open(&s, &run, n, "n\tloss\n")   nothing is written before this; run: what tells it from other runs
 *     while (session_goes_on(&s, n)) {
 *         ... one step, one row to s.log.stream ...
 *         if (!session_is_finite(&s, loss, n)) break;
 *         if (session_line_due(&s)) session_line(&s, false, "%d", n);
 *         if (session_save_due(&s) && !save(...)) break;
 *     }
 *     session_report(&s, n)                    after the last save
 *     return session_end(&s, good)             the exit status
 *
 * where save() calls session_sync() and then savefile_write() to s.checkpoint, so that the log and the samples
 * have everything up to the checkpoint; it writes the checkpoint even if the log could not be written. The number of
 * steps done is saved as `n`, that of epochs as `epoch`.
 */
#ifndef SESSION_H
#define SESSION_H

#include "args.h"
#include "file.h"
#include "live.h"
#include "runlog.h"
#include "savefile.h"
#include "text.h"

#include <stdint.h>

/** The state of a run. */
typedef struct session {
    /* Set by the main, changed by the command line. */
    const char *program;    /**< its name in error messages */
    const char *text_path;  /**< TEXT, the file to train on */
    bool by_epochs;         /**< count epochs instead of iterations */
    bool has_samples;       /**< it writes samples: --samples */
    int until;              /**< --iterations or --epochs: in total, also after --resume */
    int log_every;          /**< --log-every; 0: the default, 1. Not an option of runs by epochs */
    int save_every;         /**< --save-every: seconds between saves; 0: the default, 60 */
    const char *checkpoint; /**< --checkpoint: where to save; NULL: nowhere. By default, --resume */
    const char *best;       /**< a second checkpoint, which the main keeps; NULL: none */
    const char *resume;     /**< --resume: the checkpoint to continue from; NULL: none */
    const char *log_path;   /**< --log; NULL: none */
    const char *samples_path; /**< --samples; NULL: none */
    int sample_every;         /**< iterations from sample to sample; 0: none are written */
    int sample_length;        /**< characters of a sample */
    bool force;               /**< --force: replace files of other runs, do without missing rows */
    bool quiet;               /**< --quiet: print errors only */
    bool check;               /**< --check: check the gradient before and after */
    /* Zero at first. */
    npy *saved;      /**< the file `resume`, from session_begin() to session_open() */
    runlog log;      /**< the log; its stream is NULL if none is wanted */
    runlog samples;  /**< the samples; the same */
    char head[600];  /**< what the log begins with */
    file_lock lock;  /**< the right to write the checkpoint */
    live live;       /**< the progress line */
    int from;        /**< steps done at session_lap() */
    double since;    /**< time of session_lap() */
    double saved_at; /**< when a save was last due */
    error e;         /**< why it failed; printed by session_end() */
} session;

enum {
    SESSION_ROWS = 11, /**< rows of session_rows(), including the end */
    SESSION_FIXED = 16 /**< options that cannot change when resuming, at most */
};

/**
 * @brief The options of all trainers, for an ARGS_ROWS row of the main's table. Also sets their defaults.
 * @param[in,out] s    the run; the rows point into it
 * @param[out]    rows the table
 */
void session_rows(session *s, args_option rows[SESSION_ROWS]);

/**
 * @brief  Read the command line of `train`. Call it again after taking the options of the saved run: the command line
 *         overrides them, but must not change the fixed ones.
 * @param[in,out] s         the run
 * @param[in]     options   the main's table, with that of session_rows()
 * @param[in]     fixed     names of options that cannot change when resuming, numbers or choices, at most
 *                          SESSION_FIXED, then NULL
 * @param[in]     en,ko     what the program does
 * @param[in]     argc,argv as given to main
 * @return ARGS_GO_ON, or the status to exit with; if a fixed option was changed, s->e says which
 */
int session_args(session *s, const args_option *options, const char *const fixed[], const char *en,
                 const char *ko, int argc, char **argv);

/**
 * @brief  Begin: catch signals, refuse a file in two roles (as the text and the log), and read the file of --resume
 *         into s->saved.
 * @param[in,out] s the run
 * @return false if it cannot be read; s->e says why
 */
bool session_begin(session *s);

/**
 * @brief  Read the text to train on; if a byte order mark was left out, say so on stderr, unless --quiet.
 * @param[in,out] s the run
 * @param[out]    t the text, which the caller frees with text_free()
 * @return false if it cannot be read; s->e says why
 */
bool session_text(session *s, text *t);

/**
 * @brief  Is this the text of the saved run?
 * @param[in,out] s    the run, with s->saved
 * @param[in]     hash of this text (savefile_text())
 * @return false if it is another; s->e says so
 */
bool session_same_text(session *s, uint64_t hash);

/**
 * @brief  Open the files that the run writes, and write the log's head. All are looked at before one is changed: a
 *         checkpoint, log or samples of another run are refused unless --force. Cuts off what log and samples have
 *         from later steps, and says so on stderr, unless --quiet. Frees s->saved.
 * @param[in,out] s    the run
 * @param[in]     run  the options and the text, numbers that a checkpoint of the same run has, too
 * @param[in]     done iterations (epochs) done
 * @param[in]     head printf format of the lines that the log begins with, each with a newline
 * @return false if more than s->until are done or a file is refused or cannot be opened; s->e says why
 */
bool session_open(session *s, const savefile *run, int done, const char *head, ...)
    SAY_PRINTF(4, 5);

/**
 * @brief  Is the loss a finite number? If not, more training makes no sense, and nothing may be saved.
 * @param[in,out] s    the run
 * @param[in]     loss of a step
 * @param[in]     n    the iteration (epoch), for the message
 * @return false if it is nan or infinite; s->e says so
 */
bool session_is_finite(session *s, double loss, int n);

/**
 * @brief  Is there more to do?
 * @param[in] s    the run
 * @param[in] done iterations (epochs) done
 * @return false at the end, or after a signal
 */
bool session_goes_on(const session *s, int done);

/**
 * @brief  Is it time to save? If so, restarts the clock.
 * @param[in,out] s the run
 * @return true if --save-every seconds have passed since it was last true
 */
bool session_save_due(session *s);

/**
 * @brief  Flush the log and the samples. After a signal, a pipe waits for session_end(), because its reader may have
 *         stopped, too, and the checkpoint must not wait for it.
 * @param[in,out] s the run
 * @return false on a write error; s->e says which
 */
bool session_flush(session *s);

/**
 * @brief  As session_flush(), and to the disk: a checkpoint that is saved then has its log behind it, also after a
 *         power cut.
 * @param[in,out] s the run
 * @return false on a write error; s->e says which
 */
bool session_sync(session *s);

/**
 * @brief Measure the speed from here on.
 * @param[in,out] s    the run
 * @param[in]     done steps done
 */
void session_lap(session *s, int done);

/**
 * @brief  Speed since session_lap().
 * @param[in] s    the run
 * @param[in] done steps done
 * @return steps per second; 0 if no time has passed
 */
double session_rate(const session *s, int done);

/**
 * @brief  Is it time for a line of progress?
 * @param[in,out] s the run
 * @return true if it is (live_due())
 */
bool session_line_due(session *s);

/**
 * @brief Print a line of progress to stderr, unless --quiet.
 * @param[in] s      the run
 * @param[in] stays  true: keep it; false: on a terminal, the next line overwrites it
 * @param[in] format printf format of the line, without a newline
 */
void session_line(const session *s, bool stays, const char *format, ...) SAY_PRINTF(3, 4);

/**
 * @brief Print to stderr if a signal stopped the run, and which files were written, unless --quiet.
 * @param[in] s    the run
 * @param[in] done iterations (epochs) done
 */
void session_report(const session *s, int done);

/**
 * @brief  Close everything and print what went wrong.
 * @param[in,out] s    the run, at any stage
 * @param[in]     good false: it failed, and s->e says why
 * @return the exit status: 0, 1 on failure, 128 + N if signal N stopped it
 */
int session_end(session *s, bool good);

/** The options of `sample`. */
typedef struct writing {
    const char *program; /**< its name in error messages */
    bool words;          /**< it writes words, else characters */
    const char *path;    /**< the checkpoint */
    const char *prime;   /**< --prime: how the text begins; NULL: none */
    int length;          /**< --length: how many to write after it */
    double temperature;  /**< --temperature; 1 is the network's own */
    uint32_t seed;       /**< --seed */
} writing;

enum { WRITING_ROWS = 5 /**< rows of writing_rows(), including the end */ };

/**
 * @brief The options of `sample`, for an ARGS_ROWS row of a table. Also sets their defaults.
 * @param[in,out] w    program, words and the default length; the rows point into it
 * @param[out]    rows the table
 */
void writing_rows(writing *w, args_option rows[WRITING_ROWS]);

/**
 * @brief  Read the command line of `sample`, if it has no other options.
 * @param[in,out] w         program, words and the default length; the rest is set
 * @param[in]     en,ko     what the program does
 * @param[in]     argc,argv as given to main
 * @return as args_read()
 */
int writing_args(writing *w, const char *en, const char *ko, int argc, char **argv);

/**
 * @brief  Was everything written?
 * @param[in]  w     the options
 * @param[in]  drawn how many characters or words were drawn
 * @param[out] e     that the network's numbers are no longer finite
 * @return true if all were drawn
 */
bool writing_is_whole(const writing *w, int drawn, error *e);

/**
 * @brief  The help, or an error, for a call with neither `train` nor `sample`.
 * @param[in] program   its name
 * @param[in] en,ko     what it is, in a sentence
 * @param[in] argc,argv as given to main
 * @return the exit status: 0 after the help, else 2
 */
int session_usage(const char *program, const char *en, const char *ko, int argc, char **argv);

/**
 * @brief  The same for other commands than `train` and `sample`.
 * @param[in] a         the program: its operands are the commands, "train TEXT | sample CHECKPOINT"
 * @param[in] give      which of them to give: "train or sample", in English and in Korean
 * @param[in] argc,argv as given to main
 * @return the exit status: 0 after the help, else 2
 */
int session_commands(const args *a, const char *const give[2], int argc, char **argv);

#endif
