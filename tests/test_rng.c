/* test_rng.c: NumPy's random numbers. */
#include "rng.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* For each seed of the table, call `hold` with a generator at that seed and the row's numbers. */
static void each_seed(const char *draw, void (*hold)(rng *r, char **field))
{
    tsv *t = golden("random.tsv");
    int seeds = 0;
    for (int i = 0; i < t->rows; i++) {
        rng r;
        if (strcmp(t->row[i][1], draw) != 0) continue;
        rng_seed(&r, (uint32_t) strtoul(t->row[i][0], NULL, 10));
        hold(&r, t->row[i] + 2);
        seeds++;
    }
    cr_assert_eq(seeds, 4, "%d rows of %s", seeds, draw);
    tsv_free(t);
}

static void hold_uniform(rng *r, char **field)
{
    double x[8];
    cr_assert(tsv_numbers(field, 8, x));
    for (int i = 0; i < 8; i++) cr_assert_eq(rng_uniform(r), x[i]);
}

Test(rng, uniform_is_random_sample_bit_for_bit) { each_seed("random_sample", hold_uniform); }

static void hold_randn(rng *r, char **field)
{
    double x[9];
    cr_assert(tsv_numbers(field, 9, x));
    for (int i = 0; i < 9; i++) cr_assert_leq(ulps(rng_randn(r), x[i]), 2);
}

Test(rng, randn_is_randn_within_2_ulp) { each_seed("randn", hold_randn); }

static void hold_mixed(rng *r, char **field)
{
    double x[8];
    cr_assert(tsv_numbers(field, 8, x));
    for (int i = 0; i < 3; i++) cr_assert_leq(ulps(rng_randn(r), x[i]), 2);
    for (int i = 3; i < 5; i++) cr_assert_eq(rng_uniform(r), x[i]);
    for (int i = 5; i < 8; i++) cr_assert_leq(ulps(rng_randn(r), x[i]), 2);
}

Test(rng, the_second_of_a_normal_pair_waits_while_others_are_drawn)
{
    each_seed("mixed", hold_mixed);
}

static mat *probabilities(int n, const double *p)
{
    mat *A = mat_new(n, 1);
    for (int i = 0; i < n; i++) A->v[i] = (real) p[i];
    return A;
}

static const double five[] = {.1, .2, .3, .25, .15};

static void hold_choice(rng *r, char **field)
{
    double x[12];
    mat *p = probabilities(5, five);
    cr_assert(tsv_numbers(field, 12, x));
    for (int i = 0; i < 12; i++) cr_assert_eq(rng_choice(r, p), (int) x[i]);
    mat_free(p);
}

Test(rng, choice_is_choice) { each_seed("choice p=.1,.2,.3,.25,.15", hold_choice); }

/* According to the C++ standard, the 10000th word after the seed 5489 is 4123659995. A uniform number takes
 * two words, and its last 26 bits are from the second. */
Test(rng, is_the_mersenne_twister_also_after_thousands_of_words)
{
    rng r;
    double x = 0;
    rng_seed(&r, 5489);
    for (int i = 0; i < 5000; i++) x = rng_uniform(&r);
    cr_assert_eq((uint64_t) (x * 9007199254740992.0) & 0x3ffffff, UINT64_C(4123659995) >> 6);
}

Test(rng, a_seed_starts_the_same_stream_again)
{
    rng a, b;
    rng_seed(&a, 7);
    rng_seed(&b, 8);
    for (int i = 0; i < 1001; i++) rng_randn(&b);
    rng_seed(&b, 7);
    for (int i = 0; i < 1000; i++) cr_assert_eq(rng_randn(&a), rng_randn(&b));
}

Test(rng, another_seed_is_another_stream)
{
    static const uint32_t seed[] = {0, 1, 2, 0x80000000u, 4294967294u, 4294967295u};
    double first[6];
    for (int i = 0; i < 6; i++) {
        rng r;
        rng_seed(&r, seed[i]);
        first[i] = rng_uniform(&r);
        for (int j = 0; j < i; j++) cr_assert_neq(first[i], first[j]);
    }
}

Test(rng, copying_it_copies_the_stream)
{
    rng a;
    rng_seed(&a, 3);
    for (int i = 0; i < 777; i++) rng_randn(&a); /* an odd number: one is kept */
    rng b = a;
    cr_assert_eq(b.has_kept, 1);
    for (int i = 0; i < 1000; i++) cr_assert_eq(rng_randn(&a), rng_randn(&b));
    for (int i = 0; i < 1000; i++) cr_assert_eq(rng_uniform(&a), rng_uniform(&b));
}

Test(rng, uniform_is_even_between_0_and_1)
{
    enum { DRAWS = 200000, BINS = 20 };
    int bin[BINS] = {0};
    double chi = 0;
    rng r;
    rng_seed(&r, 1);
    for (int i = 0; i < DRAWS; i++) {
        const double x = rng_uniform(&r);
        cr_assert(x >= 0 && x < 1);
        bin[(int) (x * (double) BINS)]++;
    }
    for (int k = 0; k < BINS; k++)
        chi += (bin[k] - DRAWS / BINS) * (double) (bin[k] - DRAWS / BINS) / (DRAWS / BINS);
    cr_assert_lt(chi, 51, "chi-square %g of 19 degrees of freedom", chi); /* p = 0.0001 */
}

