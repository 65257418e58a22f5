/* test_adagrad.c: Adagrad's steps. */
#include "adagrad.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

static rnn *filled(double first, double step)
{
    rnn *net = rnn_new(3, 4);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++)
            net->all[k]->v[i] = (real) (first + step * (7 * k + i));
    return net;
}

Test(adagrad, computes_the_formula_three_times_over)
{
    rnn *net = filled(0.3, -0.01), *d = filled(-0.7, 0.03), *m = rnn_new(3, 4),
        *start = filled(0.3, -0.01);
    for (int n = 0; n < 3; n++) adagrad(net, d, m, 0.1);
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
    adagrad(net, d, m, 0.1);
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
        adagrad(net, d, m, 0.1);
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
    adagrad(net, d, m, 0.1);
    for (int k = 0; k < 4; k++) cr_assert(same_bits(net->all[k], same->all[k]));
    cr_assert_neq(net->by->v[0], same->by->v[0]);
    rnn_free(net);
    rnn_free(same);
    rnn_free(d);
    rnn_free(m);
}
