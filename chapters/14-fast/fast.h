/**
 * @file  fast.h
 * @brief min-char-rnn once more, laid out for speed: rows instead of columns, many streams, shards and threads.
 *
 * The same network and the same training as in chapter 8. The folders steps/ have the way that leads here, and every
 * step gives the bits of the one before.
 *
 * Vectors are rows, so every product adds rows to rows. It needs its second matrix by rows, too: the backward pass Whh
 * and Why, the forward pass their transposes, which are kept beside them. A row of H numbers is padded to whole
 * cache lines, HP numbers, with zeros; a row of V numbers to VP, with what has probability 0.
 *
 * N streams, equal parts of the text, are read side by side. They are divided into S shards, each with memory of its
 * own, and the gradients of the shards are added in a fixed tree (shards.h). So the number of threads changes no bit.
 */
#ifndef FAST_H
#define FAST_H

#include "product.h"
#include "rnn.h"

/** What to train. */
typedef struct fast_options {
    int hidden;           /**< H */
    int seq_length;       /**< T, steps of a window */
    double learning_rate; /**< of Adagrad */
    double clip;          /**< clip by value to +-clip; 0: off */
    uint32_t seed;        /**< of the weights */
    int streams;          /**< N, parts of the text that are read side by side */
    int shards;           /**< S, which divides N; at most FAST_SHARDS */
    int threads;          /**< at least 1; more than S are of little use */
} fast_options;

/** The weights, as rows. Their gradients and Adagrad's memories have this type, too. */
typedef union fastnet {
    struct {
        mat *WxhT; /**< V x HP: row c is column c of Wxh */
        mat *Whh;  /**< H x HP */
        mat *Why;  /**< V x HP */
        mat *bh;   /**< 1 x HP */
        mat *by;   /**< 1 x VP */
    };
    mat *all[5]; /**< the same five */
} fastnet;

_Static_assert(sizeof(fastnet) == 5 * sizeof(mat *), "all[k] must name the five members");

/** The memory of a shard: n = N / S streams, a row for each in every matrix; and T matrices for T steps. */
typedef struct fastshard {
    int *inputs;  /**< T n ids: t n + i for step t of stream i */
    int *targets; /**< T n ids */
    mat **hs;     /**< n x HP: the states; hs[-1] the ones before the window */
    mat **ys;     /**< n x VP: the scores */
    mat **ps;     /**< n x VP: the probabilities, then dy */
    mat **dh;     /**< n x HP */
    mat **dhraw;  /**< n x HP */
    fastnet d;    /**< the gradients; of Whh and Why only if S > 1, otherwise in bands */
    double loss;  /**< the sum over its streams, nat */
} fastshard;

enum {
    FAST_BAND = 32,  /**< rows of a matrix that are updated together */
    FAST_SHARDS = 64 /**< shards at most */
};

extern const int fast_most_streams; /**< what this step can do, in pass.c: streams at most */
extern const int fast_most_shards;  /**< in update.c: shards at most */
extern const int fast_most_threads; /**< in update.c: threads at most */

/** A run. */
typedef struct fast {
    fast_options o;     /**< its options */
    const int *ix;      /**< the text, owned by the caller */
    int length;         /**< how many ids */
    int V;              /**< vocabulary size */
    int HP;             /**< H, rounded up to whole cache lines */
    int VP;             /**< V, the same */
    fastnet net;        /**< the weights */
    fastnet m;          /**< Adagrad's memories */
    mat *WhhT;          /**< H x HP: Whh transposed, kept equal to it */
    mat *WhyT;          /**< H x VP: Why transposed, kept equal to it */
    fastshard *shard;   /**< S of them */
    mat **band;         /**< a band's gradient, FAST_BAND x HP, for each thread */
    bool *seen;         /**< V: does the window have this character? */
    int n;              /**< windows done */
    int p;              /**< where the next window begins in every stream */
    double smooth_loss; /**< running mean of the loss (0.999 old + 0.001 new), nat per window */
} fast;

/**
 * @brief  A new run with the weights that chapter 8 draws from this seed.
 * @param[in] o      the options
 * @param[in] ix     the ids of the text; must outlive the run
 * @param[in] length at least N (T + 1)
 * @param[in] V      vocabulary size
 * @return the run, which the caller frees with fast_free(); NULL on out of memory
 */
fast *fast_new(const fast_options *o, const int *ix, int length, int V);

/**
 * @brief Free a run.
 * @param r the run; NULL is allowed
 */
void fast_free(fast *r);

/**
 * @brief  Read the next window of every stream into the shards. Rewinds by chapter 8's rule if none is left.
 * @param[in,out] r the run
 */
void fast_load(fast *r);

/**
 * @brief  One iteration: the next windows, forward, backward, clip, Adagrad.
 * @param[in,out] r the run
 * @return the loss before the update, in nat: the sum over T steps, the mean over the streams
 */
double fast_step(fast *r);

/**
 * @brief The weights as the network of chapter 2.
 * @param[out] net H and V as in the run
 * @param[in]  r   the run
 */
void fast_weights(rnn *net, const fast *r);

/**
 * @brief Forward and backward through the window of a shard, up to dhraw and dy, and its gradients of WxhT, bh and by,
 *        which are 0 before; a job for shards_each().
 * @param[in,out] run    a fast
 * @param[in]     k      which shard
 * @param[in]     worker not used
 */
void fast_pass(void *run, int k, int worker);

/**
 * @brief Learn from the loaded windows: fast_pass() of every shard, the other gradients, their sums over the shards,
 *        clip, Adagrad, and the transposes.
 * @param[in,out] r the run; the gradients of WxhT, bh and by are 0, before and after
 */
void fast_learn(fast *r);

/**
 * @brief y += x
 * @param[in]     n how many numbers
 * @param[in,out] y n numbers
 * @param[in]     x n numbers
 */
void fast_add(int n, real *restrict y, const real *x);

/**
 * @brief Every row of A = b.
 * @param[out] A m x n
 * @param[in]  b 1 x n
 */
void fast_set_rows(mat *A, const mat *b);

/**
 * @brief B = Aᵀ, for some rows of A, without the padding.
 * @param[out] B     the smaller of A's and B's sizes counts
 * @param[in]  A     the matrix
 * @param[in]  first the first row of A
 * @param[in]  rows  how many rows
 */
void fast_transpose(mat *B, const mat *A, int first, int rows);

/**
 * @brief  A list of matrices as a factor.
 * @param[in] part  the matrices
 * @param[in] parts how many
 * @return the factor, not transposed, with all columns
 */
factor fast_all(mat *const *part, int parts);

/**
 * @brief  The same with some of the columns.
 * @param[in] part  the matrices
 * @param[in] parts how many
 * @param[in] first the first column
 * @param[in] count how many columns
 * @return the factor, not transposed
 */
factor fast_columns(mat *const *part, int parts, int first, int count);

/**
 * @brief  The same, transposed: the columns as rows.
 * @param[in] part  the matrices
 * @param[in] parts how many
 * @param[in] first the first column
 * @param[in] count how many columns
 * @return the factor, transposed
 */
factor fast_turned(mat *const *part, int parts, int first, int count);

#endif
