/**
 * @file  say.h
 * @brief What the programs say: in English or Korean, chosen by the locale; numbers; errors.
 *
 * The two languages stand side by side where the message is: `say("%d words\n", "단어 %d개\n")`.
 */
#ifndef SAY_H
#define SAY_H

#include <stdbool.h>

#ifdef __GNUC__
/** Tells the compiler that argument number `at` is a printf format whose values start at `values`. */
#define SAY_PRINTF(at, values) __attribute__((format(printf, at, values)))
/** Tells the compiler that both arguments are formats of the same values. */
#define SAY_FORMATS __attribute__((format_arg(1), format_arg(2)))
#else
#define SAY_PRINTF(at, values)
#define SAY_FORMATS
#endif

/** A message about something that went wrong outside the program: a file, a text, memory. */
typedef struct error {
    char text[1024]; /**< one line: what, where, what to do */
} error;

/**
 * @brief  Choose the language.
 * @param  lang "en", "ko", or NULL for what LC_ALL, LC_MESSAGES or LANG say (the first that is set)
 * @return false where lang is none of these; the language then stays as it was
 */
bool say_language(const char *lang);

/**
 * @brief  The message in the chosen language (English until say_language() was called).
 * @param  en,ko the message, or its printf format, in both
 * @return one of the two
 */
const char *say(const char *en, const char *ko) SAY_FORMATS;

/**
 * @brief  Write an error's text.
 * @param[out] e      where to
 * @param[in]  format printf format of one line, no line end
 * @return false, so that a function can `return error_set(e, ...)`
 */
bool error_set(error *e, const char *format, ...) SAY_PRINTF(2, 3);

/**
 * @brief  Write that there is not enough memory.
 * @param[out] e where to
 * @return false
 */
bool error_no_memory(error *e);

/**
 * @brief  The text of a number: printf's, but nan and infinity are always `nan`, `inf`, `-inf`.
 *
 * C libraries print the sign of a nan or not, and the sign differs from compiler to compiler.
 * @param[out] text   room for the text, NUM_ROOM characters
 * @param[in]  format printf format of one double
 * @param[in]  x      the number
 * @return text
 */
const char *num_text(char *text, const char *format, double x);

enum { NUM_ROOM = 400 /**< characters that any double needs as "%.17g" or as "%12.6f" */ };

/** num_text() into a buffer that lives as long as the block around it. */
#define NUM(format, x) num_text((char[NUM_ROOM]){0}, format, (double) (x))

/**
 * @brief  Say an error on stderr: `program: text`.
 * @param  program the program's name
 * @param  e       the error
 * @return 1, the exit status
 */
int say_error(const char *program, const error *e);

/**
 * @brief Choose the name under which need() speaks.
 * @param program the program's name, which must live as long as the program; NULL: none
 */
void say_program(const char *program);

/**
 * @brief  Memory that a main cannot do without: where p is NULL, one line on stderr and the end of the program.
 *         For mains only: a module returns NULL or an error.
 * @param  p what an allocating function returned
 * @return p, which is not NULL
 */
void *need(void *p);

/**
 * @brief  Close stdout and tell whether all of it could be written (a full disk is an error, too).
 * @param  program the program's name
 * @param  status  the exit status so far
 * @return status, or 1 after a line on stderr
 */
int say_done(const char *program, int status);

#endif
