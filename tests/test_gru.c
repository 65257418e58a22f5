/* test_gru.c: the GRU layer in both forms, by hand and against differences of its loss. */
#include "gru.h"

#include "support/gaterun.h"
#include "support/onelayer.h"
#include "support/stacks.h"

#include <criterion/criterion.h>
#include <math.h>

Test(gru, one_step_has_the_right_gradients) { layer_has_the_right_gradients(&gru_type, 1); }
Test(gru, five_steps_have_the_right_gradients) { layer_has_the_right_gradients(&gru_type, 5); }
Test(gru, state_goes_on_is_set_and_is_forgotten) { layer_carries_its_state(&gru_type); }
Test(gru, a_batch_is_its_sequences) { layer_of_a_batch_is_its_sequences(&gru_type); }
Test(gru, backward_adds) { layer_adds_to_what_is_there(&gru_type); }

Test(gru_after, one_step_has_the_right_gradients)
{
    layer_has_the_right_gradients(&gru_after_type, 1);
}
Test(gru_after, five_steps_have_the_right_gradients)
{
    layer_has_the_right_gradients(&gru_after_type, 5);
}
Test(gru_after, state_goes_on_is_set_and_is_forgotten) { layer_carries_its_state(&gru_after_type); }
Test(gru_after, a_batch_is_its_sequences) { layer_of_a_batch_is_its_sequences(&gru_after_type); }
Test(gru_after, backward_adds) { layer_adds_to_what_is_there(&gru_after_type); }

Test(gru, is_numpys) { is_numpys("gates_gru1_words.tsv", &gru_type); }
Test(gru, of_two_layers_is_numpys) { is_numpys("gates_gru2_words.tsv", &gru_type); }
Test(gru, of_two_layers_on_characters_is_numpys) { is_numpys("gates_gru2_aegukga.tsv", &gru_type); }

Test(gru, of_two_layers_and_one_step) { stack_has_the_right_gradients(&gru_type, 2, 1, false); }
Test(gru, of_three_layers) { stack_has_the_right_gradients(&gru_type, 3, 5, true); }
Test(gru_after, of_two_layers) { stack_has_the_right_gradients(&gru_after_type, 2, 5, true); }

Test(gru, is_torchs) { layer_is_torchs(&gru_type, 1); }
Test(gru, of_five_steps_is_torchs) { layer_is_torchs(&gru_type, 5); }
Test(gru_after, is_torchs) { layer_is_torchs(&gru_after_type, 1); }
Test(gru_after, of_five_steps_is_torchs) { layer_is_torchs(&gru_after_type, 5); }

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

/* One number per gate, so that the columns z r n can be told apart, and the two forms. */
static void by_hand(bool after)
{
    const double wx[3] = {0.3, -0.7, 1.1}, wh[3] = {-0.2, 0.9, 0.4}, b[4] = {0.5, 0.1, -0.6, 0.8};
    const double x = 0.8, hprev = -0.4, bound = REAL_IS_DOUBLE ? 1e-15 : 1e-6;
    const grucell cell = {{mat_new(1, 3), mat_new(1, 3), mat_new(1, after ? 4 : 3)}};
    mat *xs = mat_new(1, 1), *h = mat_new(1, 1);
    for (int k = 0; k < 4; k++) {
        if (k < 3) cell.Wx->v[k] = (real) wx[k];
        if (k < 3) cell.Wh->v[k] = (real) wh[k];
        if (k < cell.b->cols) cell.b->v[k] = (real) b[k];
    }
    xs->v[0] = (real) x;
    h->v[0] = (real) hprev;
    timegru *l = timegru_new(1, 1, cell, cell, false);
    timegru_set_state(l, h);
    timegru_forward(l, 1, &xs);
    const double z = sigmoid(x * wx[0] + hprev * wh[0] + b[0]),
                 r = sigmoid(x * wx[1] + hprev * wh[1] + b[1]),
                 n = tanh(x * wx[2] + b[2] +
                          (after ? r * (hprev * wh[2] + b[3]) : r * hprev * wh[2]));
    cr_assert(near((double) l->h->v[0], (1 - z) * hprev + z * n, bound));
}

Test(gru, columns_are_z_r_n) { by_hand(false); }
Test(gru_after, columns_are_z_r_n_and_the_bias_inside) { by_hand(true); }

static bool is_null(void)
{
    const grucell cell = {{mat_new(1, 3), mat_new(1, 3), mat_new(1, 4)}};
    return timegru_new(40000, 1000, cell, cell, false) == NULL;
}

Test(gru, is_null_on_out_of_memory) { cr_assert(in_little_memory(is_null)); }
