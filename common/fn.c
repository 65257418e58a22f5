/* fn.c: exp, tanh and log as fixed sequences of +, -, * and /. See fn.h. */
#include "fn.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* x = n ln 2 + r with |r| <= ln 2 / 2. ln 2 in two parts: n * LN2_HI is exact for |n| < 2^11. */
static const double LOG2_E = 0x1.71547652b82fep0;
static const double LN2_HI = 0x1.62e42fefa3800p-1;
static const double LN2_LO = 0x1.ef35793c76730p-45;

/* Added to a number below 2^51, this leaves its nearest integer in the last bits of the sum. */
static const double TO_INTEGER = 0x1.8p52;

static inline uint64_t bits_of(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

static inline double from_bits(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

/* 2^n for a whole number -1023 < n < 1024: n + 1023 moved into the exponent field. */
static inline double power_of_two(double n)
{
    return from_bits((bits_of(n + TO_INTEGER) + 1023) << 52);
}

/* The part of e^r - 1 beyond r, for |r| <= ln 2 / 2, by Taylor's series: the first term left
 * out is r^14/14! < 5e-18. */
static inline double exp_beyond_r(double r)
{
    double q = 1.0 / 6227020800;
    q = q * r + 1.0 / 479001600;
    q = q * r + 1.0 / 39916800;
    q = q * r + 1.0 / 3628800;
    q = q * r + 1.0 / 362880;
    q = q * r + 1.0 / 40320;
    q = q * r + 1.0 / 5040;
    q = q * r + 1.0 / 720;
    q = q * r + 1.0 / 120;
    q = q * r + 1.0 / 24;
    q = q * r + 1.0 / 6;
    q = q * r + 0.5;
    return q * r * r;
}

static inline double exp_of(double x)
{
    x = x < -746 ? -746 : x;
    x = x > 710 ? 710 : x;
    const double n = (x * LOG2_E + TO_INTEGER) - TO_INTEGER;
    const double r = (x - n * LN2_HI) - n * LN2_LO;
    /* 2^n in two steps, so that neither leaves the range: the product may, as it should. */
    const double half = (n * 0.5 + TO_INTEGER) - TO_INTEGER;
    return (1 + (r + exp_beyond_r(r))) * power_of_two(half) * power_of_two(n - half);
}

/* tanh |x| = e / (e + 2) with e = e^2|x| - 1. Every rounding but the last is caught in a small rest
 * and put back in first order, so that the result is within 1.4 ulp everywhere. */
static inline double tanh_of(double x)
{
    double a = fabs(x);
    a = 2 * (a > 20 ? 20 : a); /* tanh 20 = 1 - 8e-18, which rounds to 1 */
    const double n = (a * LOG2_E + TO_INTEGER) - TO_INTEGER;
    const double hi = a - n * LN2_HI, lo = n * LN2_LO, r = hi - lo;
    const double beyond = exp_beyond_r(r) + ((hi - r) - lo);
    const double u = r + beyond, u_rest = (r - u) + beyond; /* e^r - 1 = u + u_rest */
    const double two_n = power_of_two(n);
    const double e = (two_n - 1) + two_n * u; /* 2^n e^r - 1 = e + e_rest */
    const double e_rest = (((two_n - 1) - e) + two_n * u) + two_n * u_rest;
    const double d = e + 2; /* e + 2 = d + d_rest */
    const double d_rest = e > 2 ? (e - d) + 2 : (2 - d) + e;
    const double s = e / d;
    return copysign(s + ((1 - s) * e_rest - s * d_rest) * (0.5 * (1 - s)), x); /* 1/d = (1 - s)/2 */
}

double fn_exp(double x) { return exp_of(x); }

double fn_tanh(double x) { return tanh_of(x); }

void fn_exp_all(int n, real *v)
{
    for (int i = 0; i < n; i++) v[i] = (real) exp_of((double) v[i]);
}

void fn_tanh_all(int n, real *v)
{
    for (int i = 0; i < n; i++) v[i] = (real) tanh_of((double) v[i]);
}

/* x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), and with s = f / (2 + f):
 *     ln(1 + f) = 2 (s + s^3/3 + s^5/5 + ...) = f - f^2/2 + s (f^2/2 + R),   R = 2 s^2/3 + 2 s^4/5 + ...
 * The second form keeps f whole: only the small terms are rounded. */
double fn_log(double x)
{
    if (!(x > 0)) return x == 0 ? -HUGE_VAL : from_bits(UINT64_C(0x7ff8000000000000));
    if (x > DBL_MAX) return x;
    double k = 0;
    if (x < DBL_MIN) {
        x *= 0x1p54;
        k = -54;
    }
    /* The exponent of x over sqrt(1/2), whose leading bits these are, and with it 1 + f. */
    const uint64_t b = bits_of(x),
                   exponent = (b - UINT64_C(0x3fe6a09e00000000)) + (UINT64_C(1023) << 52);
    const double f = from_bits(b - (((exponent >> 52) - 1023) << 52)) - 1;
    const double s = f / (2 + f), z = s * s, half = 0.5 * f * f;
    double R = 2.0 / 23;
    R = R * z + 2.0 / 21;
    R = R * z + 2.0 / 19;
    R = R * z + 2.0 / 17;
    R = R * z + 2.0 / 15;
    R = R * z + 2.0 / 13;
    R = R * z + 2.0 / 11;
    R = R * z + 2.0 / 9;
    R = R * z + 2.0 / 7;
    R = R * z + 2.0 / 5;
    R = R * z + 2.0 / 3;
    R = R * z;
    k += (double) (exponent >> 52) - 1023;
    return k * LN2_HI - ((half - (s * (half + R) + k * LN2_LO)) - f);
}
