/**
 * @file  bugs.h
 * @brief What is wrong with this backward pass? Compares its gradients with those of known mistakes.
 *
 * One reference backward pass has a switch for each mistake of buglist.h. On a few small networks at
 * generic points (the probes), each mistake and each pair of mistakes gives a characteristic gradient: its
 * fingerprint. A backward pass with the same gradients on all probes has that mistake. Only a match up to
 * rounding gets a name; being near is not enough. Nor is a match where other mistakes have the same effect:
 * a gradient that nothing was added to, or one of a single step, is described and gets no name.
 *
 * It works on plain arrays of double, so that it can judge gradients from anywhere. Gradients, like the
 * weights, are one array: Wxh (H x V), Whh (H x H), Why (V x H), bh (H), by (V), row by row.
 */
#ifndef BUGS_H
#define BUGS_H

#include "buglist.h"

#include <stdbool.h>
#include <stdio.h>

/** A network and a sequence. */
typedef struct bugs_point {
    int H;               /**< hidden size */
    int V;               /**< vocabulary size */
    int T;               /**< steps */
    const int *inputs;   /**< T ids, 0 to V - 1 */
    const int *targets;  /**< T ids, 0 to V - 1 */
    const double *theta; /**< the weights, bugs_size() numbers */
    const double *hprev; /**< H numbers */
    /** The gradients beforehand, which the backward pass adds to: bugs_size() numbers; NULL: zeros. */
    const double *before;
} bugs_point;

/** The switches: on[k] is 0 if bug k is off, else the number of its variant, counted from 1. */
typedef struct bugs_switches {
    unsigned char on[BUGS]; /**< one for each bug */
} bugs_switches;

/** The probes. A grader asks a backward pass for its gradient on each. Before a probe's first input and target and
    after its last stands another id, for passes that read there. */
enum {
    BUGS_NAMING = 3,    /**< the first three are searched for a name: see probe_plan in bugs.c */
    BUGS_ONE_STEP = 3,  /**< one step */
    BUGS_TWO_STEPS = 4, /**< two steps */
    BUGS_DISTINCT = 5,  /**< inputs all different: column inputs[t] of dWxh is dhraw[t] */
    BUGS_FILLED = 6,    /**< the gradients are not 0 beforehand */
    BUGS_PROBES = 7     /**< number of probes */
};

/** The probes and the memory of bugs_diagnose(). */
typedef struct bugs bugs;

/** The kinds of findings. */
typedef enum bugs_kind {
    BUGS_RIGHT,     /**< the right gradient */
    BUGS_NAMED,     /**< one of the known mistakes, or two */
    BUGS_UNKNOWN,   /**< wrong, but not by one or two known mistakes */
    BUGS_NOT_FINITE /**< a nan or an infinity: no search is made */
} bugs_kind;

/** What became of a tensor whose gradient is 0 on the naming probes. */
typedef enum bugs_zero {
    BUGS_NOT_ZERO,  /**< it is not 0 */
    BUGS_UNTOUCHED, /**< what was there beforehand is still there */
    BUGS_ERASED,    /**< what was there beforehand is gone: it is 0 there, too */
    BUGS_READS      /**< another number: it depends on what was in the gradients beforehand */
} bugs_zero;

/** Does only one step of the sequence count? */
typedef enum bugs_step {
    BUGS_ALL_STEPS, /**< no */
    BUGS_LAST_STEP, /**< only T-1 */
    BUGS_FIRST_STEP /**< only 0, without what the next one hands back */
} bugs_step;

/** What was found. Mistakes are given as bug_id; -1: none. */
typedef struct bugs_finding {
    bugs_kind kind;           /**< the kind of finding */
    int bug[2];               /**< the mistake or the two mistakes named */
    int also[2];              /**< another pair with the same numbers */
    bool in_float;            /**< agrees to single precision only */
    double distance;          /**< from the nearest entry of the library */
    int next[2];              /**< the next best explanation; both -1: the right gradient */
    double next_distance;     /**< distance from it */
    double from_right;        /**< distance from the right gradient */
    bool right[BUGS_PROBES];  /**< is the gradient right on this probe? */
    bool tensor_right[5];     /**< is this tensor right on all naming probes? */
    bugs_zero tensor_zero[5]; /**< is it 0 on all of them? */
    double tensor_factor[5];  /**< tensor / right tensor; nan if not constant */
    int tensor_bug[5]; /**< kind UNKNOWN: a mistake that explains this wrong tensor exactly */
    double factor[BUGS_NAMING]; /**< gradient / right gradient on this probe; nan if not constant */
    int first_wrong; /**< on BUGS_DISTINCT, the latest t with a wrong dhraw if it can be told, or -1 */
    bool ambiguous; /**< kind UNKNOWN: a known mistake makes these numbers, but others do, too */
    bool sets;      /**< what was in the gradients beforehand has no effect on them */
    bugs_step step; /**< does only one step count? */
} bugs_finding;

