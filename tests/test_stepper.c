/* test_stepper.c: the update of the weights when training on words. */
#include "stepper.h"

#include "adagrad.h"
#include "support/support.h"

#include <criterion/criterion.h>

static rnn *gradient_of(double first)
{
    rnn *d = rnn_new(3, 4);
    d->Whh->v[0] = (real) first;
    return d;
}

Test(stepper, descends_a_clipped_gradient)
{
    rnn *net = rnn_new(3, 4), *d = gradient_of(-40);
    stepper s = {.learning_rate = 0.25};
    stepper_step(net, d, &s);
    cr_assert_eq(net->Whh->v[0], 1.25);
    cr_assert_eq(net->Whh->v[1], 0);
    rnn_free(net);
    rnn_free(d);
}

Test(stepper, keeps_the_memories_of_adagrad_from_step_to_step)
{
    rnn *net = rnn_new(3, 4), *d = gradient_of(-40), *same = rnn_new(3, 4),
        *clipped = gradient_of(-5), *m = rnn_new(3, 4);
    stepper s = {0.1, rnn_new(3, 4)};
    for (int i = 0; i < 3; i++) {
        stepper_step(net, d, &s);
        adagrad(same->all, clipped->all, m->all, 5, 0.1);
    }
    cr_assert_neq(net->Whh->v[0], 0);
    for (int k = 0; k < 5; k++)
        cr_assert(same_bits(net->all[k], same->all[k]) && same_bits(s.m->all[k], m->all[k]));
    rnn_free(net);
    rnn_free(d);
    rnn_free(same);
    rnn_free(clipped);
    rnn_free(m);
    rnn_free(s.m);
}
