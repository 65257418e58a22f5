/* test_adagrad.c: Adagrad's steps, and those of plain gradient descent. */
#include "adagrad.h"
#include "words.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <math.h>

static void fill(mat *const a[], int n, double first, double step)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(a[k]); i++) a[k]->v[i] = (real) (first + step * (7 * k + i));
}

static rnn *filled(double first, double step)
{
    rnn *net = rnn_new(3, 4);
    fill(net->all, 5, first, step);
    return net;
}

/* Six matrices, with shapes that no network has. */
static void six(mat *a[6], double first, double step)
{
    for (int k = 0; k < 6; k++) a[k] = mat_new(k + 1, 7 - k);
    fill(a, 6, first, step);
}

static void free_six(mat *a[6])
{
    for (int k = 0; k < 6; k++) mat_free(a[k]);
}

Test(adagrad, computes_the_formula_three_times_over)
{
    rnn *net = filled(0.3, -0.01), *d = filled(-0.7, 0.03), *m = rnn_new(3, 4),
        *start = filled(0.3, -0.01);
    for (int n = 0; n < 3; n++) adagrad(net->all, d->all, m->all, 5, 0.1);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) {
            double param = (double) start->all[k]->v[i], mem = 0;
            const double dparam = (double) d->all[k]->v[i];
            for (int n = 0; n < 3; n++) {
                mem += dparam * dparam;
                param -= 0.1 * dparam / sqrt(mem + 1e-8);
            }
            cr_assert(near((double) net->all[k]->v[i], param, REAL_IS_DOUBLE ? 1e-15 : 1e-6));
            cr_assert(near((double) m->all[k]->v[i], mem, REAL_IS_DOUBLE ? 1e-15 : 1e-6));
        }
    rnn_free(net);
    rnn_free(d);
    rnn_free(m);
    rnn_free(start);
}

Test(adagrad, the_first_step_is_as_long_as_the_learning_rate)
{
    rnn *net = rnn_new(3, 4), *d = filled(-50, 3.3), *m = rnn_new(3, 4);
    adagrad(net->all, d->all, m->all, 5, 0.1);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++)
            cr_assert(near(fabs((double) net->all[k]->v[i]), 0.1, 1e-6));
    rnn_free(net);
    rnn_free(d);
    rnn_free(m);
}

Test(adagrad, steps_get_shorter)
{
    rnn *net = rnn_new(3, 4), *d = filled(1, 0.1), *m = rnn_new(3, 4);
    double last = 1, before = 0;
    for (int n = 0; n < 10; n++) {
        adagrad(net->all, d->all, m->all, 5, 0.1);
        const double moved = fabs((double) net->Whh->v[0] - before);
        before = (double) net->Whh->v[0];
        cr_assert_lt(moved, last);
        cr_assert_gt(moved, 0);
        last = moved;
    }
    rnn_free(net);
    rnn_free(d);
    rnn_free(m);
}

Test(adagrad, does_not_move_what_has_no_gradient)
{
    rnn *net = filled(1, 0.5), *same = filled(1, 0.5), *d = rnn_new(3, 4), *m = rnn_new(3, 4);
    d->by->v[0] = 1;
    adagrad(net->all, d->all, m->all, 5, 0.1);
    for (int k = 0; k < 4; k++) cr_assert(same_bits(net->all[k], same->all[k]));
    cr_assert_neq(net->by->v[0], same->by->v[0]);
    rnn_free(net);
    rnn_free(same);
    rnn_free(d);
    rnn_free(m);
}

Test(adagrad, takes_a_matrix_alone)
{
    mat *param = mat_new(1, 1), *dparam = mat_new(1, 1), *mem = mat_new(1, 1);
    dparam->v[0] = -50;
    adagrad(&param, &dparam, &mem, 1, 0.1);
    cr_assert(near((double) param->v[0], 0.1, 1e-6));
    mat_free(param);
    mat_free(dparam);
    mat_free(mem);
}

