/**
 * @file  tsv.h
 * @brief Tables of numbers: rows of tab-separated fields; lines that start with # are comments.
 */
#ifndef TSV_H
#define TSV_H

#include "say.h"

/** A table in memory. */
typedef struct tsv {
    int rows;     /**< number of rows, without comments */
    char ***row;  /**< row[i][k] is field k of row i; NULL after its last field */
    char *bytes;  /**< the file's text */
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
 * @brief Free a table.
 * @param t the table; NULL is allowed
 */
void tsv_free(tsv *t);

/**
 * @brief  Find the row with these two first fields.
 * @param[in] t          the table
 * @param[in] name,which its first two fields
 * @return its fields from the third on, up to a NULL; NULL if there is no such row
 */
char **tsv_find(const tsv *t, const char *name, const char *which);

/**
 * @brief  Convert fields to numbers.
 * @param[in]  field fields, up to a NULL
 * @param[in]  n     how many numbers there must be
 * @param[out] x     n numbers
 * @return true if field holds exactly n numbers
 */
bool tsv_numbers(char **field, int n, double *x);

#endif
