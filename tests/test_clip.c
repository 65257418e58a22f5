/* test_clip.c: clipping by value and by norm. */
#include "clip.h"

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

static rnn *gradient_of(double size)
{
    rnn *d = rnn_new(3, 4);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            d->all[k]->v[i] = (real) (size * (i % 2 ? -1 : 1) * (k + 1));
    return d;
}

Test(clip, by_value_clips_all_five)
{
    rnn *d = gradient_of(2);
    clip_value(d, 5);
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
    cr_assert(near(clip_norm(d, 2), sqrt(squares), bound));
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            cr_assert(near((double) d->all[k]->v[i], (double) g->all[k]->v[i] * 2 / sqrt(squares),
                           bound));
    cr_assert(near(clip_norm(d, 2), 2, 1e-6));
    rnn_free(d);
    rnn_free(g);
}

Test(clip, by_norm_does_nothing_to_a_short_gradient)
{
    rnn *d = gradient_of(0.01), *g = gradient_of(0.01);
    const double length = clip_norm(d, 1);
    cr_assert(length > 0.01 && length < 1);
    for (int k = 0; k < 5; k++) cr_assert(same_bits(d->all[k], g->all[k]));
    rnn_free(d);
    rnn_free(g);
}

Test(clip, the_words_of_the_post_clipped_to_1_are_those_of_numpy)
{
    words_golden(words_two, "two words bptt", 30, clip_value, 1, 105);
}
