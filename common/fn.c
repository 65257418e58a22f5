/* fn.c: exp, tanh, the logistic function and log as fixed sequences of +, -, * and /. See fn.h. */
#include "fn.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* x = n ln 2 + r with |r| <= ln 2 / 2. ln 2 in two parts: n * LN2_HI is exact for |n| < 2^11. */
static const double LOG2_E = 0x1.71547652b82fep0;
static const double LN2_HI = 0x1.62e42fefa3800p-1;
static const double LN2_LO = 0x1.ef35793c76730p-45;

/* Adding this to a number below 2^51 leaves its nearest integer in the last bits of the sum. */
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

/* 2^n for an integer -1023 < n < 1024: n + 1023 moved into the exponent field. */
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
    /* 2^n in two factors, both in range; the product may leave it, as it should. */
    const double half = (n * 0.5 + TO_INTEGER) - TO_INTEGER;
    return (1 + (r + exp_beyond_r(r))) * power_of_two(half) * power_of_two(n - half);
}

/* tanh |x| = e / (e + 2) with e = e^2|x| - 1. The error of every rounding but the last is kept in a small
 * remainder and corrected for to first order, so the result is within 1.4 ulp everywhere. */
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

static inline double sigmoid_of(double x) { return 1 / (1 + exp_of(-x)); }

double fn_exp(double x) { return exp_of(x); }

double fn_tanh(double x) { return tanh_of(x); }

double fn_sigmoid(double x) { return sigmoid_of(x); }

/* The same in float, where shorter constants and half the series do: the first term left out is r^8/8! < 6e-9. */
static const float LOG2_E_F = 0x1.715476p0f, LN2_HI_F = 0x1.63p-1f, LN2_LO_F = -0x1.bd0106p-13f;
static const float TO_INTEGER_F = 0x1.8p23f;

static inline float power_of_two_f(float n)
{
    uint32_t b;
    const float moved = n + TO_INTEGER_F;
    memcpy(&b, &moved, sizeof b);
    b = (b + 127) << 23;
    float x;
    memcpy(&x, &b, sizeof x);
    return x;
}

static inline float exp_beyond_r_f(float r)
{
    float q = 1.0f / 5040;
    q = q * r + 1.0f / 720;
    q = q * r + 1.0f / 120;
    q = q * r + 1.0f / 24;
    q = q * r + 1.0f / 6;
    q = q * r + 0.5f;
    return q * r * r;
}

static inline float exp_of_f(float x)
{
    x = x < -104 ? -104 : x;
    x = x > 89 ? 89 : x;
    const float n = (x * LOG2_E_F + TO_INTEGER_F) - TO_INTEGER_F;
    const float r = (x - n * LN2_HI_F) - n * LN2_LO_F;
    const float half = (n * 0.5f + TO_INTEGER_F) - TO_INTEGER_F;
    return (1 + (r + exp_beyond_r_f(r))) * power_of_two_f(half) * power_of_two_f(n - half);
}

static inline float tanh_of_f(float x)
{
    float a = fabsf(x);
    a = 2 * (a > 10 ? 10 : a); /* tanh 10 = 1 - 4e-9, which rounds to 1 */
    const float n = (a * LOG2_E_F + TO_INTEGER_F) - TO_INTEGER_F;
    const float r = (a - n * LN2_HI_F) - n * LN2_LO_F;
    const float two_n = power_of_two_f(n);
    const float e = (two_n - 1) + two_n * (r + exp_beyond_r_f(r)); /* e^2|x| - 1 */
    return copysignf(e / (e + 2), x);
}

float fn_expf(float x) { return exp_of_f(x); }

static inline float sigmoid_of_f(float x) { return 1 / (1 + exp_of_f(-x)); }

float fn_tanhf(float x) { return tanh_of_f(x); }

float fn_sigmoidf(float x) { return sigmoid_of_f(x); }

/* The one for the type of x. */
#define EXP_OF(x) _Generic((x), float : exp_of_f, double : exp_of)(x)
#define TANH_OF(x) _Generic((x), float : tanh_of_f, double : tanh_of)(x)
#define SIGMOID_OF(x) _Generic((x), float : sigmoid_of_f, double : sigmoid_of)(x)

void fn_exp_all(int n, real *v)
{
    for (int i = 0; i < n; i++) v[i] = EXP_OF(v[i]);
}

void fn_tanh_all(int n, real *v)
{
    for (int i = 0; i < n; i++) v[i] = TANH_OF(v[i]);
}

void fn_sigmoid_all(int n, real *v)
{
    for (int i = 0; i < n; i++) v[i] = SIGMOID_OF(v[i]);
}

