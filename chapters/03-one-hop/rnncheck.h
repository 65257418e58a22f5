/**
 * @file  rnncheck.h
 * @brief The gradient check of the RNN: rnn_backward() against differences of rnn_forward()'s loss.
 */
#ifndef RNNCHECK_H
#define RNNCHECK_H

#include "backward.h"
#include "bugs.h"
#include "gradcheck.h"

/** A network and a sequence to check the gradient at, and options. */
typedef struct rnncheck {
    rnn *net;           /**< the network */
    rnn *d;             /**< its gradient */
    trace *tr;          /**< memory for tr->T steps; T is read */
    work *w;            /**< scratch */
    const int *inputs;  /**< T ids */
    const int *targets; /**< T ids */
    const mat *hprev;   /**< H x 1 */
    trace *frozen;      /**< NULL, or the detached loss: its hs[t-1] replace the computed ones */
    /** NULL, or check the reference's gradient with these mistakes instead of rnn_backward()'s. */
    const bugs_switches *mistakes;
    double *scratch;       /**< memory for `mistakes`; rnnprobe_new() and rnnprobe_at() set it */
    void (*after)(rnn *d); /**< NULL, or a change made to the gradient first, such as clipping */
} rnncheck;

/**
 * @brief  The check as a problem of gradcheck.h.
 * @param[in]  c      what to check; must outlive the problem
 * @param[out] tensor gets the five tensors, in the order of rnn_name; must outlive the problem, too
 * @return the problem
 */
gc_problem rnncheck_problem(rnncheck *c, gc_tensor tensor[5]);

/**
 * @brief  Check all five gradients.
 * @param[in,out] c      what to check; d, tr, w (and frozen) are written
 * @param[in]     o      options; NULL: the defaults
 * @param[out]    report five findings, in the order of rnn_name
 * @return the gravest verdict
 */
gc_verdict rnncheck_run(rnncheck *c, const gc_options *o, gc_report *report);

/**
 * @brief  Run the check and print the table.
 * @param[in,out] c   what to check
 * @param[in]     o   options; NULL: the defaults
 * @param[in]     out where to print
 * @return the gravest verdict
 */
gc_verdict rnncheck_print(rnncheck *c, const gc_options *o, FILE *out);

/** A small network at a generic point, with a sequence, so that a wrong gradient shows. */
typedef struct rnnprobe {
    rnncheck check; /**< ready for rnncheck_run() */
    int *inputs;    /**< T ids */
    int *targets;   /**< T ids, independent of the inputs */
    mat *hprev;     /**< H x 1, not zero */
} rnnprobe;

/**
 * @brief  A probe with random weights, biases, hprev, inputs and targets.
 * @param  H,V,T  sizes; best all different
 * @param  spread standard deviation of weights, biases and hprev; 0.5 works well
 * @param  seed   of the random numbers
 * @return the probe, which the caller frees with rnnprobe_free(); NULL on out of memory
 */
rnnprobe *rnnprobe_new(int H, int V, int T, double spread, uint32_t seed);

/**
 * @brief  A point of bugs.h as a probe.
 * @param[in] p the point
 * @return the probe, which the caller frees with rnnprobe_free(); NULL on out of memory
 */
rnnprobe *rnnprobe_at(const bugs_point *p);

/**
 * @brief  A check's network and sequence as a point of bugs.h.
 * @param[in]  c     the check
 * @param[out] theta bugs_size() numbers
 * @param[out] hprev H numbers
 * @return the point; it refers to theta, hprev, and c's inputs and targets
 */
bugs_point rnncheck_point(const rnncheck *c, double *theta, double *hprev);

/**
 * @brief Free a probe.
 * @param p the probe; NULL is allowed
 */
void rnnprobe_free(rnnprobe *p);

/**
 * @brief  Find what is wrong with rnn_backward().
 * @param[in,out] b the probes
 * @param[out]    f what was found
 * @return false on out of memory
 */
bool rnncheck_diagnose(bugs *b, bugs_finding *f);

/**
 * @brief Print what is wrong with rnn_backward(), if anything.
 * @param[in] out where to print
 * @return false on out of memory
 */
bool rnncheck_explain(FILE *out);

#endif