Test(adagrad, takes_as_many_as_it_is_told_of_whatever_shapes)
{
    mat *param[6], *dparam[6], *mem[6], *alone[6], *d[6], *m[6], *start[6];
    six(param, 0.3, -0.01), six(alone, 0.3, -0.01), six(start, 0.3, -0.01);
    six(dparam, -0.7, 0.03), six(d, -0.7, 0.03);
    six(mem, 0, 0), six(m, 0, 0);
    adagrad(param, dparam, mem, 5, 0.1);
    for (int k = 0; k < 5; k++) adagrad(&alone[k], &d[k], &m[k], 1, 0.1);
    for (int k = 0; k < 6; k++) {
        cr_assert(same_bits(param[k], alone[k]) && same_bits(mem[k], m[k]));
        cr_assert_eq(same_bits(param[k], start[k]), k == 5);
    }
    free_six(param), free_six(alone), free_six(start);
    free_six(dparam), free_six(d);
    free_six(mem), free_six(m);
}

Test(adagrad, only_reads_the_gradient)
{
    rnn *net = rnn_new(3, 4), *d = filled(-0.7, 0.03), *same = filled(-0.7, 0.03),
        *m = rnn_new(3, 4);
    adagrad(net->all, d->all, m->all, 5, 0.1);
    cr_assert_neq(net->Wxh->v[0], 0);
    for (int k = 0; k < 5; k++) cr_assert(same_bits(d->all[k], same->all[k]));
    rnn_free(net);
    rnn_free(d);
    rnn_free(same);
    rnn_free(m);
}

Test(adagrad_contract, a_gradient_has_its_parameters_size, .signal = SIGABRT)
{
    adagrad(rnn_new(3, 4)->all, rnn_new(3, 5)->all, rnn_new(3, 4)->all, 5, 0.1);
}

Test(adagrad_contract, a_memory_has_its_parameters_size, .signal = SIGABRT)
{
    adagrad(rnn_new(3, 4)->all, rnn_new(3, 4)->all, rnn_new(2, 4)->all, 5, 0.1);
}

/* ---- sgd() ---- */

/* A student's adagrad.c may lack sgd(), which only chapter 10 calls; the other tests must still link. */
__typeof__(sgd) sgd __attribute__((weak));

static void needs_sgd(void)
{
    if (!sgd) cr_skip_test("adagrad.c has no sgd");
}

Test(sgd, moves_what_words_sgd_moves_bit_for_bit)
{
    rnn *net = filled(0.3, -0.01), *same = filled(0.3, -0.01), *d = filled(-0.7, 0.03);
    double rate = 0.3;
    needs_sgd();
    for (int i = 0; i < 3; i++) {
        sgd(net->all, d->all, 5, rate);
        words_sgd(same, d, &rate);
    }
    for (int k = 0; k < 5; k++) cr_assert(same_bits(net->all[k], same->all[k]));
    rnn_free(net);
    rnn_free(same);
    rnn_free(d);
}

Test(sgd, takes_as_many_as_it_is_told_of_whatever_shapes)
{
    mat *param[6], *dparam[6];
    needs_sgd();
    six(param, 1, 0.5);
    six(dparam, 2, 0.25);
    sgd(param, dparam, 5, 0.5);
    sgd(param, dparam, 1, 0.5);
    for (int k = 0; k < 6; k++)
        for (int i = 0; i < mat_size(param[k]); i++) {
            const double at = 7 * k + i, steps = k == 0 ? 2 : k < 5 ? 1 : 0;
            cr_assert_eq(param[k]->v[i], (real) (1 + 0.5 * at - steps * 0.5 * (2 + 0.25 * at)));
            cr_assert_eq(dparam[k]->v[i], (real) (2 + 0.25 * at));
        }
    free_six(param);
    free_six(dparam);
}

Test(sgd_contract, a_gradient_has_its_parameters_size, .signal = SIGABRT)
{
    if (!sgd) raise(SIGABRT); /* a test that expects a signal cannot be skipped */
    sgd(rnn_new(3, 4)->all, rnn_new(3, 5)->all, 5, 0.1);
}
