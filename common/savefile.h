/**
 * @file  savefile.h
 * @brief The file of a run: numbers and matrices by name, written and read through one list.
 *
 * A trainer lists its numbers once, in the file's order: they stay where they are, and the list points at them.
 * savefile_write() takes them from there, savefile_read() puts them there. `np.load` opens the file (npy.h).
 */
#ifndef SAVEFILE_H
#define SAVEFILE_H

#include "npy.h"
#include "rng.h"

/** A list of numbers with names; {0} is the empty one. */
typedef struct savefile {
    npy_field field[NPY_FIELDS]; /**< in the file's order */
    int fields;                  /**< how many */
    const rng *draws;            /**< whose state is among them; NULL: none */
} savefile;

/**
 * @brief List an int.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     x    where the number is
 */
void savefile_int(savefile *f, const char *name, int *x);

/**
 * @brief List a seed.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     x    where the number is
 */
void savefile_seed(savefile *f, const char *name, uint32_t *x);

/**
 * @brief List a double.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     x    where the number is
 */
void savefile_double(savefile *f, const char *name, double *x);

/**
 * @brief List whole numbers that are not negative: a vocabulary, say.
 * @param[in,out] f     the list
 * @param[in]     name  of the field
 * @param[in]     bytes of one number
 * @param[in]     count how many
 * @param[in]     x     where they are
 */
void savefile_array(savefile *f, const char *name, int bytes, int count, void *x);

/**
 * @brief List the hash of the text that is trained on, by which savefile_text_is() knows it.
 * @param[in,out] f    the list
 * @param[in]     hash where it is (hash.h)
 */
void savefile_text(savefile *f, uint64_t *hash);

/**
 * @brief List matrices.
 * @param[in,out] f    the list
 * @param[in]     name n names
 * @param[in]     A    n matrices
 * @param[in]     n    how many
 */
void savefile_mats(savefile *f, const char *const name[], mat *const A[], int n);

/**
 * @brief List one matrix.
 * @param[in,out] f    the list
 * @param[in]     name of the field
 * @param[in]     A    the matrix
 */
void savefile_mat(savefile *f, const char *name, mat *A);

/**
 * @brief List the state of the random numbers, with the half of a normal pair that is kept.
 * @param[in,out] f     the list
 * @param[in]     draws the random numbers
 */
void savefile_rng(savefile *f, rng *draws);

/**
 * @brief  Write what is listed; an old file of that name stays whole until the new one is complete.
 * @param[in]  f    the list
 * @param[in]  path the file
 * @param[out] e    why it could not be written
 * @return true on success
 */
bool savefile_write(const savefile *f, const char *path, error *e);

/**
 * @brief  Fill what is listed from a file, which must have every field with this type and shape.
 * @param[in]  f    the list; its numbers are written
 * @param[in]  file what npy_read() gave
 * @param[in]  path its name, for the error's text
 * @param[out] e    which field is missing, or is another
 * @return true on success
 */
bool savefile_read(const savefile *f, const npy *file, const char *path, error *e);

/**
 * @brief  Has the file this matrix? To be asked before the sizes in a file are believed.
 * @param[in]  file      what npy_read() gave
 * @param[in]  path      its name, for the error's text
 * @param[in]  name      of the matrix
 * @param[in]  rows,cols its shape
 * @param[out] e         that it has not; or that its numbers are those of the other REAL
 * @return true where it has
 */
bool savefile_has(const npy *file, const char *path, const char *name, int rows, int cols,
                  error *e);

/**
 * @brief  Is this the text that the saved run was training on?
 * @param[in] file what npy_read() gave
 * @param[in] hash of the text at hand
 * @return true where it is
 */
bool savefile_text_is(const npy *file, uint64_t hash);

/**
 * @brief  Say that a file is not this program's.
 * @param[out] e     gets it
 * @param[in]  path  the file
 * @param[in]  field the field that is missing, or that cannot be
 * @return false
 */
bool savefile_refuse(error *e, const char *path, const char *field);

#endif
