/**
 * @file  gradcheck.h
 * @brief Is a gradient the gradient of this loss? Every element, against differences of the loss,
 *        with an error bar.
 *
 * It knows nothing of RNNs: a model is two functions and a list of named tensors. For an element x,
 *
 *     D(h) = (L(x + h) - L(x - h)) / ((x + h) - (x - h))     a central difference, off by c h^2 + ...
 *
 * is taken at five steps, h = 0.02, 0.02/4, ... 0.02/256: the ladder. Richardson's table takes the terms
 * in h^2, h^4, ... away one after the other; what its neighbouring cells disagree by, and what the
 * rounding of L can do to them, is each cell's error bar. The answer n is the cell with the smallest
 * bar, among those that agree with the finest plain difference. The rounding of L is measured, not
 * assumed. A gradient a ("analytic": the one to be checked) is right where
 *
 *     |a - n| <= 1e-9 max(|a|, |n|) + 4 bar
 *
 * and before it is called wrong, a second ladder (0.618 times the steps) must say so too. There is no
 * epsilon to tune. If 4 bars exceed 1e-6 of the tensor's largest element, or the noise 1e-13 of the loss,
 * the verdict is UNRESOLVED, unless a misses by more than 100 tolerances.
 *
 * Check at generic points (weights about 0.5, a state that is not 0): at tiny weights many a wrong
 * gradient differs too little from the right one to matter to any check.
 */
#ifndef GRADCHECK_H
#define GRADCHECK_H

#include "mat.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** One named part of the model: its numbers, and the gradient that is to be checked. */
typedef struct gc_tensor {
    const char *name; /**< for the table */
    mat *value;       /**< the numbers: moved by h and put back */
    const mat *grad;  /**< same shape; filled by the problem's grad() */
} gc_tensor;

/** What is checked. */
typedef struct gc_problem {
    void *model;             /**< handed to the functions */
    double (*loss)(void *m); /**< the loss; depends on nothing but the tensors' values */
    double (*grad)(void *m); /**< fills every tensor's grad at these values; returns the loss */
    const gc_tensor *tensor; /**< the tensors */
    int tensors;             /**< how many, at most GC_TENSORS */
    int terms;               /**< summands of the loss (time steps): its rounding grows with them */
    /** NULL; or, for a model with kinks (ReLU, max), a hash of the decisions that the last loss() took. */
    uint64_t (*branch)(void *m);
} gc_problem;

/** What is found. The later in this list, the graver. */
typedef enum gc_verdict {
    GC_OK,         /**< every element is right */
    GC_UNRESOLVED, /**< this point tells nothing: never a pass, never a reproach */
    GC_KINK,       /**< some elements cannot be told: the loss has a kink beside this point */
    GC_FAIL,       /**< at least one is wrong */
    GC_NOT_PURE,   /**< two calls at the same point differ */
    GC_NOT_FINITE, /**< a nan or an infinity */
    GC_NO_MEMORY   /**< nothing was checked: out of memory */
} gc_verdict;

/** How a derivative is measured. */
typedef enum gc_method {
    GC_LADDER, /**< as told above */
    GC_CENTRAL /**< the classic: D(1e-5), right within 1e-6 of the tensor's largest. For comparison */
} gc_method;

/** How to check; all zero is the usual way. */
typedef struct gc_options {
    gc_method method; /**< the usual way: the ladder */
    /** 0: every element. Else this many of each tensor, the largest and others spread evenly, and the slopes along a
        random direction in each tensor and in all together. */
    int sample;
    uint32_t seed; /**< of the sample, the directions and the measured noise */
    bool in_float; /**< the gradient was computed in float: tolerate 1e-5 of the largest */
} gc_options;

/** What is found in one tensor. */
typedef struct gc_row {
    gc_verdict verdict; /**< the finding */
    int failed;         /**< elements that are wrong */
    int unresolved;     /**< elements whose error bar is too wide to tell */
    int kinks;          /**< elements beside a kink */
    int checked;        /**< of so many */
    int worst;          /**< the element that decided (row-major), or -1: a direction; its |a - n|
                             exceeds its tolerance by the largest factor */
    double analytic;    /**< a there: yours */
    double numeric;     /**< n there */
    double bar;         /**< error bar of n there */
    double miss;        /**< |a - n| there */
    double largest;     /**< the largest |a| or |n| in the tensor */
    double ratio;       /**< a/n where it is the same everywhere, else nan */
} gc_row;

