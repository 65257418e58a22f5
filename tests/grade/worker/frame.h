/**
 * @file  frame.h
 * @brief What grader and worker say to each other: arrays of int or double, one after the other.
 *
 * A request begins with an array of ints {FRAME_MAGIC, nonce, call}, an answer with {FRAME_MAGIC, nonce}. An array is
 * its kind and its count, 4 bytes each, and its numbers. The reader trusts nothing: a frame that is cut, too long or
 * of another shape than asked for is bad, and stays bad.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FRAME_MAGIC = 0x6d63726e, /**< the first int of every frame */
    FRAME_MOST = 1 << 24      /**< numbers that an array may have */
};

/** Bytes that are written, or read from the front. */
typedef struct frame {
    unsigned char *bytes; /**< the frame's own when it is written; the caller's when it is read */
    size_t size;          /**< bytes in use */
    size_t room;          /**< bytes that there is memory for; 0: it is read */
    size_t at;            /**< where reading goes on */
    bool bad;             /**< memory was short, or what was read is not what was asked for */
} frame;

/**
 * @brief  A frame to write into.
 * @return it, empty; give it back with frame_free()
 */
frame frame_new(void);

/**
 * @brief  A frame to read from.
 * @param[in] bytes what came; stays the caller's
 * @param[in] size  how many
 * @return it
 */
frame frame_of(const void *bytes, size_t size);

/**
 * @brief Give back what was written.
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
 * @brief  How many numbers the next array has.
 * @param[in] f the frame
 * @return the count; -1 where no array follows
 */
int frame_next(const frame *f);

/**
 * @brief  Read an array of ints.
 * @param[in,out] f the frame
 * @param[out]    v room for n ints
 * @param[in]     n the array must have as many
 * @return true where it was so; else the frame is bad
 */
bool frame_get_ints(frame *f, int *v, int n);

/**
 * @brief  Read an array of doubles.
 * @param[in,out] f the frame
 * @param[out]    v room for n doubles
 * @param[in]     n the array must have as many
 * @return true where it was so; else the frame is bad
 */
bool frame_get_reals(frame *f, double *v, int n);

/**
 * @brief  Was all read, and nothing bad?
 * @param[in] f the frame
 * @return true where it was so
 */
bool frame_ended(const frame *f);

#endif
