/* test_celltrain.c: training stacks of RNN and LSTM layers; losses and gradient norms are NumPy's. */
#include "celltrain.h"

#include "support/gaterun.h"
#include "support/support.h"

#include <criterion/criterion.h>

Test(celltrain, rnn_of_two_layers_is_numpys) { is_numpys("gates_rnn2_words.tsv", &rnn_type); }
Test(celltrain, lstm_is_numpys) { is_numpys("gates_lstm1_words.tsv", &lstm_type); }
Test(celltrain, lstm_of_two_layers_is_numpys) { is_numpys("gates_lstm2_words.tsv", &lstm_type); }
Test(celltrain, lstm_on_characters_is_numpys) { is_numpys("gates_lstm1_aegukga.tsv", &lstm_type); }

static const int circle[] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};
enum { COUNT = sizeof circle / sizeof *circle };

Test(celltrain, learns_a_circle)
{
    const celltrain_options o = {&lstm_type, 2, {2, 3, 5, 4, 0.1, 0}, 1, 1, true};
    celltrain *r = celltrain_new(&o, circle, COUNT, 4);
    const double before = celltrain_score(r, circle, COUNT);
    for (int k = 0; k < 200; k++) celltrain_step(r);
    cr_assert_gt(before, 1.3);
    cr_assert_lt(celltrain_score(r, circle, COUNT), 0.1);
    cr_assert_eq(r->iteration, 200);
    celltrain_free(r);
}

/* A test neither changes the weights nor depends on the test before. */
Test(celltrain, scoring_changes_nothing)
{
    const celltrain_options o = {&lstm_type, 1, {2, 3, 5, 4, 0.1, 0}, 0, 1, false};
    celltrain *r = celltrain_new(&o, circle, COUNT, 4),
              *other = celltrain_new(&o, circle, COUNT, 4);
    for (int k = 0; k < 5; k++) {
        cr_assert_eq(celltrain_score(r, circle, COUNT), celltrain_score(r, circle, COUNT));
        cr_assert_eq(celltrain_step(r), celltrain_step(other));
    }
    celltrain_free(r);
    celltrain_free(other);
}
