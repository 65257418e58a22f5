/**
 * @file  args.h
 * @brief The command line of every program: options in a table, `--help`, `--version` and `--lang` everywhere.
 */
#ifndef ARGS_H
#define ARGS_H

#include "say.h"

#include <limits.h>

/** What an option's value is, and what its variable must be. */
typedef enum args_kind {
    ARGS_END,  /**< the table's last row */
    ARGS_FLAG, /**< no value; bool */
    ARGS_INT,  /**< a whole number from least to most; int */
    ARGS_SEED, /**< 0 to 4294967295; uint32_t */
    ARGS_REAL, /**< a number from least to most; double */
    ARGS_TEXT, /**< any string; const char * */
    ARGS_FILE  /**< a file's name, not empty; const char * */
} args_kind;

/** One option; its variable holds the default beforehand. */
typedef struct args_option {
    const char *name; /**< without the dashes */
    args_kind kind;   /**< what its value is */
    void *value;      /**< the variable */
    double least;     /**< the least that a number may be */
    double most;      /**< the most that it may be */
    const char *en;   /**< one line of help */
    const char *ko;   /**< the same in Korean */
} args_option;

/** A program's command line. */
typedef struct args {
    const char *program;        /**< as it is called */
    const char *operands;       /**< what comes beside the options, for the help: "TEXT", or "" */
    int operand_count;          /**< how many of them there must be */
    const char *en;             /**< what the program does, one line or more */
    const char *ko;             /**< the same in Korean */
    const args_option *options; /**< ends with an ARGS_END row */
} args;

enum { ARGS_GO_ON = -1 /**< args_read(): there is something to do */ };

/**
 * @brief  Read the command line; say the help or what is wrong with it.
 *
 * `--name value` and `--name=value` are the same; `--` ends the options; a later option wins.
 * The language is chosen first, so that errors come in it.
 * @param[in]  a       what there is
 * @param[in]  argc,argv as given to main
 * @param[out] operand operand_count strings
 * @return ARGS_GO_ON; or the status to exit with: 0 after the help or the version, 2 after an error
 */
int args_read(const args *a, int argc, char **argv, const char **operand);

/**
 * @brief  Was this option on the command line?
 * @param[in] argc,argv as given to main
 * @param[in] name      without the dashes
 * @return true where it was
 */
bool args_given(int argc, char **argv, const char *name);

#endif
