/**
 * @file  real.h
 * @brief The one type of number that the network is made of: double, or float with `make REAL=float`.
 *
 * Sums of losses, random draws and the clock of the training stay double in both.
 */
#ifndef REAL_H
#define REAL_H

#include <float.h>

/** What real is; the Makefile sets it. */
#ifndef REAL
#define REAL double
#endif

/** A weight, a state, a gradient. */
typedef REAL real;

_Static_assert(FLT_EVAL_METHOD == 0,
               "a processor that computes wider than it stores gives other bits");

/** True in a REAL=double build, where the golden figures and the gradient check are exact enough. */
#define REAL_IS_DOUBLE (sizeof(real) == sizeof(double))

#endif
