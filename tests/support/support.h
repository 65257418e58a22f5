/* support.h: helpers shared by several tests. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "mat.h"
#include "tsv.h"

#include <stddef.h>

/* Read a table of tests/golden; the test fails if it cannot. */
tsv *golden(const char *name);

/* Is x within `bound` of y, relative to the larger of 1 and |y|? False if either is nan. */
bool near(double x, double y, double bound);

/* The difference of two numbers in units in the last place of y. */
double ulps(double x, double y);

/* Are two matrices the same, bit for bit? */
bool same_bits(const mat *A, const mat *B);

/* The result of a command. */
typedef struct result {
    int status; /* its exit status; 128 + N if signal N ended it */
    char *out;  /* its stdout */
    char *err;  /* its stderr */
} result;

/* Run a shell command in the repository's folder, with the programs' folder in $BUILD, this test's temporary
 * folder in $TMP and LC_ALL=C. Free the result with result_free(). */
result run(const char *format, ...) __attribute__((format(printf, 1, 2)));
void result_free(result *r);

/* The command must end with this status, and say this on stdout and on stderr; an error is one line. */
void says(const char *command, int status, const char *out, const char *err);

/* A program whose output cannot be written must say so and fail. */
void tells_a_full_disk(const char *program, const char *args);

/* This test's temporary folder, removed when the test's process ends. */
const char *own_folder(void);

/* Write a file in own_folder(); returns its path, valid until the next call. */
const char *write_file(const char *name, const void *bytes, size_t size);

/* Run `test` in a child process with 256 MB of memory. Returns its result; skips the test if that is not possible. */
bool in_little_memory(bool (*test)(void));

/* Skip this test in a REAL=float build. */
void needs_double(void);

/* Skip this test under valgrind, where it would take minutes. */
void is_long(void);

#endif
