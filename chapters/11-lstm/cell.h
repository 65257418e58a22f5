/**
 * @file  cell.h
 * @brief A recurrent layer of any kind, as a table of functions: what an RNN, an LSTM and other cells have in common.
 *
 * Whoever stacks layers needs to know of a layer only what is here: its weights are three matrices, Wx (D x GH),
 * Wh (H x GH) and b (1 x BH); it turns xs[t] into hs[t] and dhs[t] into dxs[t]; and it has one state (h) or two (h, c).
 */
#ifndef CELL_H
#define CELL_H

#include "timelayers.h"

enum { CELL_STATES = 2 /**< the most states of a cell */ };

/** The states of a layer after its last block, N x H each; or their gradients before it. */
typedef struct cellstate {
    mat *of[CELL_STATES]; /**< h, and c where there is one, else NULL */
} cellstate;

/** A kind of layer. The functions are those of timelayers.h, each for its own kind of layer. */
typedef struct celltype {
    const char *name; /**< for command lines and files */
    int gates;        /**< G: Wx and Wh have G x H columns */
    int biases;       /**< b has this many x H columns */
    int forget;       /**< which of them are the forget gate's bias; -1: none */
    /** A layer that begins in a state of zeros; NULL on out of memory. */
    void *(*make)(int N, int room, rnncell cell, rnncell d, bool stateful);
    void (*free)(void *l);                        /**< free a layer; NULL is allowed */
    void (*set_state)(void *l, cellstate before); /**< begin the next block in this state */
    void (*reset_state)(void *l);                 /**< begin the next block in a state of zeros */
    void (*forward)(void *l, int T, mat *const *xs); /**< forward over T steps */
    /** Backward over the same T steps; dxs may be dhs. */
    void (*backward)(void *l, int T, mat *const *xs, mat *const *dhs, mat **dxs);
    mat **(*hs)(const void *l);         /**< hs[t], t = -1 .. room-1 */
    cellstate (*state)(const void *l);  /**< the state after the last block */
    cellstate (*dstate)(const void *l); /**< after backward: its gradient before the block */
} celltype;

extern const celltype rnn_type;  /**< timernn */
extern const celltype lstm_type; /**< timelstm */

#endif
