/**
 * @file  tsv.h
 * @brief Tables of figures: rows of fields with a tab between them; a line that starts with # is a remark.
 */
#ifndef TSV_H
#define TSV_H

#include "say.h"

/** A table in memory. */
typedef struct tsv {
    int rows;     /**< number of rows, remarks not counted */
    char ***row;  /**< row[i][k] is field k of row i; a NULL follows its last field */
    char *bytes;  /**< the file */
    char **field; /**< all fields, row after row */
} tsv;

/**
 * @brief  Read a table.
 * @param[in]  path the file
 * @param[out] e    why it could not be read
 * @return the table, which the caller frees with tsv_free(); NULL on failure
 */
tsv *tsv_read(const char *path, error *e);

/**
 * @brief Give a table back.
 * @param t the table; NULL is allowed
 */
void tsv_free(tsv *t);

/**
 * @brief  The row whose first two fields are these.
 * @param[in] t          the table
 * @param[in] name,which its first two fields
 * @return its third field and those after it, up to a NULL; NULL where there is no such row
 */
char **tsv_find(const tsv *t, const char *name, const char *which);

/**
 * @brief  Read numbers from fields.
 * @param[in]  field fields, up to a NULL
 * @param[in]  n     how many numbers there must be
 * @param[out] x     n numbers
 * @return true where field holds exactly n numbers
 */
bool tsv_numbers(char **field, int n, double *x);

#endif
