/**
 * @file  npy.h
 * @brief One record of named arrays in a file that NumPy opens: `np.load(path)["Wxh"]`.
 *
 * The format is NumPy's .npy, version 1.0, with a structured dtype: a head that names the fields,
 * their types and shapes, and then the fields' bytes, one after another; little-endian on every machine.
 */
#ifndef NPY_H
#define NPY_H

#include "say.h"

#include <stddef.h>

enum { NPY_FIELDS = 128 /**< the most fields that a record may have */ };

/** A field: its type is 'f' (floating), 'i' (whole) or 'u' (whole, not negative), with `bytes` each. */
typedef struct npy_field {
    const char *name; /**< letters, digits and _, at most 31 */
    char type;        /**< 'f', 'i' or 'u' */
    int bytes;        /**< 1 to 8 */
    int rows;         /**< length of the first dimension; 0: a single number */
    int cols;         /**< length of the second one; 0: there is none */
    void *data;       /**< the numbers, row by row */
} npy_field;

/** A record in memory. */
typedef struct npy {
    char *bytes;      /**< the file */
    npy_field *field; /**< its fields, with the data in `bytes` */
    int fields;       /**< how many */
    char *names;      /**< the fields' names */
} npy;

/**
 * @brief  Write a record; an old file of that name stays whole until the new one is complete.
 * @param[in]  path   the file
 * @param[in]  field  the fields
 * @param[in]  fields how many, at most NPY_FIELDS
 * @param[out] e      why it could not be written
 * @return true on success
 */
bool npy_write(const char *path, const npy_field *field, int fields, error *e);

/**
 * @brief  Read a record. Nothing of the file is trusted: every size is checked.
 * @param[in]  path the file
 * @param[out] e    unreadable, not such a file, cut short or too long
 * @return the record, which the caller frees with npy_free(); NULL on failure
 */
npy *npy_read(const char *path, error *e);

/**
 * @brief Give a record back.
 * @param r the record; NULL is allowed
 */
void npy_free(npy *r);

/**
 * @brief  Find a field by name and type.
 * @param[in] r     the record
 * @param[in] name  its name
 * @param[in] type  'f', 'i' or 'u'
 * @param[in] bytes of one number
 * @return the field; NULL where there is none with this name, type and size
 */
const npy_field *npy_find(const npy *r, const char *name, char type, int bytes);

/**
 * @brief  Copy a field.
 * @param[in]     r    the record
 * @param[in,out] want name, type and shape; its data is filled
 * @return true where the record has a field of exactly this name, type and shape
 */
bool npy_get(const npy *r, const npy_field *want);

#endif
