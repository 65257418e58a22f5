/**
 * @file  real.h
 * @brief The number type of the network: double, or float with `make REAL=float`.
 *
 * Losses, random draws and times are double in both.
 */
#ifndef REAL_H
#define REAL_H

#include <float.h>

/** The type behind real; the Makefile sets it. */
#ifndef REAL
#define REAL double
#endif

/** A weight, a state, a gradient. */
typedef REAL real;

#ifdef FLT_EVAL_METHOD
/* Method 1 widens float to double, and leaves double as it is. */
_Static_assert(FLT_EVAL_METHOD == 0 || (FLT_EVAL_METHOD == 1 && sizeof(real) == sizeof(double)),
               "this build computes wider than it stores and would give other bits: on 32-bit x86 "
               "add -msse2 -mfpmath=sse to CFLAGS, on s390x -fexcess-precision=fast");
#elif defined __i386__
#error "TinyCC, whose float.h does not tell, computes wider than it stores on 32-bit x86"
#endif

/** True in a REAL=double build: precise enough for the golden figures and the gradient check. */
#define REAL_IS_DOUBLE (sizeof(real) == sizeof(double))

#endif
