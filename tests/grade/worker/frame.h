/**
 * @file  frame.h
 * @brief The messages between grader and worker: arrays of int, double or bytes, one after the other.
 *
 * A request begins with an array of ints {FRAME_MAGIC, nonce}, an answer with {FRAME_MAGIC, nonce, status}. An array
 * is its kind and its count, 4 bytes each, and its numbers. The reader trusts nothing: a frame that is cut off, too
 * long or not of the expected shape is bad, and stays bad.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FRAME_MAGIC = 0x6d63726e, /**< the first int of every frame */
    FRAME_MOST = 1 << 24      /**< most numbers in an array */
};

/** A message being written, or being read. */
typedef struct frame {
    unsigned char *bytes; /**< owned by the frame when writing, by the caller when reading */
    size_t size;          /**< bytes in use */
    size_t room;          /**< bytes allocated; 0 when reading */
    size_t at;            /**< offset of the next read */
    bool bad;             /**< out of memory, or something unexpected was read */
} frame;

/**
 * @brief  Make a frame to write into.
 * @return an empty frame; free it with frame_free()
 */
frame frame_new(void);

/**
 * @brief  Make a frame to read from.
 * @param[in] bytes the message; the caller keeps it
 * @param[in] size  its length
 * @return the frame
 */
frame frame_of(const void *bytes, size_t size);

/**
 * @brief Free a frame.
 * @param[in,out] f the frame
 */
void frame_free(frame *f);

/**
 * @brief Write an array of ints.
 * @param[in,out] f the frame
 * @param[in]     v n ints
 * @param[in]     n 0 to FRAME_MOST
 */
void frame_put_ints(frame *f, const int *v, int n);

/**
 * @brief Write an array of doubles.
 * @param[in,out] f the frame
 * @param[in]     v n doubles
 * @param[in]     n 0 to FRAME_MOST
 */
void frame_put_reals(frame *f, const double *v, int n);

/**
 * @brief Write bytes.
 * @param[in,out] f the frame
 * @param[in]     v n bytes
 * @param[in]     n 0 to FRAME_MOST
 */
void frame_put_bytes(frame *f, const unsigned char *v, int n);

/**
 * @brief  Count the numbers of the next array.
 * @param[in] f the frame
 * @return the count; -1 if no array follows
 */
int frame_next(const frame *f);

/**
 * @brief  Read an array of ints.
 * @param[in,out] f the frame
 * @param[out]    v room for n ints
 * @param[in]     n the count that the array must have
 * @return true if it has; otherwise the frame is bad
 */
bool frame_get_ints(frame *f, int *v, int n);

/**
 * @brief  Read an array of doubles.
 * @param[in,out] f the frame
 * @param[out]    v room for n doubles
 * @param[in]     n the count that the array must have
 * @return true if it has; otherwise the frame is bad
 */
bool frame_get_reals(frame *f, double *v, int n);

/**
 * @brief  Read bytes.
 * @param[in,out] f the frame
 * @param[out]    v room for n bytes
 * @param[in]     n the count that the array must have
 * @return true if it has; otherwise the frame is bad
 */
bool frame_get_bytes(frame *f, unsigned char *v, int n);

/**
 * @brief  Tell whether the whole frame has been read, with nothing bad.
 * @param[in] f the frame
 * @return true if so
 */
bool frame_ended(const frame *f);

#endif
