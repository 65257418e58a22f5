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
 * @brief  Read a whole file.
 * @param[in]  path the file
 * @param[out] size its size in bytes
 * @param[out] e    why it could not be read
 * @return its bytes, followed by a NUL, which the caller frees with free(); NULL on failure
 */
char *file_read(const char *path, size_t *size, error *e);

/** A file being replaced: written under a temporary name until file_commit(). */
typedef struct file_out {
    FILE *stream;    /**< where to write */
    char *path;      /**< its final name */
    char *temporary; /**< its temporary name; NULL: `path` is a device, written directly */
} file_out;

/**
 * @brief  Begin to replace a file. The old one is unchanged until file_commit().
 * @param[out] out  the new file
 * @param[in]  path its name; may exist or not
 * @param[out] e    why it could not be created
 * @return true on success; then file_commit() or file_discard() must follow
 */
bool file_begin(file_out *out, const char *path, error *e);

/**
 * @brief  Flush the new file to disk and give it its final name.
 * @param[in,out] out the new file; closed and freed
 * @param[out]    e   why it could not be written; the old file is then unchanged
 * @return true on success
 */
bool file_commit(file_out *out, error *e);

/**
 * @brief Delete the new file.
 * @param[in,out] out the new file; closed and freed
 */
void file_discard(file_out *out);

#endif
