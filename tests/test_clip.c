/* test_clip.c: clipping by value and by norm. */
#include "clip.h"
#include "rnn.h"

#include "support/support.h"
#include "support/words_golden.h"

#include <criterion/criterion.h>
#include <math.h>

Test(clip, puts_every_element_into_the_range)
{
    static const double in[] = {-1e300, -5.001, -2, -1.999, 0, 6.999, 7, 7.1, INFINITY};
    static const double out[] = {-2, -2, -2, -1.999, 0, 6.999, 7, 7, 7};
    mat *A = mat_new(3, 3);
    for (int i = 0; i < 9; i++) A->v[i] = (real) in[i];
    cr_assert_eq(clip_mat(A, -2, 7), A);
    for (int i = 0; i < 9; i++) cr_assert_eq(A->v[i], (real) out[i]);
    mat_free(A);
}

Test(clip, leaves_a_nan_a_nan)
{
    mat *A = mat_new(2, 1);
    A->v[0] = (real) NAN;
    A->v[1] = 2;
    clip_mat(A, -1, 1);
    cr_assert(isnan(A->v[0]));
    cr_assert_eq(A->v[1], 1);
    mat_free(A);
}

static void fill(mat *const d[], int n, double size)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(d[k]); i++)
            d[k]->v[i] = (real) (size * (i % 2 ? -1 : 1) * (k + 1));
}

static rnn *gradient_of(double size)
{
    rnn *d = rnn_new(3, 4);
    fill(d->all, 5, size);
    return d;
}

Test(clip, by_value_clips_the_five_of_a_network)
{
    rnn *d = gradient_of(2);
    clip_value(d->all, 5, 5);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            cr_assert_eq(d->all[k]->v[i], (real) ((i % 2 ? -1 : 1) * fmin(5, 2 * (k + 1))));
    rnn_free(d);
}

Test(clip, by_norm_keeps_the_direction_and_gives_the_length)
{
    rnn *d = gradient_of(1), *g = gradient_of(1);
    double squares = 0;
    for (int k = 0; k < 5; k++) squares += (k + 1.0) * (k + 1.0) * mat_size(d->all[k]);
    const double bound = REAL_IS_DOUBLE ? 1e-14 : 1e-6;
    cr_assert(near(clip_norm(d->all, 5, 2), sqrt(squares), bound));
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            cr_assert(near((double) d->all[k]->v[i], (double) g->all[k]->v[i] * 2 / sqrt(squares),
                           bound));
    cr_assert(near(clip_norm(d->all, 5, 2), 2, 1e-6));
    rnn_free(d);
    rnn_free(g);
}

Test(clip, by_norm_does_nothing_to_a_short_gradient)
{
    rnn *d = gradient_of(0.01), *g = gradient_of(0.01);
    const double length = clip_norm(d->all, 5, 1);
    cr_assert(length > 0.01 && length < 1);
    for (int k = 0; k < 5; k++) cr_assert(same_bits(d->all[k], g->all[k]));
    rnn_free(d);
    rnn_free(g);
}

Test(clip, takes_a_matrix_alone)
{
    mat *A = mat_new(1, 2);
    A->v[0] = -3;
    cr_assert_eq(clip_norm(&A, 1, 4), 3);
    cr_assert_eq(A->v[0], -3);
    cr_assert_eq(clip_norm(&A, 1, 2), 3);
    cr_assert(near((double) A->v[0], -2, 1e-6));
    clip_value(&A, 1, 1);
    cr_assert_eq(A->v[0], -1);
    cr_assert_eq(A->v[1], 0);
    mat_free(A);
}

Test(clip, takes_as_many_as_it_is_told_of_whatever_shapes)
{
    mat *d[6];
    for (int k = 0; k < 6; k++) d[k] = mat_new(k + 1, 7 - k);
    fill(d, 6, 1);
    clip_value(d, 5, 3.5);
    for (int k = 0; k < 6; k++)
        for (int i = 0; i < mat_size(d[k]); i++)
            cr_assert_eq(d[k]->v[i], (real) ((i % 2 ? -1 : 1) * (k < 5 ? fmin(3.5, k + 1) : 6)));
    fill(d, 6, 1);
    const double bound = REAL_IS_DOUBLE ? 1e-14 : 1e-6, length = clip_norm(d, 5, 0.5);
    for (int k = 0; k < 6; k++)
        for (int i = 0; i < mat_size(d[k]); i++)
            cr_assert(near((double) d[k]->v[i],
                           (i % 2 ? -1 : 1) * (k < 5 ? (k + 1) * 0.5 / length : 6), bound));
    cr_assert(near(clip_norm(d, 5, 1), 0.5, bound));
    cr_assert_gt(clip_norm(d, 6, 1), 6 - 1e-6); /* d[5] alone is longer than that */
    for (int k = 0; k < 6; k++) mat_free(d[k]);
}

Test(clip, the_words_of_the_post_clipped_to_1_are_those_of_numpy)
{
    words_golden(words_two, "two words bptt", 30, clip_value, 1, 105);
}
