/**
 * @file  gradcheck.h
 * @brief Is a gradient the gradient of this loss? Compares every element with differences of the loss that have an
 *        error bar.
 *
 * It does not know RNNs: a model is two functions and a list of named tensors. For an element x,
 *
 *     D(h) = (L(x + h) - L(x - h)) / ((x + h) - (x - h))     a central difference, off by c h^2 + ...
 *
 * is computed for five steps, h = 0.02, 0.02/4, ... 0.02/256: the ladder. Richardson's table eliminates the terms
 * in h^2, h^4, ... one by one. The error bar of each cell is its difference from neighbouring cells plus the
 * possible effect of rounding in L. The numeric derivative n is the cell with the smallest bar among those that
 * agree with the finest plain difference. The rounding of L is measured, not assumed. An element a of the gradient
 * to be checked ("analytic") is right if
 *
 *     |a - n| <= 1e-9 max(|a|, |n|) + 4 bar
 *
 * and is called wrong only if a second ladder (0.618 times the steps) agrees. There is no epsilon to tune. An
 * element is unresolved if 4 bars exceed 1e-6 of the tensor's largest element, or if the noise exceeds
 * 1e-13 (|L| + terms), unless a misses by more than 100 tolerances.
 *
 * Check at generic points (weights about 0.5, a state that is not 0): with tiny weights, many wrong gradients
 * differ too little from the right one for any check.
 */
#ifndef GRADCHECK_H
#define GRADCHECK_H

#include "mat.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** One named tensor of the model: its values, and the gradient to be checked. */
typedef struct gc_tensor {
    const char *name; /**< for the table */
    mat *value;       /**< the values: moved by h and put back */
    const mat *grad;  /**< same shape; set by the problem's grad() */
} gc_tensor;

/** A model to check. */
typedef struct gc_problem {
    void *model;             /**< passed to the functions */
    double (*loss)(void *m); /**< the loss; depends only on the tensors' values */
    double (*grad)(void *m); /**< sets every tensor's grad at these values; returns the loss */
    const gc_tensor *tensor; /**< the tensors */
    int tensors;             /**< how many, at most GC_TENSORS */
    int terms;               /**< summands of the loss (time steps): its rounding grows with them */
    /** NULL; or, for a model with kinks (ReLU, max), a hash of the branches that the last loss() took. */
    uint64_t (*branch)(void *m);
} gc_problem;

/** The verdicts, in order of severity. */
typedef enum gc_verdict {
    GC_OK,         /**< every element is right */
    GC_UNRESOLVED, /**< this point cannot decide: neither right nor wrong */
    GC_KINK,       /**< some elements cannot be decided: the loss has a kink near this point */
    GC_FAIL,       /**< at least one element is wrong */
    GC_NOT_PURE,   /**< two calls at the same point differ */
    GC_NOT_FINITE, /**< a nan or an infinity */
    GC_NO_MEMORY   /**< nothing was checked: out of memory */
} gc_verdict;

/** How a derivative is measured. */
typedef enum gc_method {
    GC_LADDER, /**< as described above */
    GC_CENTRAL /**< for comparison: D(1e-5), right within 1e-6 of the tensor's largest */
} gc_method;

/** Options of a check; zeros are the defaults. */
typedef struct gc_options {
    gc_method method; /**< default: the ladder */
    /** 0: every element. Else this many of each tensor, the largest and others spread evenly, and the slope along a
        random direction in each tensor and in all together. */
    int sample;
    uint32_t seed; /**< of the sample, the directions and the measured noise */
    bool in_float; /**< the gradient was computed in float: tolerate 1e-5 of the largest, too */
} gc_options;

/** The finding for one tensor, or for one direction. */
typedef struct gc_row {
    gc_verdict verdict; /**< the verdict */
    int failed;         /**< number of wrong elements */
    int unresolved;     /**< number of elements whose error bar is too wide */
    int kinks;          /**< number of elements near a kink */
    int checked;        /**< number of elements checked */
    int worst; /**< the element with the largest |a - n| / tolerance (row-major); -1: a direction */
    double analytic; /**< its a */
    double numeric;  /**< its n */
    double bar;      /**< its error bar */
    double miss;     /**< its |a - n| */
    double largest;  /**< the largest |a| or |n| in the tensor */
    double ratio;    /**< a/n if it is the same for all elements, else nan */
} gc_row;

