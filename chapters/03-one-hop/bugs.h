/**
 * @file  bugs.h
 * @brief What is wrong with this backward pass? Its gradients are held against those of known mistakes.
 *
 * One reference backward pass has a switch for each mistake of buglist.h. On a few small networks at
 * generic points (the probes) each mistake, and each pair of them, has a gradient of its own: a
 * fingerprint. A backward pass that computes the same numbers on all of them made that mistake. No name is
 * given for being near: it must reproduce the gradient to the last digits that its precision has.
 *
 * It works on plain arrays of double, so that it can judge gradients from anywhere. Gradients, like the
 * weights, stand one after the other: Wxh (H x V), Whh (H x H), Why (V x H), bh (H), by (V), row by row.
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
} bugs_point;

/** The switches: on[k] is 0, or 1 + which variant of bug k is on. */
typedef struct bugs_switches {
    unsigned char on[BUGS]; /**< one for each bug */
} bugs_switches;

/** The probes. A grader asks a backward pass for its gradient on each. */
enum {
    BUGS_NAMING =
        3, /**< the first three carry the fingerprints: 6 steps; hotter weights; large gradients */
    BUGS_ONE_STEP = 3,  /**< one step */
    BUGS_TWO_STEPS = 4, /**< two steps */
    BUGS_DISTINCT = 5,  /**< inputs all different: column inputs[t] of dWxh is dhraw[t] */
    BUGS_PROBES = 6     /**< how many there are */
};

/** The probes, and all that bugs_diagnose() needs. */
typedef struct bugs bugs;

/** What kind of finding. */
typedef enum bugs_kind {
    BUGS_RIGHT,     /**< the right gradient */
    BUGS_NAMED,     /**< one of the known mistakes, or two */
    BUGS_UNKNOWN,   /**< not one of them */
    BUGS_NOT_FINITE /**< a nan or an infinity: nothing else can be told */
} bugs_kind;

/** What was found. Numbers of bugs are bug_id; -1: none. */
typedef struct bugs_finding {
    bugs_kind kind;          /**< what was found, in one word */
    int bug[2];              /**< what is named: one, or two */
    int also[2];             /**< two other mistakes that make the same numbers */
    bool in_float;           /**< agrees to single precision only */
    double distance;         /**< of the gradients from what is named, or else from the nearest */
    int next[2];             /**< the next best explanation; both -1: the right gradient */
    double next_distance;    /**< distance from that one */
    double from_right;       /**< distance from the right gradient */
    bool right[BUGS_PROBES]; /**< is all of it right on this probe? */
    bool tensor_right[5];    /**< is this tensor right on all naming probes? */
    bool tensor_zero[5];     /**< is it 0 on all of them? */
    int tensor_bug[5]; /**< if it is not right: the one mistake that explains this tensor exactly */
    double factor[BUGS_NAMING]; /**< gradient / right one on this probe; nan if not constant */
    int first_wrong; /**< on the probe of distinct inputs, the latest t with a wrong dhraw, or -1 */
} bugs_finding;

/**
 * @brief  How many weights a network has.
 * @param  H,V sizes
 * @return 2 H V + H H + H + V
 */
int bugs_size(int H, int V);

/**
 * @brief  How many numbers of scratch bugs_gradient() needs.
 * @param  H,V,T sizes
 * @return the number
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
 * @return them, which the caller frees with bugs_free(); NULL where memory is short
 */
bugs *bugs_new(void);

/**
 * @brief Give them back.
 * @param b the probes; NULL is allowed
 */
void bugs_free(bugs *b);

/**
 * @brief  One probe.
 * @param[in] b     the probes
 * @param[in] probe 0 to BUGS_PROBES - 1
 * @return it; it lives as long as b
 */
const bugs_point *bugs_probe(const bugs *b, int probe);

/**
 * @brief  The right loss and gradient at a probe.
 * @param[in]  b     the probes
 * @param[in]  probe 0 to BUGS_PROBES - 1
 * @param[out] loss  the loss; NULL is allowed
 * @return the gradient; it lives as long as b
 */
const double *bugs_right(const bugs *b, int probe, double *loss);

/**
 * @brief  How many entries the library has: the right pass, the mistakes in all their variants, and every two.
 * @param[in] b the probes
 * @return the number
 */
int bugs_entries(const bugs *b);

/**
 * @brief  An entry of the library.
 * @param[in]  b   the probes
 * @param[in]  k   0 to bugs_entries() - 1; 0 is the right pass, then come single mistakes, then pairs
 * @param[out] bug its mistakes; -1: none
 * @return its switches
 */
bugs_switches bugs_entry(const bugs *b, int k, int bug[2]);

/**
 * @brief  How far two gradients are apart: the largest, over the five tensors, of |x - y| / max(|x|, |y|),
 *         where |.| is the root of the sum of squares.
 * @param  H,V sizes
 * @param  x,y two gradients
 * @return 0 to 2; infinite where one is not finite
 */
double bugs_distance(int H, int V, const double *x, const double *y);

/**
 * @brief  What is wrong with these gradients?
 * @param[in,out] b    the probes, and scratch
 * @param[in]     grad one gradient for each probe, in the probes' order
 * @param[out]    f    what was found
 * @note   All mistakes of buglist.h and all their pairs are tried.
 */
void bugs_diagnose(bugs *b, const double *const grad[BUGS_PROBES], bugs_finding *f);

/**
 * @brief Print what was found, what to do and what to read, in the language of say().
 * @param[in] out where to
 * @param[in] f   what was found
 */
void bugs_explain(FILE *out, const bugs_finding *f);

enum { BUGS_ROOM = 100 /**< characters that bugs_name() needs */ };

/**
 * @brief  The finding in one line, for people and programs.
 * @param[out] text BUGS_ROOM characters, no line end
 * @param[in]  f    what was found
 * @return text: "right", "named: ID", "named: ID + ID" or "not one of the known mistakes"
 */
const char *bugs_name(char *text, const bugs_finding *f);

#endif
