/* students.h: backward passes as students write them, in double and in float, with mistakes of buglist.h and others. */
#ifndef STUDENTS_H
#define STUDENTS_H

#include "bugs.h"

#include <math.h>

/* Mistakes that are not in the library. */
enum {
    PLUS_ONE = BUGS,
    SMOOTHED_LABELS,
    ONLY_TARGET,
    TEMPERATURE,
    ONE_PLUS_H2,
    H_SQUARED,
    DHNEXT_CLIPPED,
    DROPS_LAST_UNIT,
    DHNEXT_IS_DHRAW,
    DHNEXT_IS_DH,
    DHNEXT_HALVED,
    TRUNCATED_EVERY_3,
    HANDED_TWO_BACK,
    DWHY_OF_TANH_H,
    DWHY_OF_PREACTIVATION,
    DWHH_LAG_2,
    DWHH_HPREV_ALWAYS,
    DBY_FROM_DBH,
    DWXH_DOUBLED,
    HALVED,
    DIVIDED_BY_V,
    DIVIDED_BY_ROOT_T,
    NORM_CLIPPED,
    WEIGHT_DECAY,
    WEIGHT_DECAY_FAINT,
    A_LITTLE_TOO_LARGE,
    SKIPS_MIDDLE,
    OUTSIDE_END,
    NO_MISTAKE = -1
};

#define NUMBER double
#define FUNCTION student_double
#include "student.h"
#undef NUMBER
#undef FUNCTION
#define NUMBER float
#define FUNCTION student_float
#include "student.h"

#endif
