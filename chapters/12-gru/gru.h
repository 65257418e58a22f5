/**
 * @file  gru.h
 * @brief The GRU layer: one state, an update gate and a reset gate.
 *
 *     z, r = sigmoid(x Wx + hprev Wh + b), columns z and r      N x 2H, update and reset
 *     n    = tanh(x Wx_n + (r∘hprev) Wh_n + b_n)                N x H, the candidate: reset before the product
 *     h    = (1 - z)∘hprev + z∘n
 *
 * The columns are in the order z r n (update, reset, candidate), as in Keras; PyTorch has rows r z n.
 *
 * The gate resets before the product, as in Cho et al. (2014), or after it, as in cuDNN and PyTorch:
 *
 *     n    = tanh(x Wx_n + b_n + r∘(hprev Wh_n + b_h))          reset after the product, with a bias of its own
 *
 * which lets one product hprev Wh serve all three. The two are different functions: weights cannot be exchanged.
 * PyTorch, moreover, calls z what is 1 - z here: h = z∘hprev + (1 - z)∘n.
 */
#ifndef GRU_H
#define GRU_H

#include "cell.h"

enum { GRU_GATES = 3 /**< z r n */ };

/**
 * The weights: Wx is D x 3H, Wh is H x 3H; b is 1 x 3H, or 1 x 4H if reset is after the product: the last quarter is
 * the bias b_h. So are their gradients.
 */
typedef rnncell grucell;

/** What one step reads and sets. The gradients of a step have this type, too. */
typedef struct grustep {
    mat *hprev; /**< N x H, the previous state */
    mat *zr;    /**< N x 2H, x Wx + b before the step; then z r */
    mat *n;     /**< N x H, the same of the candidate; then the candidate */
    mat *u;     /**< N x H, r∘hprev; reset after the product: hprev Wh_n + b_h */
    mat *h;     /**< N x H, the new state */
} grustep;

/** The weights of a step: columns of Wh, and the bias inside the reset. */
typedef struct gruwh {
    mat *zr; /**< H x 2H, columns z r of Wh */
    mat *n;  /**< H x H, columns n of Wh */
    mat *b;  /**< 1 x H, b_h; NULL: reset before the product */
} gruwh;

/**
 * @brief One step of the GRU layer.
 * @param[in]     Wh the weights of a step
 * @param[in,out] s  the step: hprev is read; zr and n are read and set; u and h are set
 */
void grulayer_forward(const gruwh *Wh, grustep *s);

/**
 * @brief Backward through one step. The gradients of the weights and of x follow from zr, n and u, of all steps at once.
 * @param[in]     Wh the weights of a step
 * @param[in]     s  the step, as forward left it
 * @param[in,out] ds the gradients of the step: h is read; zr and n (of what goes into the functions), u and hprev are
 *                   set
 */
void grulayer_backward(const gruwh *Wh, const grustep *s, grustep *ds);

/** The GRU layer over T steps. */
typedef struct timegru {
    int room;       /**< steps allocated */
    bool stateful;  /**< true: a block begins in the last state of the previous block */
    bool has_state; /**< false: the next block begins in a state of zeros */
    grucell cell;   /**< the weights, owned by the caller */
    grucell d;      /**< their gradients, owned by the caller */
    gruwh Wh;       /**< columns of cell.Wh and cell.b, copied at the start of each block */
    gruwh dWh;      /**< scratch: their gradients */
    gruwh WhT;      /**< scratch: zr and n transposed, which every step backward multiplies by */
    mat *bx;        /**< 1 x 3H, the biases that are added to x Wx; NULL: all of cell.b */
    mat *dbx;       /**< scratch: their gradients */
    mat **hs;       /**< hs[t], N x H, t = -1 .. room-1: hs[-1] is the state before the block */
    mat **as;       /**< as[t], N x 3H, scratch: x Wx + b, or the gradients of z r n side by side */
    mat **zrs;      /**< zrs[t], N x 2H: z r */
    mat **ns;       /**< ns[t], N x H: the candidates */
    mat **us;       /**< us[t], N x H: what the reset gate has to do with, see grustep */
    mat *h;         /**< N x H, the state after the last block */
    mat *dh;        /**< N x H, after backward: dL/d(the state before the block) */
    mat **dzrs;     /**< dzrs[t], N x 2H, after backward: the gradients of what goes into z r */
    mat **dns;      /**< dns[t], N x H, the same of the candidate */
    mat **dus;      /**< dus[t], N x H, the gradients of us */
    mat *sum;       /**< N x H, scratch: dL/dhs[t], from above plus from the next step */
} timegru;

/**
 * @brief  A layer that begins in a state of zeros.
 * @param  N,room   sizes, at least 1
 * @param  cell     the weights, D x 3H, H x 3H and 1 x 3H or 1 x 4H, see grucell; they must outlive the layer
 * @param  d        their gradients; they must outlive the layer, too
 * @param  stateful keep the state from block to block
 * @return the layer, which the caller frees with timegru_free(); NULL on out of memory
 */
timegru *timegru_new(int N, int room, grucell cell, grucell d, bool stateful);

/**
 * @brief Free a layer, but not its weights and gradients.
 * @param l the layer; NULL is allowed
 */
void timegru_free(timegru *l);

/**
 * @brief Begin the next block in this state.
 * @param[in,out] l the layer
 * @param[in]     h N x H
 */
void timegru_set_state(timegru *l, const mat *h);

/**
 * @brief Begin the next block in a state of zeros.
 * @param[in,out] l the layer
 */
void timegru_reset_state(timegru *l);

/**
 * @brief Forward over T steps: sets l->hs, and l->h to the last of them.
 * @param[in,out] l  the layer
 * @param[in]     T  steps, 1 to room
 * @param[in]     xs xs[t], N x D
 */
void timegru_forward(timegru *l, int T, mat *const *xs);

/**
 * @brief Backward over the same T steps, as timernn_backward().
 * @param[in,out] l   the layer
 * @param[in]     T   as in timegru_forward()
 * @param[in]     xs  as in timegru_forward()
 * @param[in]     dhs dhs[t], N x H: dL/dhs[t] from above
 * @param[out]    dxs dxs[t], N x D; may be dhs
 */
void timegru_backward(timegru *l, int T, mat *const *xs, mat *const *dhs, mat **dxs);

extern const celltype gru_type;       /**< reset before the product, "gru" */
extern const celltype gru_after_type; /**< reset after the product, "gru-after" */

#endif
