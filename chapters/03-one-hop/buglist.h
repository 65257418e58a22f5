/**
 * @file  buglist.h
 * @brief The known mistakes in an RNN's backward pass: names, hints for students, sightings in real code.
 */
#ifndef BUGLIST_H
#define BUGLIST_H

/** The bugs, in the order of buglist. */
typedef enum bug_id {
    NO_MINUS_ONE,
    MINUS_ONE_AT_INPUT,
    TARGET_PREV,
    TARGET_NEXT,
    SIGN_FLIPPED,
    DY_FROM_LOGITS,
    SOFTMAX_TWICE,
    NO_SOFTMAX_JACOBIAN,
    DWHY_H_PREV,
    DWHY_H_LAST,
    DWHY_TRANSPOSED,
    WHY_STRIDE,
    DWHY_OVERWRITTEN,
    DBY_OVERWRITTEN,
    DBY_MISSING,
    NO_TANH,
    TANH_OF_PREACTIVATION,
    TANH_TWICE,
    TANH_H_PREV,
    ONE_MINUS_H,
    SIGMOID_PRIME,
    DBH_USES_DH,
    DWXH_USES_DH,
    DWHH_USES_DH,
    DWHH_OVERWRITTEN,
    DWXH_OVERWRITTEN,
    ALL_OVERWRITTEN,
    DWHH_TRANSPOSED,
    DWHH_H_NOW,
    DWXH_X_PREV,
    DWXH_Y,
    DWXH_TRANSPOSED,
    DBH_MISSING,
    DBH_OVERWRITTEN,
    HPREV_DROPPED,
    HPREV_WRAPS,
    NO_DHNEXT,
    DHNEXT_AFTER_TANH,
    DHNEXT_FROM_DH,
    DHNEXT_NOT_TRANSPOSED,
    DHNEXT_ACCUMULATES,
    DHNEXT_ONE_STEP,
    DH_IS_DHNEXT,
    FORWARD_ORDER,
    SKIPS_FIRST,
    SKIPS_LAST,
    DIVIDED_BY_T,
    CLIPPED_5,
    CLIPPED_1,
    BUGS,                              /**< number of bugs */
    BUGS_PAIRS = BUGS * (BUGS - 1) / 2 /**< number of pairs of bugs */
} bug_id;

/** A known mistake. */
typedef struct known_bug {
    const char *id;      /**< its name */
    int variants;        /**< ways to write it that give different numbers, at least 1 */
    const char *en;      /**< what is wrong and what to do, one sentence */
    const char *ko;      /**< the same in Korean */
    const char *lesson;  /**< the chapter that explains it: its folder's name without the number */
    const char *section; /**< the anchor of the section: the name of what it computes */
    const char *seen_en; /**< where it was seen in real code, or NULL */
    const char *seen_ko; /**< the same in Korean */
} known_bug;

/** All known mistakes, indexed by bug_id. */
extern const known_bug buglist[BUGS];

/**
 * @brief  Find a bug by its name.
 * @param[in] id the name
 * @return its bug_id, or -1
 */
int buglist_find(const char *id);

#endif