enum { GC_TENSORS = 16 /**< the most tensors that a problem may have */ };

/** What is found in all. */
typedef struct gc_report {
    gc_verdict verdict;     /**< the gravest */
    double loss;            /**< the loss at this point */
    double noise;           /**< how far rounding can move it */
    long calls;             /**< calls of loss() */
    gc_row row[GC_TENSORS]; /**< one a tensor */
    int directions;         /**< 0, or tensors + 1 */
    /** Slopes along random directions; the last is in all tensors together. */
    gc_row along[GC_TENSORS + 1];
    char remark[300]; /**< what was not pure, in the language of say(); else "" */
} gc_report;

/** A derivative that was measured. */
typedef struct gc_number {
    double n;    /**< its value */
    double bar;  /**< its error bar; infinite where there is no value */
    bool finite; /**< false: the loss is not finite beside this point */
    bool kink;   /**< true: a kink is too near */
} gc_number;

/**
 * @brief  Check the gradient.
 * @param[in]  p      the problem; its values are the same afterwards, its gradients those of grad()
 * @param[in]  o      how; NULL: the usual way
 * @param[out] report what was found
 * @return the gravest verdict; GC_NO_MEMORY where nothing could be checked
 * @note   10 calls of loss() an element, and 10 more before one is called wrong
 */
gc_verdict gc_check(const gc_problem *p, const gc_options *o, gc_report *report);

/**
 * @brief  How far rounding can move the loss at this point: measured by moving every number by an ulp or not.
 * @param[in]  p     the problem
 * @param[in]  seed  of the moves
 * @param[out] noise at least eps (|L| + terms)
 * @return false on out of memory
 */
bool gc_noise(const gc_problem *p, uint32_t seed, double *noise);

/**
 * @brief  The derivative by one element, by the ladder.
 * @param[in] p       the problem
 * @param[in] tensor  number of the tensor
 * @param[in] element number of the element, row by row
 * @param[in] noise   of the loss, from gc_noise()
 * @return the derivative and its bar
 */
gc_number gc_derivative(const gc_problem *p, int tensor, int element, double noise);

/**
 * @brief  The derivative by one element, by one central difference.
 * @param[in] p       the problem
 * @param[in] tensor  number of the tensor
 * @param[in] element number of the element, row by row
 * @param[in] h       the step
 * @return D(h)
 */
double gc_central(const gc_problem *p, int tensor, int element, double h);

/**
 * @brief  How the loss leaves its tangent: rest[k] = |L(θ + h[k] u) - L(θ) - h[k] g·u|, u a random direction.
 *
 * Halving h quarters the rest where g is the gradient (slope 2), and halves it where it is not (slope 1).
 * @param[in]  p     the problem
 * @param[in]  seed  of the direction
 * @param[in]  n     how many steps
 * @param[in]  h     n steps
 * @param[out] rest  n rests
 * @param[out] slope of log rest over log h, between the first step and the last
 * @return false on out of memory
 */
bool gc_taylor(const gc_problem *p, uint32_t seed, int n, const double *h, double *rest,
               double *slope);

/**
 * @brief  A verdict in a word.
 * @param  v the verdict
 * @return "ok", "UNRESOLVED", "KINK", "FAIL", "NOT PURE" or "NOT FINITE"
 */
const char *gc_word(gc_verdict v);

enum { GC_ROOM = 240 /**< characters that gc_text() needs */ };

/**
 * @brief  One tensor's finding as a row of the table.
 * @param[out] text GC_ROOM characters, no line end
 * @param[in]  t    the tensor
 * @param[in]  row  what was found in it
 * @return text
 */
const char *gc_text(char *text, const gc_tensor *t, const gc_row *row);

/**
 * @brief Print the table: a head, a row for each tensor, the rows of the directions, and what was not pure.
 * @param[in] out    where to
 * @param[in] p      the problem
 * @param[in] report what gc_check() found
 */
void gc_print(FILE *out, const gc_problem *p, const gc_report *report);

/**
 * @brief Print the report as one line of JSON, for programs: all digits; null for what is not finite.
 * @param[in] out    where to
 * @param[in] p      the problem
 * @param[in] report what gc_check() found
 */
void gc_json(FILE *out, const gc_problem *p, const gc_report *report);

#endif
