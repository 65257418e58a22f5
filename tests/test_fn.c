/* test_fn.c: exp, tanh, the logistic function and log against those of the C library in long double. */
#include "fn.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { POINTS = 500000 };

static const double SMALLEST = 0x1p-1074; /* the smallest number above 0 */

/* Needs a wider type to compare with: not every machine has one, and valgrind computes it in 53 bits. */
static void needs_long_double(void)
{
    volatile long double one = 1, tiny = 0x1p-63L, sum = one + tiny;
    if (LDBL_MANT_DIG < 64 || sum == one) cr_skip_test("needs a long double wider than double");
}

/* Uniform random numbers that do not depend on rng.h. */
static uint64_t state = 0x9e3779b97f4a7c15;

static double even(double least, double most)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return least + (most - least) * ((double) (state >> 11) / 9007199254740992.0);
}

/* A number of either sign with a uniformly drawn exponent. */
static double of_any_size(double least_exponent, double most_exponent)
{
    const double x = ldexp(even(1, 2), (int) floor(even(least_exponent, most_exponent)));
    return state & 4096 ? x : -x;
}

/* The error in units in the last place of y; 2^-1074 for a subnormal y. */
static double off(double x, long double y)
{
    int exponent;
    frexpl(y, &exponent);
    if (exponent < -1021) exponent = -1021;
    return (double) (fabsl((long double) x - y) / ldexpl(1, exponent - 53));
}

static void exp_is_right(double x, double bound)
{
    const double miss = off(fn_exp(x), expl((long double) x));
    cr_assert(miss <= bound, "exp(%a) is %.3f ulp off", x, miss);
}

static void tanh_is_right(double x, double bound)
{
    const double miss = off(fn_tanh(x), tanhl((long double) x));
    cr_assert(miss <= bound, "tanh(%a) is %.3f ulp off", x, miss);
}

static void sigmoid_is_right(double x, double bound)
{
    const double miss = off(fn_sigmoid(x), 1 / (1 + expl(-(long double) x)));
    cr_assert(miss <= bound, "sigmoid(%a) is %.3f ulp off", x, miss);
}

static void log_is_right(double x, double bound)
{
    const double miss = off(fn_log(x), logl((long double) x));
    cr_assert(miss <= bound, "log(%a) is %.3f ulp off", x, miss);
}

static bool is_plus_zero(double x) { return x == 0 && !signbit(x); }

static bool is_minus_zero(double x) { return x == 0 && signbit(x); }

/* The bounds are the measured ones of fn.h. */
Test(fn, exp_is_within_1_ulp_over_its_range)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) exp_is_right(even(-708.39, 709.78), 1.0);
    for (int i = 0; i < POINTS; i++) exp_is_right(even(-3, 3), 1.0);
}

Test(fn, exp_is_within_1_ulp_near_0)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) exp_is_right(of_any_size(-60, 0), 1.0);
}

/* The argument is reduced by multiples of ln 2; halfway between two, the series is least accurate. */
Test(fn, exp_is_within_1_ulp_around_every_half_of_ln_2)
{
    needs_long_double();
    for (int n = -2040; n <= 2046; n++)
        for (int i = 0; i < 100; i++)
            exp_is_right(n * 0.34657359027997265 * (1 + even(-1, 1) * 0x1p-40), 1.0);
}

Test(fn, exp_is_within_one_unit_where_the_result_is_subnormal)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) {
        const double x = even(-745.13, -708.4), y = fn_exp(x);
        cr_assert(y < 2 * DBL_MIN);
        exp_is_right(x, 1.0);
    }
}

Test(fn, exp_of_0_and_of_what_is_nearly_0_is_1)
{
    static const double x[] = {0.0,       -0.0,       0x1p-1074, -0x1p-1074,
                               0x1p-1022, -0x1p-1022, 1e-300,    -1e-20};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) cr_assert_eq(fn_exp(x[i]), 1);
}

