/* test_cellstack.c: stacks of recurrent layers: gradients, masks, and that one RNN layer is the network of chapter 9. */
#include "cellstack.h"

#include "support/stacks.h"
#include "timestack.h"
#include "vectors.h"

#include <criterion/criterion.h>

Test(cellstack, rnn_of_one_layer) { stack_has_the_right_gradients(&rnn_type, 1, T, false); }
Test(cellstack, rnn_of_two_layers) { stack_has_the_right_gradients(&rnn_type, 2, T, false); }
Test(cellstack, lstm_of_one_step) { stack_has_the_right_gradients(&lstm_type, 1, 1, false); }
Test(cellstack, lstm_of_one_layer) { stack_has_the_right_gradients(&lstm_type, 1, T, false); }
Test(cellstack, lstm_of_two_layers_and_one_step)
{
    stack_has_the_right_gradients(&lstm_type, 2, 1, false);
}
Test(cellstack, lstm_of_three_layers) { stack_has_the_right_gradients(&lstm_type, 3, T, false); }
Test(cellstack, lstm_of_three_layers_with_masks)
{
    stack_has_the_right_gradients(&lstm_type, 3, T, true);
}

/* With the same weights, one RNN layer is timestack, bit for bit. */
Test(cellstack, one_rnn_layer_is_timestack)
{
    int ids[T * N], targets[T * N];
    cellnet *net = generic(&rnn_type, 1, 2, ids, targets);
    cellstack *s = cellstack_new(N, T, net, true);
    timestack *old = timestack_new(N, T, V, D, H, true);
    mat *const same[TIMENET_TENSORS] = {net->E,          net->layer[0].Wx, net->layer[0].Wh,
                                        net->layer[0].b, net->W,           net->c};
    mat *const d[TIMENET_TENSORS] = {s->d->E,          s->d->layer[0].Wx, s->d->layer[0].Wh,
                                     s->d->layer[0].b, s->d->W,           s->d->c};
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_copy(old->net->all[k], same[k]);
    for (int block = 0; block < 2; block++) {
        const double a = cellstack_forward(s, T, ids, targets),
                     b = timestack_forward(old, T, ids, targets);
        cr_assert_eq(a, b);
        cellnet_zero(s->d);
        timenet_zero(old->d);
        cellstack_backward(s, T, ids, targets);
        timestack_backward(old, T, ids, targets);
        for (int k = 0; k < TIMENET_TENSORS; k++) cr_assert(same_bits(d[k], old->d->all[k]));
    }
}

/* Masks of 1 change nothing; a mask of 0 hides the lower layer. */
Test(cellstack, masks_multiply)
{
    int ids[T * N], targets[T * N];
    cellnet *net = generic(&lstm_type, 2, 3, ids, targets);
    cellstack *s = cellstack_new(N, T, net, false);
    const double plain = cellstack_forward(s, T, ids, targets);
    cr_assert(cellstack_add_masks(s));
    cr_assert_eq(cellstack_forward(s, T, ids, targets), plain);
    mats_zero(s->masks[0], T);
    const double hidden = cellstack_forward(s, T, ids, targets);
    mat_zero(net->layer[0].Wx);
    cr_assert_eq(cellstack_forward(s, T, ids, targets), hidden);
    cellnet_zero(s->d);
    cellstack_backward(s, T, ids, targets);
    for (int i = 0; i < mat_size(s->d->E); i++) cr_assert_eq(s->d->E->v[i], 0);
}

/* Two stacks over the same weights: a batch is its parts. */
Test(cellstack, weights_are_shared)
{
    int ids[T * N], targets[T * N], part[T], part_targets[T];
    cellnet *net = generic(&lstm_type, 2, 4, ids, targets);
    cellstack *whole = cellstack_new(N, T, net, true), *one = cellstack_new(1, T, net, true);
    for (int i = 0; i < T * N; i++) targets[i] = ids[i];
    const double all = cellstack_forward(whole, T, ids, targets);
    double sum = 0;
    for (int n = 0; n < N; n++) {
        for (int t = 0; t < T; t++) part[t] = part_targets[t] = ids[t * N + n];
        cellstack_reset_state(one);
        sum += cellstack_forward(one, T, part, part_targets);
    }
    cr_assert(near(all, sum / N, REAL_IS_DOUBLE ? 1e-14 : 1e-5));
}

Test(cellstack, names_and_shapes)
{
    cellnet *net = cellnet_new(&lstm_type, 2, V, D, H);
    cr_assert_eq(net->tensors, 9);
    cr_assert_str_eq(cellnet_name(0), "E");
    cr_assert_str_eq(cellnet_name(3), "Wx1");
    cr_assert_str_eq(cellnet_name(8), "b2");
    cr_assert_str_eq(cellnet_name(CELLNET_TENSORS - 1), "b8");
    cr_assert_eq(net->all[3], net->layer[0].Wx);
    cr_assert_eq(net->all[8], net->layer[1].b);
    cr_assert(net->layer[0].Wx->rows == D && net->layer[1].Wx->rows == H);
    cr_assert_eq(cellnet_size(net), V * D + H * V + V + 4 * H * (D + H + 1) + 4 * H * (H + H + 1));
    rng draws;
    rng_seed(&draws, 0);
    cellnet_start(net, 1, &draws);
    for (int j = 0; j < 4 * H; j++) cr_assert_eq(net->layer[1].b->v[j], j < H);
    cellnet_free(net);
}