Test(rng, randn_has_the_moments_of_the_normal_distribution)
{
    const int draws = 200000;
    double sum[5] = {0};
    rng r;
    rng_seed(&r, 1);
    for (int i = 0; i < draws; i++) {
        const double x = rng_randn(&r);
        double power = 1;
        for (int k = 1; k < 5; k++) sum[k] += power *= x;
    }
    /* Within 4 standard errors; those of the mean of x^k are 1, sqrt 2, sqrt 15, sqrt 96 over sqrt(draws). */
    const double error_of_mean = 4 / sqrt(draws);
    cr_assert_float_eq(sum[1] / draws, 0, error_of_mean);
    cr_assert_float_eq(sum[2] / draws, 1, error_of_mean * sqrt(2));
    cr_assert_float_eq(sum[3] / draws, 0, error_of_mean * sqrt(15));
    cr_assert_float_eq(sum[4] / draws, 3, error_of_mean * sqrt(96));
}

Test(rng, choice_draws_as_often_as_it_should)
{
    enum { N = 7 };
    const int draws = 200000;
    static const double p[N] = {.05, .3, 0, .15, .001, .25, .249};
    int times[N] = {0};
    double chi = 0;
    rng r;
    mat *P = probabilities(N, p);
    rng_seed(&r, 11);
    for (int i = 0; i < draws; i++) {
        const int ix = rng_choice(&r, P);
        cr_assert(ix >= 0 && ix < N);
        times[ix]++;
    }
    for (int k = 0; k < N; k++)
        if (p[k] > 0) chi += pow(times[k] - draws * p[k], 2) / (draws * p[k]);
    cr_assert_eq(times[2], 0, "drew what has no probability");
    cr_assert_lt(chi, 25.7, "chi-square %g of 5 degrees of freedom", chi); /* p = 0.0001 */
    mat_free(P);
}

Test(rng, choice_divides_by_the_sum)
{
    static const double large[] = {1024 * .1, 1024 * .2, 1024 * .3, 1024 * .25, 1024 * .15};
    mat *p = probabilities(5, five), *q = probabilities(5, large);
    rng a, b;
    rng_seed(&a, 5);
    rng_seed(&b, 5);
    for (int i = 0; i < 1000; i++) cr_assert_eq(rng_choice(&a, p), rng_choice(&b, q));
    mat_free(p);
    mat_free(q);
}

Test(rng, choice_of_one_is_0)
{
    static const double one[] = {.5};
    mat *p = probabilities(1, one);
    rng r;
    rng_seed(&r, 5);
    for (int i = 0; i < 1000; i++) cr_assert_eq(rng_choice(&r, p), 0);
    mat_free(p);
}

Test(rng, choice_finds_the_only_possible_one_wherever_it_stands)
{
    for (int k = 0; k < 9; k++) {
        mat *p = mat_new(9, 1);
        rng r;
        rng_seed(&r, (uint32_t) k);
        p->v[k] = (real) 1e-30;
        for (int i = 0; i < 100; i++) cr_assert_eq(rng_choice(&r, p), k);
        mat_free(p);
    }
}

/* Nothing can be drawn, but the stream advances as usual. */
static void draws_nothing(const double *values)
{
    mat *p = probabilities(3, values);
    rng r, other;
    rng_seed(&r, 9);
    for (int i = 0; i < 311; i++) rng_uniform(&r);
    other = r;
    cr_assert_eq(rng_choice(&r, p), -1);
    rng_uniform(&other);
    cr_assert_eq(r.next, other.next);
    for (int i = 0; i < 10; i++) cr_assert_eq(rng_uniform(&r), rng_uniform(&other));
    mat_free(p);
}

Test(rng, choice_from_zeros_is_none_and_draws_once) { draws_nothing((const double[]){0, 0, 0}); }

Test(rng, choice_with_a_nan_is_none_and_draws_once)
{
    draws_nothing((const double[]){NAN, .5, .5});
    draws_nothing((const double[]){.5, .5, NAN});
}

Test(rng, choice_with_an_infinite_sum_is_none_and_draws_once)
{
    draws_nothing((const double[]){.5, HUGE_VAL, .5});
    if (REAL_IS_DOUBLE) draws_nothing((const double[]){1.7e308, 1.7e308, 0});
}

Test(rng, choice_draws_once_where_it_draws_something)
{
    mat *p = probabilities(5, five);
    rng a, b;
    rng_seed(&a, 2);
    rng_seed(&b, 2);
    for (int i = 0; i < 1000; i++) {
        rng_choice(&a, p);
        rng_uniform(&b);
    }
    cr_assert_eq(memcmp(a.word, b.word, sizeof a.word), 0);
    cr_assert_eq(a.next, b.next);
    mat_free(p);
}