Test(fn, exp_is_inf_above_709_and_finite_up_to_there)
{
    cr_assert_eq(fn_exp(709.79), HUGE_VAL);
    cr_assert_eq(fn_exp(710), HUGE_VAL);
    cr_assert_eq(fn_exp(1e5), HUGE_VAL);
    cr_assert_eq(fn_exp(DBL_MAX), HUGE_VAL);
    cr_assert_eq(fn_exp(HUGE_VAL), HUGE_VAL);
    cr_assert(fn_exp(0x1.62e42fefa39efp+9) <= DBL_MAX); /* the largest x with a finite e^x */
    cr_assert(fn_exp(0x1.62e42fefa39efp+9) > 1.79e308);
}

Test(fn, exp_is_0_below_minus_745_and_more_up_to_there)
{
    static const double x[] = {-745.14, -746, -747, -1e5, -DBL_MAX, -HUGE_VAL};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) cr_assert(is_plus_zero(fn_exp(x[i])));
    cr_assert_eq(fn_exp(-745.13), SMALLEST);
}

Test(fn, tanh_is_within_1_4_ulp_over_its_range)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) tanh_is_right(even(-21, 21), 1.4);
    for (int i = 0; i < POINTS; i++) tanh_is_right(even(-1, 1), 1.4);
}

Test(fn, tanh_is_within_1_4_ulp_near_0)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) tanh_is_right(of_any_size(-60, 1), 1.4);
    for (int i = 0; i < POINTS / 5; i++) tanh_is_right(of_any_size(-1074, -60), 1.4);
}

Test(fn, tanh_of_a_subnormal_is_the_same_number)
{
    for (int n = -1074; n < -1000; n++) {
        const double x = ldexp(1.0, n) + ldexp(1.0, -1074);
        cr_assert_eq(fn_tanh(x), x);
        cr_assert_eq(fn_tanh(-x), -x);
    }
}

Test(fn, tanh_keeps_the_sign_of_0)
{
    cr_assert(is_plus_zero(fn_tanh(0.0)));
    cr_assert(is_minus_zero(fn_tanh(-0.0)));
}

Test(fn, tanh_is_1_far_out_and_never_more)
{
    static const double far[] = {19.1, 20, 20.1, 40, 355, 710, 1e5, DBL_MAX, HUGE_VAL};
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        cr_assert_eq(fn_tanh(far[i]), 1);
        cr_assert_eq(fn_tanh(-far[i]), -1);
    }
    for (int i = 0; i < POINTS / 5; i++) cr_assert(fn_tanh(even(15, 20)) <= 1);
    cr_assert(fn_tanh(18) < 1);
}

Test(fn, tanh_of_minus_x_is_minus_tanh_of_x)
{
    for (int i = 0; i < POINTS / 5; i++) {
        const double x = of_any_size(-40, 6);
        cr_assert_eq(fn_tanh(-x), -fn_tanh(x));
    }
}

Test(fn, sigmoid_is_within_2_5_ulp)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) sigmoid_is_right(even(-37, 37), 2.5);
    for (int i = 0; i < POINTS; i++) sigmoid_is_right(even(-2, 2), 2.5);
    for (int i = 0; i < POINTS; i++) sigmoid_is_right(even(-708, -30), 2.5);
    for (int i = 0; i < POINTS; i++) sigmoid_is_right(of_any_size(-60, 5), 2.5);
}

Test(fn, sigmoid_is_a_half_at_0_and_0_or_1_far_out)
{
    cr_assert(fn_sigmoid(0.0) == 0.5 && fn_sigmoid(-0.0) == 0.5);
    cr_assert(fn_sigmoid(37) == 1 && fn_sigmoid(DBL_MAX) == 1 && fn_sigmoid(HUGE_VAL) == 1);
    cr_assert(is_plus_zero(fn_sigmoid(-710)) && is_plus_zero(fn_sigmoid(-DBL_MAX)));
    cr_assert(is_plus_zero(fn_sigmoid(-HUGE_VAL)));
    cr_assert_gt(fn_sigmoid(-709.7), 0);
}

Test(fn, log_is_within_0_51_ulp_over_its_range)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) log_is_right(fabs(of_any_size(-1022, 1024)), 0.51);
    for (int i = 0; i < POINTS; i++) log_is_right(even(0.01, 10), 0.51);
}

