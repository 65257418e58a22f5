/**
 * @file  gradcheck.h
 * @brief Is a gradient the gradient of this loss? Every element, against differences of the loss.
 *
 * It knows nothing of RNNs: a model is two functions and a list of named tensors. For each element x,
 *     n = (L(x + h) - L(x - h)) / ((x + h) - (x - h)),   h = 1e-5,
 * is compared with the gradient a that is to be checked ("analytic = yours"). A tensor is right where
 *     |a - n| <= 1e-6 * the largest |a| or |n| in it.
 * Relative to the tensor, not to the element: the error of n is about 1e-11 of the loss, which is
 * large beside an entry that happens to be almost 0. Check at generic points (weights about 0.5, a
 * state that is not 0): at tiny weights many a wrong gradient is small enough to pass.
 */
#ifndef GRADCHECK_H
#define GRADCHECK_H

#include "mat.h"

#include <stdbool.h>
#include <stdio.h>

/** One named part of the model: its numbers, and the gradient that is to be checked. */
typedef struct gc_tensor {
    const char *name; /**< for the table */
    mat *value;       /**< the numbers: moved by h and put back */
    const mat *grad;  /**< same shape; filled by the problem's grad() */
} gc_tensor;

/** What is checked. */
typedef struct gc_problem {
    void *model;             /**< handed to the two functions */
    double (*loss)(void *m); /**< the loss; depends on nothing but the tensors' values */
    void (*grad)(void *m);   /**< fills every tensor's grad at the values that they have */
    const gc_tensor *tensor; /**< the tensors */
    int tensors;             /**< how many */
} gc_problem;

/** What is found. */
typedef enum gc_verdict {
    GC_OK,         /**< every element is right */
    GC_FAIL,       /**< at least one is wrong */
    GC_UNRESOLVED, /**< this point tells nothing: all of it is 0 on both sides. Never a pass */
    GC_NOT_FINITE  /**< a nan or an infinity */
} gc_verdict;

/** What is found in one tensor. */
typedef struct gc_row {
    gc_verdict verdict; /**< the finding */
    int failed;         /**< elements out of tolerance */
    int checked;        /**< of so many */
    int worst;          /**< the element with the largest |a - n|, counted row by row */
    double analytic;    /**< a there: yours */
    double numeric;     /**< n there */
    double miss;        /**< |a - n| there */
    double largest;     /**< the largest |a| or |n| in the tensor */
    double ratio;       /**< a/n where it is the same everywhere, else nan */
} gc_row;

/**
 * @brief  Check every element of every tensor.
 * @param[in]  p   the problem; its values are the same afterwards, its gradients those of grad()
 * @param[out] row what was found, one a tensor
 * @return the gravest verdict: NOT_FINITE, FAIL, UNRESOLVED, OK
 */
gc_verdict gc_check(const gc_problem *p, gc_row *row);

/**
 * @brief  A verdict in a word.
 * @param  v the verdict
 * @return "ok", "FAIL", "UNRESOLVED" or "NOT FINITE"
 */
const char *gc_word(gc_verdict v);

enum { GC_ROOM = 200 /**< characters that gc_text() needs */ };

/**
 * @brief  One tensor's finding as a row of the table.
 * @param[out] text GC_ROOM characters, no line end
 * @param[in]  t    the tensor
 * @param[in]  row  what was found in it
 * @return text
 */
const char *gc_text(char *text, const gc_tensor *t, const gc_row *row);

/**
 * @brief Print the table: a head, and a row for each tensor.
 * @param[in] out where to
 * @param[in] p   the problem
 * @param[in] row what gc_check() found
 */
void gc_print(FILE *out, const gc_problem *p, const gc_row *row);

#endif
