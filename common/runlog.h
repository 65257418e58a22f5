/**
 * @file  runlog.h
 * @brief The files that a training run adds to: the log (a table, tab between columns) and the samples.
 *
 * A run that goes on from a checkpoint may find more in them than the checkpoint knows of: what came
 * after it is cut off, so that an interrupted and resumed run leaves the same files as one in a piece.
 */
#ifndef RUNLOG_H
#define RUNLOG_H

#include "say.h"

#include <stdio.h>

/** How a file is built. */
typedef enum runlog_kind {
    RUNLOG_ROWS,   /**< lines that start with the iteration; others are head lines */
    RUNLOG_SAMPLES /**< `---- iter N`, a line end, the text, a line end */
} runlog_kind;

/** A file of a run. */
typedef struct runlog {
    FILE *stream;     /**< where to write; NULL: no such file is wanted */
    const char *path; /**< its name; the caller keeps it */
    bool fresh;       /**< true where the file is empty and wants its head */
} runlog;

/**
 * @brief  Open a file of a run.
 * @param[out] l      the file
 * @param[in]  path   its name; NULL: none is wanted, and everything below does nothing
 * @param[in]  kind   how it is built
 * @param[in]  n      iterations that are already done: what the file has of later ones is cut off; 0: starts anew
 * @param[in]  length characters of a sample (RUNLOG_SAMPLES)
 * @param[out] e      why it could not be opened
 * @return true on success
 */
bool runlog_open(runlog *l, const char *path, runlog_kind kind, int n, int length, error *e);

/**
 * @brief  Flush; false on a write error.
 * @param[in,out] l the file
 * @param[out]    e why it could not be written
 * @return true on success
 */
bool runlog_flush(runlog *l, error *e);

/**
 * @brief  Flush and close.
 * @param[in,out] l the file; closed afterwards also on failure
 * @param[out]    e why it could not be written
 * @return true on success
 */
bool runlog_close(runlog *l, error *e);

#endif
