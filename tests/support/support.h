/* support.h: what several tests share. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "mat.h"
#include "tsv.h"

#include <stddef.h>

/* A table of tests/golden, or the end of the test. */
tsv *golden(const char *name);

/* Is x within `bound` of y, relative to the larger of 1 and |y|? False where either is no number. */
bool near(double x, double y, double bound);

/* The difference of two numbers in units of the last place of y. */
double ulps(double x, double y);

/* Are two matrices the same, bit for bit? */
bool same_bits(const mat *A, const mat *B);

/* What a command did. */
typedef struct result {
    int status; /* its exit status; 128 + N where signal N ended it */
    char *out;  /* its stdout */
    char *err;  /* its stderr */
} result;

/* Run a command line of the shell in the repository's folder, with the programs' folder in $BUILD and a
 * folder of this test's own in $TMP; LANG is C. The result is freed with result_free(). */
result run(const char *format, ...) __attribute__((format(printf, 1, 2)));
void result_free(result *r);

/* A folder of this test's own, removed when the test's process ends. */
const char *own_folder(void);

/* Write a file; returns its name, which lives until the next call. */
const char *write_file(const char *name, const void *bytes, size_t size);

/* Skip this test in a REAL=float build, saying so. */
void needs_double(void);

/* Skip this test under valgrind, where it would take minutes. */
void is_long(void);

#endif
