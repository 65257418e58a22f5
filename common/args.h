/**
 * @file  args.h
 * @brief The command line of every program: a table of options, plus `--help`, `--version` and `--lang`.
 */
#ifndef ARGS_H
#define ARGS_H

#include "say.h"

#include <limits.h>

/** The kind of an option's value, and the type of its variable. */
typedef enum args_kind {
    ARGS_END,    /**< last row of the table */
    ARGS_FLAG,   /**< no value; bool */
    ARGS_INT,    /**< a whole number from least to most; int */
    ARGS_SEED,   /**< 0 to 4294967295; uint32_t */
    ARGS_REAL,   /**< a number from least to most; double */
    ARGS_TEXT,   /**< any string; const char * */
    ARGS_FILE,   /**< a file name, not empty; const char * */
    ARGS_CHOICE, /**< one of a few words; args_choice */
    ARGS_ROWS    /**< not an option: inserts the rows of another table; args_option[] */
} args_kind;

/** The words that an ARGS_CHOICE option accepts. */
typedef struct args_choice {
    int *index;           /**< index of the chosen word; holds the default */
    const char *words[8]; /**< at most 7 words, then NULL */
    const char *en;       /**< "a or b", for the error message */
    const char *ko;       /**< the same in Korean, as an object: "a나 b를" */
} args_choice;

/** One option. */
typedef struct args_option {
    const char *name; /**< without the dashes */
    args_kind kind;   /**< kind of its value */
    void *value;      /**< its variable, which holds the default */
    double least;     /**< smallest number allowed */
    double most;      /**< largest number allowed */
    const char *en;   /**< one line of help */
    const char *ko;   /**< the same in Korean */
} args_option;

/** A program's command line. */
typedef struct args {
    const char *program;  /**< the program's name */
    const char *operands; /**< the arguments besides the options, for the help: "TEXT", or "" */
    int operand_count;    /**< how many of them there must be */
    const char *en;       /**< what the program does, one line or more */
    const char *ko;       /**< the same in Korean */
    const args_option *options; /**< ends with an ARGS_END row */
} args;

enum { ARGS_GO_ON = -1 /**< returned by args_read() if the program should go on */ };

/**
 * @brief  Read the command line; print the help, the version, or what is wrong.
 *
 * `--name value` and `--name=value` are the same; `--` ends the options; of repeated options the last wins.
 * A whole number is digits, with or without a sign; other numbers may have a point and an exponent (0.5, 1e-3). Nothing
 * else is a number, in any locale: no spaces, no 0x10, no nan or inf, and no 1e3 for a whole number.
 * The language is chosen first, so errors before `--lang` are in it, too.
 * @param[in]  a       the program's command line
 * @param[in]  argc,argv as given to main
 * @param[out] operand operand_count strings
 * @return ARGS_GO_ON, or the status to exit with: 0 after the help or the version, 2 after an error
 */
int args_read(const args *a, int argc, char **argv, const char **operand);

/**
 * @brief  The current value of an option as a number.
 * @param[in] a    the command line
 * @param[in] name of an option of kind ARGS_INT, ARGS_SEED, ARGS_REAL or ARGS_CHOICE
 * @return the value; of a choice, the index of the word
 */
double args_number(const args *a, const char *name);

/**
 * @brief  A value of such an option as it is written on the command line.
 * @param[out] out  NUM_ROOM bytes
 * @param[in]  a    the command line
 * @param[in]  name of the option
 * @param[in]  x    the value
 * @return the number as text, or the word
 */
const char *args_shown(char *out, const args *a, const char *name, double x);

/**
 * @brief  Was this option given?
 * @param[in] argc,argv as given to main
 * @param[in] name      without the dashes
 * @return true if it was
 */
bool args_given(int argc, char **argv, const char *name);

#endif