enum { GC_TENSORS = 32 /**< the most tensors of a problem */ };

/** The findings of a check. */
typedef struct gc_report {
    gc_verdict verdict;     /**< the gravest */
    double loss;            /**< the loss at this point */
    double noise;           /**< how far rounding can move the loss */
    long calls;             /**< calls of loss() */
    gc_row row[GC_TENSORS]; /**< one per tensor */
    int directions;         /**< 0, or tensors + 1 */
    /** Slopes along random directions, one per tensor; the last is in all tensors together. */
    gc_row along[GC_TENSORS + 1];
    char remark[300]; /**< what was not pure, in the language of say(); else "" */
} gc_report;

/** A measured derivative. */
typedef struct gc_number {
    double n;    /**< its value */
    double bar;  /**< its error bar; infinite if there is no value */
    bool finite; /**< false: the loss is not finite near this point */
    bool kink;   /**< true: a kink is too near */
} gc_number;

/**
 * @brief  Check a gradient.
 * @param[in]  p      the problem; its values are restored, its gradients are those of grad()
 * @param[in]  o      options; NULL: the defaults
 * @param[out] report the findings
 * @return the gravest verdict; GC_NO_MEMORY if nothing could be checked
 * @note   10 calls of loss() per element, and 10 more before it is called wrong.
 */
gc_verdict gc_check(const gc_problem *p, const gc_options *o, gc_report *report);

/**
 * @brief  How far rounding can move the loss at this point, measured by moving the values by one ulp at random.
 * @param[in]  p     the problem
 * @param[in]  seed  of the moves
 * @param[out] noise the result, at least DBL_EPSILON (|L| + terms)
 * @return false on out of memory
 */
bool gc_noise(const gc_problem *p, uint32_t seed, double *noise);

/**
 * @brief  The derivative by one element, measured with the ladder.
 * @param[in] p       the problem
 * @param[in] tensor  index of the tensor
 * @param[in] element index of the element, row by row
 * @param[in] noise   of the loss, from gc_noise()
 * @return the derivative and its bar
 */
gc_number gc_derivative(const gc_problem *p, int tensor, int element, double noise);

/**
 * @brief  The derivative by one element, as one central difference.
 * @param[in] p       the problem
 * @param[in] tensor  index of the tensor
 * @param[in] element index of the element, row by row
 * @param[in] h       the step
 * @return D(h)
 */
double gc_central(const gc_problem *p, int tensor, int element, double h);

/**
 * @brief  The error of the linear approximation: rest[k] = |L(θ + h[k] u) - L(θ) - h[k] g·u|, u a random direction.
 *
 * Halving h quarters this error if g is the gradient (slope 2), and halves it if it is not (slope 1).
 * @param[in]  p     the problem
 * @param[in]  seed  of the direction
 * @param[in]  n     how many steps
 * @param[in]  h     n steps
 * @param[out] rest  n errors
 * @param[out] slope of log rest over log h, between the first step and the last
 * @return false on out of memory
 */
bool gc_taylor(const gc_problem *p, uint32_t seed, int n, const double *h, double *rest,
               double *slope);

/**
 * @brief  The name of a verdict.
 * @param  v the verdict
 * @return "ok", "UNRESOLVED", "KINK", "FAIL", "NOT PURE" or "NOT FINITE"
 */
const char *gc_word(gc_verdict v);

enum { GC_ROOM = 240 /**< size of gc_text()'s text */ };

/**
 * @brief  One tensor's finding as a row of the table.
 * @param[out] text GC_ROOM bytes; gets no line end
 * @param[in]  t    the tensor
 * @param[in]  row  its finding
 * @return text
 */
const char *gc_text(char *text, const gc_tensor *t, const gc_row *row);

/**
 * @brief Print the table: a head, a row for each tensor and each direction, and what was not pure.
 * @param[in] out    where to print
 * @param[in] p      the problem
 * @param[in] report from gc_check()
 */
void gc_print(FILE *out, const gc_problem *p, const gc_report *report);

/**
 * @brief Print the report as one line of JSON, with all digits and null for numbers that are not finite.
 * @param[in] out    where to print
 * @param[in] p      the problem
 * @param[in] report from gc_check()
 */
void gc_json(FILE *out, const gc_problem *p, const gc_report *report);

#endif
