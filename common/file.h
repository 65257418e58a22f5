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
 * @brief  Say that a file could not be written, and errno's reason.
 * @param[out] e    gets both
 * @param[in]  path the file
 * @return false
 */
bool file_cannot_write(error *e, const char *path);

/**
 * @brief  Read a whole file.
 * @param[in]  path where it is
 * @param[out] size its bytes
 * @param[out] e    why it could not be read
 * @return the bytes and one NUL after them, which the caller frees with free(); NULL on failure
 */
char *file_read(const char *path, size_t *size, error *e);

/** A file being replaced: written under a temporary name until file_commit(). */
typedef struct file_out {
    FILE *stream;    /**< where to write */
    char *path;      /**< the name that it will have */
    char *temporary; /**< the name that it has; NULL: `path` is a device, written directly */
} file_out;

/**
 * @brief  Begin to replace a file. The old one stays whole until file_commit().
 * @param[out] out  the new file
 * @param[in]  path the name; may exist or not
 * @param[out] e    why it could not be begun
 * @return true on success; then file_commit() or file_discard() must follow
 */
bool file_begin(file_out *out, const char *path, error *e);

/**
 * @brief  Give the new file its name, once all of it is on the disk.
 * @param[in,out] out the new file; gone afterwards
 * @param[out]    e   why it could not be written; the old file is then as it was
 * @return true on success
 */
bool file_commit(file_out *out, error *e);

/**
 * @brief Forget the new file.
 * @param[in,out] out the new file; gone afterwards
 */
void file_discard(file_out *out);

#endif
