/**
 * @file  runlog.h
 * @brief The files that a training run appends to: the log (a tab-separated table) and the samples.
 *
 * A resumed run goes on behind what its checkpoint has: anything later is cut off, so that an interrupted and resumed
 * run leaves the same files as an uninterrupted one. Anything earlier must be there. No file is changed before
 * runlog_begin(), so that a run that is refused leaves all files as they were:
 *
 *     runlog_plan() of each file     reads it and decides what to keep
 *     runlog_open() of each file     opens and locks it
 *     runlog_begin() of each file    cuts it, or writes its head
 *     runlog_close()                 or runlog_drop(), if another file was refused
 */
#ifndef RUNLOG_H
#define RUNLOG_H

#include "say.h"

#include <stddef.h>
#include <stdio.h>

/** The kinds of files. */
typedef enum runlog_kind {
    RUNLOG_ROWS,   /**< lines that start with the iteration's number, after head lines */
    RUNLOG_SAMPLES /**< `---- iter N`, a newline, the text, a newline, and so on */
} runlog_kind;

/** What a run writes into a file, and so what it expects there when it goes on. A part is a row or a sample. */
typedef struct runlog_form {
    runlog_kind kind; /**< its kind */
    const char *head; /**< what a new file begins with; "" for samples */
    int first;        /**< number of the first part of a whole run */
    int from;         /**< number of the first part of this run: those from here on are cut off */
    int end;          /**< all parts of the run have smaller numbers */
    int every;        /**< from number to number; 0: no parts */
    int length;       /**< characters of a sample */
    bool resumed;     /**< parts before `from` must be there; else: this run's file, or empty */
    bool by_epochs;   /**< parts are numbered by epochs, for the messages */
    bool force;       /**< replace any other file, and do without missing parts */
} runlog_form;

/** A file of a run. */
typedef struct runlog {
    FILE *stream;     /**< where to write; NULL: no file is wanted */
    const char *path; /**< its name, owned by the caller */
    const char *head; /**< what it begins with, owned by the caller */
    bool exists;      /**< it was there before */
    bool regular;     /**< neither a device nor a pipe */
    bool fresh;       /**< it starts anew, with its head */
    size_t size;      /**< bytes that it had */
    size_t keep;      /**< bytes that stay */
    char told[600];   /**< what the user should know: one line, or "" */
} runlog;

/**
 * @brief  Look at a file, and decide what to keep. Changes nothing.
 * @param[out] l    the file
 * @param[in]  path its name; NULL: no file is wanted, and all functions do nothing
 * @param[in]  f    what the run writes
 * @param[out] e    why it cannot be used: it is no file of this run, or parts are missing
 * @return true if it can
 */
bool runlog_plan(runlog *l, const char *path, const runlog_form *f, error *e);

/**
 * @brief  Open and lock a file, without changing it; if it does not exist it is created, empty.
 * @param[in,out] l the file
 * @param[out]    e why it cannot be written: also if another run writes it
 * @return true on success
 */
bool runlog_open(runlog *l, error *e);

/**
 * @brief  Cut off what is not kept. A new file gets its head.
 * @param[in,out] l the file
 * @param[out]    e why it could not be written
 * @return true on success
 */
bool runlog_begin(runlog *l, error *e);

/**
 * @brief Close a file, and remove it if runlog_open() created it.
 * @param[in,out] l the file
 */
void runlog_drop(runlog *l);

/**
 * @brief  Start a table that replaces an old one, but no other file: plan, open, begin.
 * @param[out] l    the file
 * @param[in]  path its name; NULL: no file is wanted
 * @param[out] e    why it could not be opened
 * @return true on success
 */
bool runlog_table(runlog *l, const char *path, error *e);

/**
 * @brief  Start several tables, as runlog_table() does. None is changed if one is refused.
 * @param[out] l    the files
 * @param[in]  path their names
 * @param[in]  n    how many
 * @param[out] e    why one could not be opened
 * @return true on success
 */
bool runlog_tables(runlog *l[], const char *const path[], int n, error *e);

/**
 * @brief  Are two files different ones?
 * @param[in]  a,b their names; NULL: none
 * @param[out] e   that they are the same
 * @return true if they are different
 */
bool runlog_apart(const char *a, const char *b, error *e);

/**
 * @brief  Flush the file.
 * @param[in,out] l the file
 * @param[out]    e why it could not be written, now or before
 * @return true on success
 */
bool runlog_flush(runlog *l, error *e);

/**
 * @brief  Flush the file to the disk, so that it survives a crash of the system.
 * @param[in,out] l the file
 * @param[out]    e why it could not be written, now or before
 * @return true on success
 */
bool runlog_sync(runlog *l, error *e);

/**
 * @brief  Flush and close the file.
 * @param[in,out] l the file; closed even on failure
 * @param[out]    e why it could not be written
 * @return true on success
 */
bool runlog_close(runlog *l, error *e);

#endif
