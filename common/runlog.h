/**
 * @file  runlog.h
 * @brief The files that a training run appends to: the log (a tab-separated table) and the samples.
 *
 * When a run is resumed from a checkpoint, anything in them that was written after the checkpoint is cut off, so
 * that an interrupted and resumed run leaves the same files as an uninterrupted one.
 */
#ifndef RUNLOG_H
#define RUNLOG_H

#include "say.h"

#include <stdio.h>

/** The kinds of files. */
typedef enum runlog_kind {
    RUNLOG_ROWS,   /**< lines that start with the iteration's number, after header lines */
    RUNLOG_SAMPLES /**< `---- iter N`, a newline, the text, a newline, and so on */
} runlog_kind;

/** A file of a run. */
typedef struct runlog {
    FILE *stream;     /**< where to write; NULL: no file is wanted */
    const char *path; /**< its name, owned by the caller */
    bool fresh;       /**< true if the file is empty and needs its header */
} runlog;

/**
 * @brief  Open a file of a run.
 * @param[out] l      the file
 * @param[in]  path   its name; NULL: no file is wanted, and all functions do nothing
 * @param[in]  kind   its kind
 * @param[in]  n      iterations done: rows or samples from iteration n on are cut off; 0: start an empty file
 * @param[in]  length characters of a sample (RUNLOG_SAMPLES)
 * @param[out] e      why it could not be opened
 * @return true on success
 */
bool runlog_open(runlog *l, const char *path, runlog_kind kind, int n, int length, error *e);

/**
 * @brief  Flush the file.
 * @param[in,out] l the file
 * @param[out]    e why it could not be written
 * @return true on success
 */
bool runlog_flush(runlog *l, error *e);

/**
 * @brief  Flush and close the file.
 * @param[in,out] l the file; closed even on failure
 * @param[out]    e why it could not be written
 * @return true on success
 */
bool runlog_close(runlog *l, error *e);

#endif
