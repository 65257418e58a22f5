/* test_lstm.c: the LSTM layer, by hand and against differences of its loss. */
#include "lstm.h"

#include "support/onelayer.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

Test(lstm, one_step_has_the_right_gradients) { layer_has_the_right_gradients(&lstm_type, 1); }
Test(lstm, five_steps_have_the_right_gradients) { layer_has_the_right_gradients(&lstm_type, 5); }
Test(lstm, state_and_cell_go_on_are_set_and_are_forgotten) { layer_carries_its_state(&lstm_type); }
Test(lstm, a_batch_is_its_sequences) { layer_of_a_batch_is_its_sequences(&lstm_type); }
Test(lstm, backward_adds) { layer_adds_to_what_is_there(&lstm_type); }

Test(lstm, is_torchs) { layer_is_torchs(&lstm_type, 1); }
Test(lstm, of_five_steps_is_torchs) { layer_is_torchs(&lstm_type, 5); }

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

/* One number per gate, so that the columns f g i o can be told apart. */
Test(lstm, columns_are_f_g_i_o)
{
    const double wx[4] = {0.3, -0.7, 1.1, 0.5}, wh[4] = {-0.2, 0.9, 0.4, -1.3},
                 b[4] = {1, 0.1, -0.6, 0.2}, x = 0.8, hprev = -0.4, cprev = 1.5;
    const lstmcell cell = {{mat_new(1, 4), mat_new(1, 4), mat_new(1, 4)}};
    mat *xs = mat_new(1, 1), *h = mat_new(1, 1), *c = mat_new(1, 1);
    double a[4];
    for (int k = 0; k < 4; k++) {
        cell.Wx->v[k] = (real) wx[k];
        cell.Wh->v[k] = (real) wh[k];
        cell.b->v[k] = (real) b[k];
        a[k] = x * wx[k] + hprev * wh[k] + b[k];
    }
    xs->v[0] = (real) x;
    h->v[0] = (real) hprev;
    c->v[0] = (real) cprev;
    timelstm *l = timelstm_new(1, 1, cell, cell, false);
    timelstm_set_state(l, h, c);
    timelstm_forward(l, 1, &xs);
    const double new_c = sigmoid(a[0]) * cprev + tanh(a[1]) * sigmoid(a[2]),
                 new_h = sigmoid(a[3]) * tanh(new_c), bound = REAL_IS_DOUBLE ? 1e-15 : 1e-6;
    cr_assert(near((double) l->c->v[0], new_c, bound));
    cr_assert(near((double) l->h->v[0], new_h, bound));
}

/* An open forget gate and a closed input gate keep the cell; nothing of it shows where the output gate is closed. */
Test(lstm, gates_keep_and_hide)
{
    enum { H = 3 };
    const lstmcell cell = {{mat_new(2, 4 * H), mat_new(H, 4 * H), mat_new(1, 4 * H)}};
    for (int j = 0; j < H; j++) {
        cell.b->v[0 * H + j] = 40;
        cell.b->v[1 * H + j] = 1;
        cell.b->v[2 * H + j] = -800;
        cell.b->v[3 * H + j] = -800;
    }
    timelstm *l = timelstm_new(1, 4, cell, cell, true);
    mat *x[4], *c = mat_new(1, H);
    for (int t = 0; t < 4; t++) x[t] = mat_new(1, 2);
    for (int j = 0; j < H; j++) c->v[j] = (real) (j - 1.25);
    timelstm_set_state(l, c, c);
    timelstm_forward(l, 4, x);
    cr_assert(same_bits(l->c, c));
    for (int j = 0; j < H; j++) cr_assert_eq(l->h->v[j], 0);
}

static bool is_null(void)
{
    const lstmcell cell = {{mat_new(1, 4), mat_new(1, 4), mat_new(1, 4)}};
    return timelstm_new(40000, 1000, cell, cell, false) == NULL;
}

Test(lstm, is_null_on_out_of_memory) { cr_assert(in_little_memory(is_null)); }
