/**
 * @file  text.h
 * @brief Texts as characters: UTF-8 in, Unicode code points inside.
 *
 * A Korean text is a sequence of syllables, not of bytes. As in Python, a line ends in one '\n'
 * whatever the file has there.
 */
#ifndef TEXT_H
#define TEXT_H

#include "say.h"

#include <stddef.h>
#include <stdint.h>

/** A text in memory: valid UTF-8. It holds a third of the memory that an array of code points would. */
typedef struct text {
    char *bytes; /**< the text and a NUL */
    size_t size; /**< bytes, without the NUL */
    int length;  /**< characters (code points) */
} text;

enum {
    TEXT_CODES = 0x110000, /**< code points that Unicode has room for */
    TEXT_ROOM = 12         /**< bytes that text_put() and text_show() need, with the NUL */
};

/**
 * @brief  Read a text file: UTF-8, at least one character; "\r\n" and "\r" become "\n".
 * @param[out] t    the text; the caller frees it with text_free()
 * @param[in]  path the file
 * @param[out] e    no such file, empty, not UTF-8 (with the offset), too large, no memory
 * @return true on success
 */
bool text_read(text *t, const char *path, error *e);

/**
 * @brief  A text from a string of the program's own or of the command line.
 * @param[out] t     the text; the caller frees it with text_free()
 * @param[in]  utf8  the string
 * @param[in]  name  what the string is, for the error's text
 * @param[out] e     as for text_read()
 * @return true on success
 */
bool text_from(text *t, const char *utf8, const char *name, error *e);

/**
 * @brief Give a text's memory back.
 * @param[in,out] t the text; empty afterwards
 */
void text_free(text *t);

/**
 * @brief  The character at *at, and a step to the next one.
 * @param[in,out] at a place in a text's bytes, before its end
 * @return the code point
 */
uint32_t text_next(const char **at);

/**
 * @brief  One character as UTF-8.
 * @param[out] out TEXT_ROOM bytes; gets the character and a NUL
 * @param[in]  c   a code point
 * @return the number of bytes, 1 to 4
 */
int text_put(char *out, uint32_t c);

/**
 * @brief  One character so that it can be seen: '\n' as \\n, other control characters as \\xNN or \\uNNNN.
 * @param[out] out TEXT_ROOM bytes
 * @param[in]  c   a code point
 * @return out
 */
const char *text_show(char *out, uint32_t c);

#endif
