/* test_experiment.c: the word experiments as the programs run them. */
#include "experiment.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

static outcome outcome_of(const experiment *x)
{
    outcome o = {0};
    error e;
    cr_assert(experiment_run(x, &o, &e), "%s", e.text);
    return o;
}

Test(experiment, floor_is_the_entropy_of_1_in_15)
{
    cr_assert_float_eq(experiment_floor(), -(log(1 / 15.) + 14 * log(14 / 15.)) / 16, 1e-14);
    cr_assert_float_eq(experiment_floor(), 0.2296, 5e-5);
}

Test(experiment, keeps_the_loss_of_every_pass)
{
    double rate = 0.1, losses[30];
    experiment x = {words_one, 8, 30, 0, words_sgd, &rate, false, NULL, losses};
    const outcome o = outcome_of(&x), again = outcome_of(&x);
    cr_assert_eq(o.loss, losses[29]);
    cr_assert_eq(o.loss, again.loss);
    cr_assert_geq(o.worst, losses[0]);
    /* 7 characters, 2 words, nothing learned yet */
    cr_assert(near(losses[0], 7 * log(7) / 2, 0.1), "%g", losses[0]);
    cr_assert_lt(losses[29], losses[0]);
}

Test(experiment, a_loss_that_is_not_finite_is_noted)
{
    double rate = 0.1;
    error e;
    outcome o = {0};
    experiment x = {words_two, 8, 50, 0, words_sgd, &rate, false, NULL, NULL};
    cr_assert(experiment_run(&x, &o, &e) && experiment_is_finite(&o, &e));
    rate = 1e300;
    cr_assert(experiment_run(&x, &o, &e));
    cr_assert_not(experiment_is_finite(&o, &e));
    const int pass = o.lost;
    rate = 0.1;
    cr_assert(experiment_run(&x, &o, &e) && isfinite(o.loss));
    cr_assert(o.lost == pass && !experiment_is_finite(&o, &e), "an earlier run is not forgotten");
}

Test(experiment, the_seed_matters)
{
    double rate = 0.1;
    experiment x = {words_one, 8, 5, 0, words_sgd, &rate, false, NULL, NULL};
    const double loss = outcome_of(&x).loss;
    x.seed = 1;
    cr_assert_neq(outcome_of(&x).loss, loss);
}

Test(experiment, one_word_is_learnt)
{
    double rate = 0.1;
    is_long();
    experiment x = {words_one, 50, 300, 0, words_sgd, &rate, false, NULL, NULL};
    const outcome o = outcome_of(&x);
    cr_assert_geq(o.right, 9);
    cr_assert_eq(o.ended, EXPERIMENT_GUESSES);
}
