/**
 * @file  npy.h
 * @brief One record of named arrays in a file that NumPy opens: `np.load(path)["Wxh"]`.
 *
 * The format is NumPy's .npy, version 1.0 (2.0 and 3.0 are read, too), with a structured dtype: a header with the
 * fields' names, types and shapes, then the fields' bytes, one after another; little-endian on every machine. What
 * `np.save` makes of a record that `np.load` has opened is the same file again.
 */
#ifndef NPY_H
#define NPY_H

#include "say.h"

#include <stddef.h>
#include <stdint.h>

/** What each of these files begins with. */
#define NPY_BEGINS "\x93NUMPY"

enum { NPY_FIELDS = 128 /**< the most fields that a record may have */ };

/** A field: an array of numbers. */
typedef struct npy_field {
    const char *name; /**< letters, digits and _, at most 31 */
    char type;        /**< 'f' (floating point), 'i' (signed) or 'u' (unsigned integer) */
    int bytes;        /**< per number, 1 to 8 */
    int rows;         /**< length of the first dimension; 0: a single number */
    int cols;         /**< length of the second dimension; 0: none */
    void *data;       /**< the numbers, row by row */
} npy_field;

/** A record in memory. */
typedef struct npy {
    char *bytes;      /**< the file's contents */
    npy_field *field; /**< its fields; their data are in `bytes` */
    int fields;       /**< number of fields */
    char *names;      /**< the fields' names */
} npy;

/**
 * @brief  Write a record. An old file is unchanged until the new one is complete.
 * @param[in]  path   the file
 * @param[in]  field  the fields
 * @param[in]  fields how many, at most NPY_FIELDS
 * @param[out] e      why it could not be written
 * @return true on success
 */
bool npy_write(const char *path, const npy_field *field, int fields, error *e);

/**
 * @brief  A hash of the fields (hash.h): of each its name, type and shape, then its numbers, as in the file.
 * @param[in] field  the fields
 * @param[in] fields how many
 * @return the hash
 */
uint64_t npy_hash(const npy_field *field, int fields);

/**
 * @brief  Read a record. The file is not trusted: every size is checked.
 * @param[in]  path the file
 * @param[out] e    why not: unreadable, not such a file, big-endian, cut short or too long
 * @return the record, which the caller frees with npy_free(); NULL on failure
 */
npy *npy_read(const char *path, error *e);

/**
 * @brief  A record from the bytes of a file.
 * @param[in]  bytes from malloc(); the record has them then, and they are freed on failure
 * @param[in]  size  how many
 * @param[in]  path  the file's name, for the error message
 * @param[out] e     as for npy_read()
 * @return as npy_read()
 */
npy *npy_from_bytes(char *bytes, size_t size, const char *path, error *e);

/**
 * @brief Free a record.
 * @param r the record; NULL is allowed
 */
void npy_free(npy *r);

/**
 * @brief  Find a field by name and type.
 * @param[in] r     the record
 * @param[in] name  its name
 * @param[in] type  'f', 'i' or 'u'
 * @param[in] bytes size of one number
 * @return the field, or NULL if none has this name, type and size
 */
const npy_field *npy_find(const npy *r, const char *name, char type, int bytes);

/**
 * @brief  Copy a field.
 * @param[in]     r    the record
 * @param[in,out] want name, type and shape; gets the data
 * @return true if the record has a field of exactly this name, type and shape
 */
bool npy_get(const npy *r, const npy_field *want);

#endif