Test(fn, log_is_within_0_51_ulp_near_1)
{
    needs_long_double();
    for (int i = 0; i < POINTS; i++) log_is_right(1 + of_any_size(-53, -1), 0.51);
    for (int i = 1; i < 1000; i++) {
        log_is_right(1 + i * 0x1p-52, 0.51);
        log_is_right(1 - i * 0x1p-53, 0.51);
    }
}

/* At sqrt(1/2) times a power of two, where the exponent k changes. */
Test(fn, log_is_within_0_51_ulp_around_the_square_root_of_2)
{
    needs_long_double();
    for (int n = -20; n <= 20; n++)
        for (int i = -500; i < 500; i++)
            log_is_right(ldexp(0x1.6a09e667f3bcdp-1 + i * 0x1p-33, n), 0.51);
}

Test(fn, log_is_within_0_51_ulp_of_a_subnormal)
{
    needs_long_double();
    for (int i = 0; i < POINTS / 5; i++) log_is_right(fabs(of_any_size(-1074, -1022)), 0.51);
    log_is_right(SMALLEST, 0.51);
    log_is_right(DBL_MIN - SMALLEST, 0.51);
    log_is_right(DBL_MIN, 0.51);
}

Test(fn, log_of_1_is_0) { cr_assert(is_plus_zero(fn_log(1))); }

Test(fn, log_of_0_is_minus_inf)
{
    cr_assert_eq(fn_log(0.0), -HUGE_VAL);
    cr_assert_eq(fn_log(-0.0), -HUGE_VAL);
}

Test(fn, log_of_a_negative_number_is_nan)
{
    static const double x[] = {-0x1p-1074, -DBL_MIN, -1e-10, -1, -2.5, -DBL_MAX, -HUGE_VAL};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) cr_assert(isnan(fn_log(x[i])));
}

Test(fn, log_of_inf_is_inf_and_of_the_largest_number_is_not)
{
    cr_assert_eq(fn_log(HUGE_VAL), HUGE_VAL);
    cr_assert_float_eq(fn_log(DBL_MAX), 709.782712893384, 1e-12);
}

Test(fn, nan_gives_nan)
{
    const double plus = NAN, minus = copysign(NAN, -1.0);
    cr_assert(isnan(fn_exp(plus)) && isnan(fn_exp(minus)));
    cr_assert(isnan(fn_tanh(plus)) && isnan(fn_tanh(minus)));
    cr_assert(isnan(fn_sigmoid(plus)) && isnan(fn_sigmoid(minus)));
    cr_assert(isnan(fn_log(plus)) && isnan(fn_log(minus)));
}

/* The error in units in the last place of y as a float; 2^-149 for a subnormal y. The functions of double are precise
 * enough to compare with. */
static double off_float(float x, double y)
{
    int exponent;
    frexp(y, &exponent);
    if (exponent < -125) exponent = -125;
    return fabs((double) x - y) / ldexp(1, exponent - 24);
}

static void expf_is_right(float x)
{
    const double miss = off_float(fn_expf(x), fn_exp(x));
    cr_assert(miss <= 1.05, "expf(%a) is %.3f ulp off", (double) x, miss);
}

static void tanhf_is_right(float x)
{
    const double miss = off_float(fn_tanhf(x), fn_tanh(x));
    cr_assert(miss <= 2.46, "tanhf(%a) is %.3f ulp off", (double) x, miss);
}

Test(fn, expf_is_within_1_05_ulp)
{
    for (int i = 0; i < POINTS; i++) expf_is_right((float) even(-103.97, 88.72));
    for (int i = 0; i < POINTS; i++) expf_is_right((float) even(-3, 3));
    for (int i = 0; i < POINTS; i++) expf_is_right((float) of_any_size(-40, 0));
    for (int n = -300; n <= 255; n++)
        for (int i = 0; i < 100; i++)
            expf_is_right((float) (n * 0.34657359027997265 * (1 + even(-1, 1) * 0x1p-18)));
}

Test(fn, tanhf_is_within_2_46_ulp)
{
    for (int i = 0; i < POINTS; i++) tanhf_is_right((float) even(-11, 11));
    for (int i = 0; i < POINTS; i++) tanhf_is_right((float) even(-1, 1));
    for (int i = 0; i < POINTS; i++) tanhf_is_right((float) of_any_size(-149, 1));
}

