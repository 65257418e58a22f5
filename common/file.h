/**
 * @file  file.h
 * @brief Whole files: read at once, or replaced at once.
 */
#ifndef FILE_H
#define FILE_H

#include "say.h"

#include <stddef.h>
#include <stdio.h>

/**
 * @brief  Set an error that says that a file could not be written, and errno's reason.
 * @param[out] e    the error
 * @param[in]  path the file
 * @return false
 */
bool file_cannot_write(error *e, const char *path);

/**
 * @brief  Read a whole file, of at most half the machine's memory; from a pipe or a device, at most INT_MAX bytes.
 * @param[in]  path the file
 * @param[out] size its size in bytes
 * @param[out] e    why it could not be read
 * @return its bytes, followed by a NUL, which the caller frees with free(); NULL on failure
 */
char *file_read(const char *path, size_t *size, error *e);

/**
 * @brief  file_read() of a file of limited size. A larger one is not read, or no further than that.
 * @param[in]  path the file
 * @param[in]  most how many bytes it may have
 * @param[out] size its size in bytes
 * @param[out] e    why it could not be read
 * @return as file_read()
 */
char *file_read_most(const char *path, size_t most, size_t *size, error *e);

/**
 * @brief  Do two paths name the same file? Links are followed, also one to a file that does not exist yet.
 * @param  a,b the paths; NULL: none, which is the same as no other
 * @return true if they do, or would once the file exists
 */
bool file_same(const char *a, const char *b);

/**
 * @brief  Is there a regular file of this name? A link counts as what it leads to.
 * @param[in] path the name; NULL is allowed
 * @return false if there is none, or a folder, pipe or device
 */
bool file_is_regular(const char *path);

/**
 * @brief  Does the standard output or the standard error go into this file?
 * @param[in] path the file; NULL: none
 * @return true if it is a regular file that one of them goes to
 */
bool file_is_printed(const char *path);

#define FILE_LOCK ".lock" /**< end of the name of a file's lock, beside it */
#define FILE_PART ".part" /**< end of the name of a file while it is written */

/**
 * @brief  The name of a file beside the one that a path leads to; links are followed.
 * @param[in]  path the path; may lead to no file yet
 * @param[in]  end  what is added to the file's name
 * @param[out] e    out of memory, or the links lead in a circle
 * @return the name, to be freed by the caller; NULL on failure
 */
char *file_beside(const char *path, const char *end, error *e);

/** The right to write a file, which only one process has; it ends with the process. Zero: no right. */
typedef struct file_lock {
    int fd;     /**< open as long as the right lasts */
    char *path; /**< the lock file: the file's name and FILE_LOCK; NULL: nothing is locked */
} file_lock;

/**
 * @brief  Take the right to write a file. Of no effect on what is no regular file, and where the system has no locks.
 * @param[out] l    the right
 * @param[in]  path the file; may exist or not
 * @param[out] e    who has the right, or why the lock file cannot be created
 * @return true on success; then file_lock_free() must follow
 */
bool file_lock_take(file_lock *l, const char *path, error *e);

/**
 * @brief Give up the right, and remove the lock file.
 * @param[in,out] l the right, or zero
 */
void file_lock_free(file_lock *l);

/**
 * @brief  Lock an open file until it is closed, so that two runs do not write the same one.
 * @param  f the file
 * @return false if another process has locked it; true also if it is not a regular file
 */
bool file_lock_stream(FILE *f);

/**
 * @brief  Set an error that says that another run is writing a file.
 * @param[out] e       the error
 * @param[in]  path    the file
 * @param[in]  process the other process; 0: not known
 * @return false
 */
bool file_is_taken(error *e, const char *path, long process);

/** A file being replaced: written under a temporary name until file_commit(). */
typedef struct file_out {
    FILE *stream;    /**< where to write */
    char *path;      /**< its name, as given */
    char *target;    /**< its final name: `path`, or what `path` is a link to */
    char *temporary; /**< its temporary name: `target` and FILE_PART */
} file_out;

/**
 * @brief  Begin to replace a file. The old one is unchanged until file_commit().
 *
 * A link stays one: the file that it leads to is replaced. A file under more than one name, a read-only one, and what
 * is no regular file are refused. A temporary file that a killed run has left is removed.
 * @param[out] out    the new file
 * @param[in]  path   its name; may exist or not
 * @param[in]  begins how such files begin, at most 64 bytes: a temporary file that begins otherwise is somebody's
 * @param[out] e      why it could not be created
 * @return true on success; then file_commit() or file_discard() must follow
 */
bool file_begin(file_out *out, const char *path, const char *begins, error *e);

/**
 * @brief  Flush the new file to disk and give it its final name.
 * @param[in,out] out the new file; closed and freed
 * @param[out]    e   why it could not be written; there is then the old file or the new one, whole
 * @return true on success
 */
bool file_commit(file_out *out, error *e);

/**
 * @brief Delete the new file.
 * @param[in,out] out the new file; closed and freed
 */
void file_discard(file_out *out);

#endif
