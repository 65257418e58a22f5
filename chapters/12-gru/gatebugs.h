/**
 * @file  gatebugs.h
 * @brief What is wrong with this LSTM or GRU? Compares a layer's gradients with those of known mistakes.
 *
 * As bugs.h does for the RNN: a reference backward pass has a switch for each mistake, and a layer whose gradients agree
 * with those of a mistake (or of two), on all probes and up to rounding, has that mistake. Being near is not enough.
 */
#ifndef GATEBUGS_H
#define GATEBUGS_H

#include "cell.h"

#include <stdint.h>

/** The mistakes, in the order of gatebug_list. */
typedef enum gatebug_id {
    LSTM_C_NOT_CARRIED,
    LSTM_DC_DOUBLED,
    LSTM_DH_NOT_CARRIED,
    LSTM_NO_TANH_C,
    LSTM_TANH_C_TWICE,
    LSTM_DC_WITHOUT_O,
    LSTM_NO_SIGMOID_F,
    LSTM_NO_SIGMOID_I,
    LSTM_NO_SIGMOID_O,
    LSTM_NO_TANH_G,
    LSTM_SIGMOID_OF_G,
    LSTM_TANH_OF_I,
    LSTM_PREACTIVATION,
    LSTM_FORGET_BIAS,
    LSTM_F_USES_C_NOW,
    LSTM_G_I_SWAPPED,
    LSTM_O_USES_C,
    LSTM_DCPREV_I,
    LSTM_DCPREV_ALL,
    LSTM_COLUMNS_F_I,
    LSTM_COLUMNS_G_I,
    LSTM_O_FOR_ALL,
    LSTM_DB_FROM_F,
    LSTM_DHPREV_RAW,
    LSTM_DWH_H_NOW,
    GRU_DIRECT_Z,
    GRU_DIRECT_MISSING,
    GRU_DH_NOT_CARRIED,
    GRU_RESET_NOT_IN_DHPREV,
    GRU_RESET_PATH_MISSING,
    GRU_GATES_PATH_MISSING,
    GRU_Z_SIGN,
    GRU_Z_WITHOUT_HPREV,
    GRU_N_WITHOUT_Z,
    GRU_NO_TANH,
    GRU_NO_SIGMOID_Z,
    GRU_NO_SIGMOID_R,
    GRU_DWH_WITHOUT_R,
    GRU_DWH_GATES_RESET,
    GRU_OTHER_FORM,
    GRU_NOT_TRANSPOSED,
    GRU_COLUMNS_Z_R,
    GRU_NO_BIAS,
    GATEBUGS /**< how many */
} gatebug_id;

/** A known mistake. */
typedef struct gatebug {
    const char *id;   /**< its name; begins with the cell's */
    const char *en;   /**< what is wrong and what to do */
    const char *ko;   /**< the same in Korean */
    const char *seen; /**< where it was seen in public, or NULL */
} gatebug;

/** All known mistakes, indexed by gatebug_id. */
extern const gatebug gatebug_list[GATEBUGS];

/** The kinds of layers that can be judged, and where their mistakes are in the list. */
typedef enum gatebugs_cell {
    GATEBUGS_LSTM,     /**< lstm.h */
    GATEBUGS_GRU,      /**< gru.h, reset before the product */
    GATEBUGS_GRU_AFTER /**< gru.h, reset after the product */
} gatebugs_cell;

enum {
    GATEBUGS_INPUTS = 3, /**< inputs of the probes' layer */
    GATEBUGS_HIDDEN = 4, /**< its hidden size */
    GATEBUGS_STEPS = 4,  /**< the most steps */
    GATEBUGS_PROBES = 2, /**< a block of GATEBUGS_STEPS steps, and one of a single step */
    GATEBUGS_COLUMNS = 4 * GATEBUGS_HIDDEN,                /**< the most columns of the weights */
    GATEBUGS_ROWS = GATEBUGS_INPUTS + GATEBUGS_HIDDEN + 1, /**< rows of Wx, Wh and b */
    GATEBUGS_GRADIENTS =
        GATEBUGS_ROWS * GATEBUGS_COLUMNS + GATEBUGS_STEPS * GATEBUGS_INPUTS + 2 * GATEBUGS_HIDDEN
};

/** A gradient on one probe: Wx, Wh and b row by row, with GATEBUGS_COLUMNS columns; then xs, and h and c before. */
typedef struct gategrad {
    double v[GATEBUGS_GRADIENTS]; /**< the numbers; what a cell has not got is 0 */
} gategrad;

/**
 * @brief  The gradient of a layer with mistakes.
 * @param[in]  cell  the kind of layer
 * @param      probe 0 to GATEBUGS_PROBES - 1
 * @param      on    bit k set: with mistake k of gatebug_list; 0: the right gradient
 * @param[out] out   the gradient
 */
void gatebugs_gradient(gatebugs_cell cell, int probe, uint64_t on, gategrad *out);

/**
 * @brief  The gradient that a layer computes on a probe.
 * @param[in]  type  the layer, of the kind `cell`
 * @param[in]  cell  the kind
 * @param      probe 0 to GATEBUGS_PROBES - 1
 * @param[out] out   the gradient
 * @return false on out of memory
 */
bool gatebugs_measure(const celltype *type, gatebugs_cell cell, int probe, gategrad *out);

/** What was found. */
typedef struct gatebugs_finding {
    bool right; /**< the right gradient on all probes */
    int bug[2]; /**< else the mistake, or two of them; -1: none, not one of the known mistakes */
    double distance; /**< from the right gradient: 0 to 2 */
} gatebugs_finding;

/**
 * @brief  What is wrong with these gradients?
 * @param[in]  cell the kind of layer
 * @param[in]  grad a gradient for each probe
 * @param[out] f    what was found
 */
void gatebugs_diagnose(gatebugs_cell cell, const gategrad grad[GATEBUGS_PROBES],
                       gatebugs_finding *f);

/**
 * @brief  Does this mistake exist in this kind of layer?
 * @param[in] cell the kind
 * @param     bug  a gatebug_id
 * @return true if it does
 */
bool gatebugs_of(gatebugs_cell cell, int bug);

#endif
