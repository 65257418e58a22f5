/**
 * @file  say.h
 * @brief Messages in English or Korean, chosen by the locale; numbers as text; errors.
 *
 * Both languages are written side by side: `say("%d words\n", "단어 %d개\n")`.
 */
#ifndef SAY_H
#define SAY_H

#include <stdbool.h>

#ifdef __GNUC__
/** Tells the compiler that argument number `at` is a printf format whose values start at `values`. */
#define SAY_PRINTF(at, values) __attribute__((format(printf, at, values)))
/** Tells the compiler that both arguments are formats for the same values. */
#define SAY_FORMATS __attribute__((format_arg(1), format_arg(2)))
#else
#define SAY_PRINTF(at, values)
#define SAY_FORMATS
#endif

/** A message about something that went wrong outside the program: a file, a text, memory. */
typedef struct error {
    char text[4096]; /**< one line: what is wrong, where, what to do */
} error;

/**
 * @brief  Choose the language.
 * @param  lang "en", "ko", or NULL to use LC_ALL, LC_MESSAGES or LANG (the first one that is set)
 * @return false if lang is none of these; the language is then unchanged
 */
bool say_language(const char *lang);

/**
 * @brief  The message in the chosen language (English until say_language() was called).
 * @param  en,ko the message, or its printf format, in both
 * @return one of the two
 */
const char *say(const char *en, const char *ko) SAY_FORMATS;

/**
 * @brief  Set an error's text.
 *
 * A string (%s) may be anything: a path, a word of the command line. It is inserted by text_shown(): on one line, control
 * characters escaped, and the middle of a long one left out, so that what the message says of it is always there.
 * @param[out] e      the error
 * @param[in]  format printf format of one line, without a newline; no conversion takes its width from an argument
 * @return false, so that a function can `return error_set(e, ...)`
 */
bool error_set(error *e, const char *format, ...) SAY_PRINTF(2, 3);

/**
 * @brief  What errno says: never "Success".
 * @return why the last call of the system failed; that an earlier one did if errno is 0
 */
const char *error_reason(void);

/**
 * @brief  Set an error that says that there is not enough memory.
 * @param[out] e the error
 * @return false
 */
bool error_no_memory(error *e);

/**
 * @brief  A number as text, as by printf, but nan and infinity are always `nan`, `inf`, `-inf`.
 *
 * Some C libraries print the sign of a nan, which differs from compiler to compiler.
 * @param[out] out    NUM_ROOM bytes
 * @param[in]  format printf format of one double
 * @param[in]  x      the number
 * @return out
 */
const char *num_text(char *out, const char *format, double x);

enum { NUM_ROOM = 400 /**< bytes that any double needs as "%.17g" or "%12.6f" */ };

/** num_text() into a temporary buffer that lives until the end of the enclosing block. */
#define NUM(format, x) num_text((char[NUM_ROOM]){0}, format, (double) (x))

/**
 * @brief  Print an error on stderr: `program: text`.
 * @param  program the program's name
 * @param  e       the error
 * @return 1, the exit status
 */
int say_error(const char *program, const error *e);

/**
 * @brief Set the program's name for the message of need().
 * @param program the name, a string that stays valid; NULL: none
 */
void say_program(const char *program);

/**
 * @brief  Exit with one line on stderr if p is NULL. For mains only: a module returns NULL or an error.
 * @param  p the result of an allocating function
 * @return p, which is not NULL
 */
void *need(void *p);

enum {
    SAY_SIGNALS = 128 /**< the exit status of a program that signal N has stopped is 128 + N */
};

/**
 * @brief  Close stdout and check that everything was written; a full disk is an error, but not if a signal has stopped
 *         the program: nobody may be reading any more.
 * @param  program the program's name
 * @param  status  the exit status so far
 * @return status, or 1 after a line on stderr
 */
int say_done(const char *program, int status);

#endif
