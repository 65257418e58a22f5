/**
 * @file  fn.h
 * @brief Our own exp, tanh, logistic function and log: the same bits with every compiler, flag and machine.
 *
 * C libraries may round these as they like, and differ in the last bit. Training is chaotic at learning
 * rate 0.1, so one such bit gives a different text after a few dozen iterations. Here they are a fixed
 * sequence of +, -, * and /, which IEEE 754 rounds in one way only (build with `-ffp-contract=off`).
 * exp, tanh and the logistic function have no branches, so the compiler turns the loops over arrays into vector code.
 *
 * Largest errors measured against long double at millions of points (tests/test_fn.c), for results that are
 * normal numbers: exp 1.0, tanh 1.4, logistic function 2.5, log 0.51 ulp; in float, against double: exp 1.05, tanh
 * 2.46 ulp.
 */
#ifndef FN_H
#define FN_H

#include "real.h"

/**
 * @brief  e^x
 * @param  x any number: above 709.78 the result is inf, below -745.13 it is 0, nan gives nan
 * @return e^x, within 2 ulp (below 2^-1022, within 2^-1074, the spacing of subnormal numbers)
 */
double fn_exp(double x);

/**
 * @brief  tanh x = (e^2x - 1) / (e^2x + 1)
 * @param  x any number; tanh(-0) is -0, nan gives nan
 * @return tanh x, within 2 ulp
 */
double fn_tanh(double x);

/**
 * @brief  e^x in float, which is faster: half the series, and twice as many numbers in a vector
 * @param  x any number: above 88.72 the result is inf, below -103.97 it is 0, nan gives nan
 * @return e^x, within 2 ulp (below 2^-126, within 2^-149)
 */
float fn_expf(float x);

/**
 * @brief  tanh x in float
 * @param  x any number; tanh(-0) is -0, nan gives nan
 * @return tanh x, within 3 ulp
 */
float fn_tanhf(float x);

/**
 * @brief  The logistic function 1 / (1 + e^-x), which opens and closes gates.
 * @param  x any number: above 36.8 the result is 1; below -709.78, where it would be subnormal, 0; nan gives nan
 * @return 0 to 1, within 2.5 ulp
 */
double fn_sigmoid(double x);

/**
 * @brief  The logistic function in float.
 * @param  x any number: below -88.72 the result is 0; nan gives nan
 * @return 0 to 1, within 2.5 ulp
 */
float fn_sigmoidf(float x);

/**
 * @brief  The natural logarithm.
 * @param  x any number: 0 gives -inf, a negative number or nan gives nan, inf gives inf
 * @return ln x, within 2 ulp
 */
double fn_log(double x);

/**
 * @brief v[i] = e^v[i], as fn_exp() or, if real is float, fn_expf()
 * @param[in]     n number of elements
 * @param[in,out] v n numbers
 */
void fn_exp_all(int n, real *v);

/**
 * @brief v[i] = tanh v[i], as fn_tanh() or, if real is float, fn_tanhf()
 * @param[in]     n number of elements
 * @param[in,out] v n numbers
 */
void fn_tanh_all(int n, real *v);

/**
 * @brief v[i] = 1 / (1 + e^-v[i])
 * @param[in]     n number of elements
 * @param[in,out] v n numbers
 */
void fn_sigmoid_all(int n, real *v);

#endif
