/**
 * @file  savefile.h
 * @brief The file of a run: named numbers and matrices, written and read through one list.
 *
 * A trainer lists its variables once, in the file's order; the list has pointers to them. savefile_write() writes
 * their values, savefile_open() opens the file, and savefile_read() sets them. `np.load` opens it, too (npy.h).
 *
 * The file's first field is `version`, its last `checksum`, the hash of all other fields (npy_hash()).
 */
#ifndef SAVEFILE_H
#define SAVEFILE_H

#include "npy.h"
#include "rng.h"

enum {
    SAVEFILE_VERSION = 2, /**< of the format; version 1 had neither version nor checksum */
    SAVEFILE_FIELDS = NPY_FIELDS - 2 /**< the most fields of a list: all but version and checksum */
};

/** A list of named variables; {0} is empty. */
typedef struct savefile {
    npy_field field[SAVEFILE_FIELDS]; /**< in the file's order */
    int fields;                       /**< how many */
    const rng *draws;                 /**< the random numbers in the list; NULL: none */
} savefile;

/**
 * @brief Add an int, at least 0, to the list.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     x    the variable
 */
void savefile_int(savefile *f, const char *name, int *x);

/**
 * @brief Add a seed to the list.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     x    the variable
 */
void savefile_seed(savefile *f, const char *name, uint32_t *x);

/**
 * @brief Add a double, finite and at least 0, to the list.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     x    the variable
 */
void savefile_double(savefile *f, const char *name, double *x);

/**
 * @brief Add an array of unsigned integers to the list, such as a vocabulary.
 * @param[in,out] f     the list
 * @param[in]     name  of the field
 * @param[in]     bytes size of one number
 * @param[in]     count how many
 * @param[in]     x     the array
 */
void savefile_array(savefile *f, const char *name, int bytes, int count, void *x);

/**
 * @brief Add the hash of the training text to the list, for savefile_text_is().
 * @param[in,out] f    the list
 * @param[in]     hash the variable (hash.h)
 */
void savefile_text(savefile *f, uint64_t *hash);

/**
 * @brief Add matrices to the list.
 * @param[in,out] f    the list
 * @param[in]     name n names
 * @param[in]     A    n matrices
 * @param[in]     n    how many
 */
void savefile_mats(savefile *f, const char *const name[], mat *const A[], int n);

/**
 * @brief Add a matrix to the list.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     A    the matrix
 */
void savefile_mat(savefile *f, const char *name, mat *A);

/**
 * @brief Add the state of the random numbers to the list, with the kept number of a normal pair.
 * @param[in,out] f     the list
 * @param[in]     draws the random numbers
 */
void savefile_rng(savefile *f, rng *draws);

/**
 * @brief  Write the listed variables. An old file is unchanged until the new one is complete.
 * @param[in]  f    the list
 * @param[in]  path the file
 * @param[out] e    why it could not be written: also if a number is not finite, after a step too large
 * @return true on success
 */
bool savefile_write(const savefile *f, const char *path, error *e);

/**
 * @brief  Open the file of a run: npy_read() and savefile_check().
 * @param[in]  path the file
 * @param[out] e    why not
 * @return the file, which the caller frees with npy_free(); NULL on failure
 */
npy *savefile_open(const char *path, error *e);

/**
 * @brief  Has the file this program's version, and has nothing changed its numbers?
 * @param[in]  file from npy_read()
 * @param[in]  path its name, for the error message
 * @param[out] e    that it is of another version or damaged
 * @return true if all is well
 */
bool savefile_check(const npy *file, const char *path, error *e);

/**
 * @brief  Set the listed variables from a file, which must have all fields, with the same types and shapes, and
 *         possible values: every floating-point number finite, every int and double at least 0.
 * @param[in]  f    the list; its variables are set
 * @param[in]  file from savefile_open()
 * @param[in]  path its name, for the error message
 * @param[out] e    which field is missing, different or impossible
 * @return true on success
 */
bool savefile_read(const savefile *f, const npy *file, const char *path, error *e);

/**
 * @brief  Does the file have this matrix? Check this before trusting the sizes in a file.
 * @param[in]  file      from savefile_open()
 * @param[in]  path      its name, for the error message
 * @param[in]  name      of the matrix
 * @param[in]  rows,cols its shape
 * @param[out] e         that it does not, or that it was written by a build with the other REAL
 * @return true if it does
 */
bool savefile_has(const npy *file, const char *path, const char *name, int rows, int cols,
                  error *e);

/**
 * @brief  The first listed variable that the file does not have with this value.
 * @param[in] f    the list
 * @param[in] file from npy_read()
 * @return its name; NULL: the file has them all
 */
const char *savefile_other(const savefile *f, const npy *file);

/**
 * @brief  Is this the text that the saved run was training on?
 * @param[in] file from savefile_open()
 * @param[in] hash of this text
 * @return true if it is
 */
bool savefile_text_is(const npy *file, uint64_t hash);

/** The name of the field of savefile_text(). */
extern const char savefile_text_name[];

/**
 * @brief  Set an error that says that a file is not this program's.
 * @param[out] e     the error
 * @param[in]  path  the file
 * @param[in]  field the field that is missing or invalid
 * @return false
 */
bool savefile_refuse(error *e, const char *path, const char *field);

#endif