/* The leading 26 bits of x: the product of two such numbers is exact. */
static inline double leading(double x)
{
    return from_bits(bits_of(x) & UINT64_C(0xfffffffff8000000));
}

/* x = 2^k m with m between sqrt(1/2) and sqrt(2), c the nearest number j/32 to m, s = (m - c) / (m + c):
 *     ln x = k ln 2 + ln c + 2 (s + s^3/3 + s^5/5 + ...)
 * The rounding errors of the large terms are added back at the end, so nearly all of the error is the last
 * rounding. This precision matters: rng_randn() uses it for the initial weights, which must be NumPy's. */
double fn_log(double x)
{
    const int first = 23, steps = 32;
    /* ln(j/32) in two parts, for j = 23 to 45; the first parts are multiples of 2^-42, as LN2_HI is. */
    static const double ln_c[][2] = {{-0x1.522ae0738a000p-2, -0x1.ebe708164c759p-45},
                                     {-0x1.269621134e000p-2, 0x1.1b61f10522625p-44},
                                     {-0x1.f991c6cb3c000p-3, 0x1.90d04cd7cc834p-44},
                                     {-0x1.a93ed3c8ae000p-3, 0x1.8724350562169p-45},
                                     {-0x1.5bf406b544000p-3, 0x1.27023eb68981cp-46},
                                     {-0x1.1178e8227e000p-3, -0x1.1ef78ce2d07f2p-45},
                                     {-0x1.9335e5d594000p-4, -0x1.3115c3abd47dap-45},
                                     {-0x1.08598b59e4000p-4, 0x1.7e5dd7009902cp-46},
                                     {-0x1.0415d89e78000p-5, 0x1.dddc7f461c516p-44},
                                     {0x0.0p+0, 0x0.0p+0},
                                     {0x1.f829b0e780000p-6, 0x1.980267c7e09e4p-45},
                                     {0x1.f0a30c0118000p-5, -0x1.d599e83368e91p-45},
                                     {0x1.6f0d28ae58000p-4, -0x1.4b4641b664613p-44},
                                     {0x1.e27076e2b0000p-4, -0x1.a342c2af0003cp-45},
                                     {0x1.29552f8200000p-3, -0x1.5b967f4471dfcp-44},
                                     {0x1.5ff3070a7a000p-3, -0x1.8586f183bebf2p-44},
                                     {0x1.9525a9cf46000p-3, -0x1.297137d9f158fp-44},
                                     {0x1.c8ff7c79aa000p-3, -0x1.7794f689f8434p-45},
                                     {0x1.fb9186d5e4000p-3, -0x1.d572aab993c87p-47},
                                     {0x1.1675cababa000p-2, 0x1.8380e731f55c4p-44},
                                     {0x1.2e8e2bae12000p-2, -0x1.67b1e99b72bd8p-45},
                                     {0x1.4618bc21c6000p-2, -0x1.3d82f484c84ccp-46},
                                     {0x1.5d1bdbf581000p-2, -0x1.8d6bdc9c7c238p-44}};
    if (!(x > 0)) return x == 0 ? -HUGE_VAL : from_bits(UINT64_C(0x7ff8000000000000));
    if (x > DBL_MAX) return x;
    double k = 0;
    if (x < DBL_MIN) {
        x *= 0x1p54;
        k = -54;
    }
    /* The exponent of x / sqrt(1/2), and from it m; the constant holds the leading bits of sqrt(1/2). */
    const uint64_t b = bits_of(x);
    const uint64_t exponent = (b - UINT64_C(0x3fe6a09e00000000)) + (UINT64_C(1023) << 52);
    const double m = from_bits(b - (((exponent >> 52) - 1023) << 52));
    k += (double) (exponent >> 52) - 1023;

    const int j = (int) (m * steps + 0.5);
    const double c = (double) j / steps, *ln = ln_c[j - first];
    const double f = m - c, d = m + c, d_rest = (m - (d - c)) + (c - (d - (d - c)));
    const double s = f / d, z = s * s;
    const double s0 = leading(s), s1 = s - s0, d0 = leading(d), d1 = d - d0;
    const double left = (((f - s0 * d0) - s0 * d1) - s1 * d0) - s1 * d1; /* f - s d */
    const double s_rest = (left - s * d_rest) / d;
    double R = 2.0 / 9; /* the first term left out is 2 s^11/11 < 1e-22 */
    R = R * z + 2.0 / 7;
    R = R * z + 2.0 / 5;
    R = R * z + 2.0 / 3;
    R = R * z;
    const double n = k * LN2_HI + ln[0], sum = n + 2 * s; /* n is exact */
    const double sum_rest = n == 0 ? 0 : (n - sum) + 2 * s;
    return sum + (sum_rest + ((2 * s_rest + s * R) + (ln[1] + k * LN2_LO)));
}