/**
 * @brief  How many weights a network has.
 * @param  H,V sizes
 * @return 2 H V + H H + H + V
 */
int bugs_size(int H, int V);

/**
 * @brief  The size of bugs_gradient()'s scratch.
 * @param  H,V,T sizes
 * @return how many numbers it needs
 */
int bugs_scratch(int H, int V, int T);

/**
 * @brief  The gradient at a point, right or with mistakes.
 * @param[in]  p       the point
 * @param[in]  s       the switches; NULL: all off, the right gradient
 * @param[out] g       bugs_size() numbers
 * @param[out] scratch bugs_scratch() numbers
 * @return the loss, in nat
 */
double bugs_gradient(const bugs_point *p, const bugs_switches *s, double *g, double *scratch);

/**
 * @brief  Make the probes.
 * @return the probes, which the caller frees with bugs_free(); NULL on out of memory
 */
bugs *bugs_new(void);

/**
 * @brief Free the probes.
 * @param b the probes; NULL is allowed
 */
void bugs_free(bugs *b);

/**
 * @brief  One probe.
 * @param[in] b     the probes
 * @param[in] probe 0 to BUGS_PROBES - 1
 * @return the probe; valid as long as b
 */
const bugs_point *bugs_probe(const bugs *b, int probe);

/**
 * @brief  The right loss and gradient at a probe.
 * @param[in]  b     the probes
 * @param[in]  probe 0 to BUGS_PROBES - 1
 * @param[out] loss  the loss; NULL is allowed
 * @return the gradient; valid as long as b
 */
const double *bugs_right(const bugs *b, int probe, double *loss);

/**
 * @brief  The number of entries of the library: the right pass, each mistake in each variant, and each pair of these.
 * @param[in] b the probes
 * @return the number
 */
int bugs_entries(const bugs *b);

/**
 * @brief  An entry of the library.
 * @param[in]  b   the probes
 * @param[in]  k   0 to bugs_entries() - 1: 0 is the right pass, then single mistakes, then pairs
 * @param[out] bug its mistakes; -1: none
 * @return its switches
 */
bugs_switches bugs_entry(const bugs *b, int k, int bug[2]);

/**
 * @brief  The distance of two gradients: the largest |x - y| / max(|x|, |y|) of the five tensors, where |.| is
 *         the root of the sum of squares.
 * @param  H,V sizes
 * @param  x,y two gradients
 * @return 0 to 2; infinity if either is not finite
 */
double bugs_distance(int H, int V, const double *x, const double *y);

/**
 * @brief  What is wrong with these gradients?
 * @param[in,out] b    the probes, and scratch
 * @param[in]     grad one gradient for each probe, in the probes' order
 * @param[out]    f    what was found
 * @note   Tries all mistakes of buglist.h and all pairs. Of the mistakes of one tensor, `dh-is-dhnext` is never named: its
 *         gradient is that of a pass which writes dWhy and dby only.
 */
void bugs_diagnose(bugs *b, const double *const grad[BUGS_PROBES], bugs_finding *f);

/**
 * @brief Print what was found, what to do and what to read, in the language of say().
 * @param[in] out where to
 * @param[in] f   what was found
 */
void bugs_explain(FILE *out, const bugs_finding *f);

enum { BUGS_ROOM = 100 /**< size of bugs_name()'s text */ };

/**
 * @brief  The finding in one line, for people and programs.
 * @param[out] text BUGS_ROOM bytes; gets no line end
 * @param[in]  f    what was found
 * @return text: "right", "named: ID", "named: ID + ID" or "not one of the known mistakes"
 */
const char *bugs_name(char *text, const bugs_finding *f);

#endif
