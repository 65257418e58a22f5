/**
 * @file  post.h
 * @brief The small example of the 'vector' post (seed 001): its weights, its vocabulary order, its word.
 *
 * The post ran without a fixed random seed, so its numbers can be reproduced only from the weights it printed.
 * vector_post.tsv beside this file has these weights and everything else the post printed.
 */
#ifndef POST_H
#define POST_H

#include "rnn.h"
#include "tsv.h"
#include "vocab.h"

enum { POST_H_SIZE = 4, POST_V_SIZE = 7, POST_T_SIZE = 6 };

/** The example. */
typedef struct post {
    tsv *table;               /**< the whole file: tsv_find(table, "hs", "0") */
    vocab *vocab;             /**< v \n t c r e o: the post's order, not sorted */
    rnn *net;                 /**< H = 4, V = 7 */
    mat *hprev;               /**< 4 x 1, zero */
    int inputs[POST_T_SIZE];  /**< v e c t o r */
    int targets[POST_T_SIZE]; /**< e c t o r \n */
} post;

/** Path of the file from the top of the repository. */
extern const char *const post_path;

/**
 * @brief  Read the example.
 * @param[in]  path the file
 * @param[out] e    why it could not be read
 * @return the example, which the caller frees with post_free(); NULL on failure. Out of memory ends the program
 */
post *post_read(const char *path, error *e);

/**
 * @brief Free the example.
 * @param p the example; NULL is allowed
 */
void post_free(post *p);

#endif