Test(fn, expf_at_its_ends)
{
    cr_assert_eq(fn_expf(0.0f), 1);
    cr_assert_eq(fn_expf(-0.0f), 1);
    cr_assert(fn_expf(88.72283f) <= FLT_MAX && fn_expf(88.72283f) > 3.4e38f);
    cr_assert_eq(fn_expf(88.73f), HUGE_VALF);
    cr_assert_eq(fn_expf(HUGE_VALF), HUGE_VALF);
    cr_assert_eq(fn_expf(-103.97f), 0x1p-149f);
    cr_assert(is_plus_zero(fn_expf(-104)) && is_plus_zero(fn_expf(-HUGE_VALF)));
    cr_assert(isnan(fn_expf(NAN)));
}

Test(fn, sigmoidf_is_within_2_5_ulp)
{
    for (int i = 0; i < POINTS; i++) {
        const float x = (float) (i % 2 ? even(-87, 20) : even(-17, -16));
        const double miss = off_float(fn_sigmoidf(x), fn_sigmoid(x));
        cr_assert(miss <= 2.5, "sigmoidf(%a) is %.3f ulp off", (double) x, miss);
    }
    cr_assert_eq(fn_sigmoidf(-89), 0);
    cr_assert_eq(fn_sigmoidf(89), 1);
}

Test(fn, tanhf_at_its_ends)
{
    cr_assert(is_plus_zero(fn_tanhf(0.0f)) && is_minus_zero(fn_tanhf(-0.0f)));
    cr_assert_eq(fn_tanhf(HUGE_VALF), 1);
    cr_assert_eq(fn_tanhf(-HUGE_VALF), -1);
    cr_assert(isnan(fn_tanhf(NAN)));
    for (int i = 0; i < POINTS / 5; i++) {
        const float x = (float) of_any_size(-40, 6);
        cr_assert(fn_tanhf(x) <= 1);
        cr_assert_eq(fn_tanhf(-x), -fn_tanhf(x));
    }
}

/* Bit for bit, except that all nan are equal. */
static bool same_number(real a, real b)
{
    if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
    return memcmp(&a, &b, sizeof a) == 0;
}

static const double special[] = {0.0,  -0.0,  NAN,       HUGE_VAL, -HUGE_VAL, 0x1p-1074, -0x1p-1074,
                                 1e30, -1e30, 0x1p-149,  709.79,   709.78,    -745.13,   -746,
                                 88.8, -104,  -708.3964, 0.346574, 20,        -20,       1e-8};

/* Every length, so that every number is in the vector part of the loop at some length and in its tail at another. */
static void all_is_one_by_one(void (*all)(int n, real *v), real (*one)(real x))
{
    enum { MOST = 70, SPECIAL = sizeof special / sizeof *special };
    real v[MOST + 2], in[MOST + 2];
    for (int n = 0; n <= MOST; n++)
        for (int round = 0; round < 4 + SPECIAL; round++) {
            for (int i = 0; i < MOST + 2; i++)
                v[i] = in[i] =
                    (real) (round < 4 ? of_any_size(-30, 8) : special[(round + i) % SPECIAL]);
            all(n, v + 1);
            for (int i = 1; i <= n; i++)
                cr_assert(same_number(v[i], one(in[i])), "%d of %d: %a gives %a", i, n,
                          (double) in[i], (double) v[i]);
            cr_assert(same_number(v[0], in[0]), "length %d: wrote before its start", n);
            cr_assert(same_number(v[n + 1], in[n + 1]), "length %d: wrote after its end", n);
        }
}

/* The function of real. */
#define OF_REAL(in_float, in_double) _Generic((real) 0, float : in_float, double : in_double)

Test(fn, exp_all_is_exp_of_each_bit_for_bit)
{
    all_is_one_by_one(fn_exp_all, OF_REAL(fn_expf, fn_exp));
}

Test(fn, tanh_all_is_tanh_of_each_bit_for_bit)
{
    all_is_one_by_one(fn_tanh_all, OF_REAL(fn_tanhf, fn_tanh));
}

Test(fn, sigmoid_all_is_sigmoid_of_each_bit_for_bit)
{
    all_is_one_by_one(fn_sigmoid_all, OF_REAL(fn_sigmoidf, fn_sigmoid));
}
