/**
 * @file  text.h
 * @brief Texts as characters: UTF-8 in, Unicode code points inside.
 *
 * A Korean text is a sequence of syllables, not of bytes. As in Python, every line ends in one '\n',
 * whatever line ends the file has. No text has a NUL, so that it is a C string, too; nor a byte order mark at its start.
 */
#ifndef TEXT_H
#define TEXT_H

#include "say.h"

#include <stddef.h>
#include <stdint.h>

/** A text in memory: valid UTF-8. It never takes more memory than an array of code points; ASCII takes a quarter. */
typedef struct text {
    char *bytes;   /**< the text and a NUL */
    size_t size;   /**< bytes, without the NUL */
    int length;    /**< characters (code points) */
    bool had_mark; /**< a byte order mark at its start has been left out */
} text;

enum {
    TEXT_CODES = 0x110000, /**< number of Unicode code points */
    TEXT_ROOM = 12,        /**< bytes that text_put() and text_show() need, with the NUL */
    TEXT_SHOWN_ROOM =
        400 /**< bytes of a word in a message, with the NUL: what is longer loses its middle */
};

/**
 * @brief  Read a text file: UTF-8 without NUL, at least one character; "\r\n" and "\r" become "\n", and a
 *         byte order mark at the start is left out.
 * @param[out] t    the text; the caller frees it with text_free()
 * @param[in]  path the file
 * @param[out] e    why it failed: no such file, empty, not UTF-8 or with a NUL (with the offset, and what it is if
 *                  it looks like a known format), too large, out of memory
 * @return true on success
 */
bool text_read(text *t, const char *path, error *e);

/**
 * @brief  A text from bytes in memory.
 * @param[out] t     the text; the caller frees it with text_free()
 * @param[in]  bytes the bytes
 * @param[in]  size  how many
 * @param[in]  name  what they are, for the error message
 * @param[out] e     as for text_read()
 * @return true on success
 */
bool text_from_bytes(text *t, const char *bytes, size_t size, const char *name, error *e);

/**
 * @brief  A text from a string in the program or on the command line.
 * @param[out] t     the text; the caller frees it with text_free()
 * @param[in]  utf8  the string
 * @param[in]  name  what the string is, for the error message
 * @param[out] e     as for text_read()
 * @return true on success
 */
bool text_from(text *t, const char *utf8, const char *name, error *e);

/**
 * @brief  How much of this is UTF-8 without a NUL?
 * @param[in] bytes the bytes
 * @param[in] size  how many
 * @return the offset of the first byte that is not, or size
 */
size_t text_valid(const char *bytes, size_t size);

/**
 * @brief Free a text.
 * @param[in,out] t the text; empty afterwards
 */
void text_free(text *t);

/**
 * @brief  The character at *at; moves *at to the next one.
 * @param[in,out] at a position in a text's bytes, before its end
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
 * @brief  One character in visible form: newline and tab as \\n and \\t, other control characters as \\xNN, line and
 *         paragraph separators, the byte order mark and what changes the direction of writing as \\uNNNN.
 * @param[out] out TEXT_ROOM bytes
 * @param[in]  c   a code point
 * @return out
 */
const char *text_show(char *out, uint32_t c);

/**
 * @brief  Any string in visible form, for a message: its characters by text_show(), bytes that are no UTF-8 as \\xNN, and
 *         if that is too long, its two ends with an ellipsis between them.
 * @param[out] out  room bytes
 * @param[in]  room 16 or more
 * @param[in]  word the string; need not be UTF-8
 * @return out
 */
const char *text_shown(char *out, size_t room, const char *word);

/** text_shown() into a temporary buffer that lives until the end of the enclosing block. */
#define TEXT_SHOWN(word) text_shown((char[TEXT_SHOWN_ROOM]){0}, TEXT_SHOWN_ROOM, word)

/**
 * @brief  Is a word decomposed (NFD: jamo, letter and accent apart)?
 * @param[in] word UTF-8
 * @return true if a part of a character is in it
 */
bool text_decomposed(const char *word);

/**
 * @brief  What to say of a word that a vocabulary lacks, after the message.
 * @param[in] word       UTF-8
 * @param[in] decomposed is the vocabulary decomposed?
 * @return that only one of the two is decomposed, and how to convert the word; "" if that is not so
 */
const char *text_hint(const char *word, bool decomposed);

#endif
