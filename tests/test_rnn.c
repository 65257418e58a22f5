/* test_rnn.c: the network, its forward pass and its loss. */
#include "rnn.h"

#include "fn.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <math.h>

enum { H = 5, V = 7, T = 6 };

static const int inputs[T] = {3, 0, 6, 6, 2, 5}, targets[T] = {1, 1, 4, 0, 6, 3};

static void fill(rnn *net, double spread, uint32_t seed)
{
    rng draws;
    rng_seed(&draws, seed);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++)
            net->all[k]->v[i] = (real) (spread * rng_randn(&draws));
}

/* The equations again, in long double and without our kernels. */
static double plain_loss(const rnn *net, const mat *hprev)
{
    long double h[H], next[H], loss = 0;
    for (int i = 0; i < H; i++) h[i] = (long double) hprev->v[i];
    for (int t = 0; t < T; t++) {
        long double y[V], sum = 0;
        for (int i = 0; i < H; i++) {
            long double a =
                (long double) net->bh->v[i] + (long double) net->Wxh->v[i * V + inputs[t]];
            for (int j = 0; j < H; j++) a += (long double) net->Whh->v[i * H + j] * h[j];
            next[i] = tanhl(a);
        }
        for (int i = 0; i < H; i++) h[i] = next[i];
        for (int k = 0; k < V; k++) {
            y[k] = (long double) net->by->v[k];
            for (int i = 0; i < H; i++) y[k] += (long double) net->Why->v[k * H + i] * h[i];
            sum += expl(y[k]);
        }
        loss -= y[targets[t]] - logl(sum);
    }
    return (double) loss;
}

Test(rnn_memory, has_the_five_shapes)
{
    rnn *net = rnn_new(H, V);
    static const int shapes[5][2] = {{H, V}, {H, H}, {V, H}, {H, 1}, {V, 1}};
    for (int k = 0; k < 5; k++) {
        cr_assert_eq(net->all[k]->rows, shapes[k][0]);
        cr_assert_eq(net->all[k]->cols, shapes[k][1]);
    }
    cr_assert_eq(net->all[0], net->Wxh);
    cr_assert_eq(net->all[4], net->by);
    rnn_free(net);
}

Test(rnn_memory, too_large_a_network_is_refused_not_a_crash)
{
    cr_assert_null(rnn_new(100000, 3));
    cr_assert_null(rnn_new(50000, 50000));
}

Test(rnn, starts_with_small_random_weights_drawn_row_by_row)
{
    rnn *net = rnn_new(H, V);
    rng draws, same;
    fill(net, 1, 9);
    rng_seed(&draws, 42);
    rng_seed(&same, 42);
    make_parameters(net, &draws);
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++)
            cr_assert_eq(net->all[k]->v[i], (real) (rng_randn(&same) * 0.01));
    for (int k = 3; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) cr_assert_eq(net->all[k]->v[i], 0);
    rnn_free(net);
}

Test(rnn, step_computes_the_equations)
{
    rnn *net = rnn_new(H, V);
    mat *hprev = mat_new(H, 1), *h = mat_new(H, 1), *y = mat_new(V, 1), *p = mat_new(V, 1);
    const double bound = REAL_IS_DOUBLE ? 1e-14 : 1e-5;
    fill(net, 0.7, 1);
    for (int i = 0; i < H; i++) hprev->v[i] = (real) (0.3 * i - 0.5);
    rnn_step(net, 4, hprev, h, y, p);
    double sum = 0, ys[V];
    for (int i = 0; i < H; i++) {
        double a = (double) (net->bh->v[i] + net->Wxh->v[i * V + 4]);
        for (int j = 0; j < H; j++) a += (double) net->Whh->v[i * H + j] * (double) hprev->v[j];
        cr_assert(near((double) h->v[i], tanh(a), bound));
    }
    for (int k = 0; k < V; k++) {
        ys[k] = (double) net->by->v[k];
        for (int i = 0; i < H; i++) ys[k] += (double) net->Why->v[k * H + i] * (double) h->v[i];
        cr_assert(near((double) y->v[k], ys[k], bound));
        sum += exp(ys[k]);
    }
    for (int k = 0; k < V; k++) cr_assert(near((double) p->v[k], exp(ys[k]) / sum, bound));
    rnn_free(net);
    mat_free(hprev);
    mat_free(h);
    mat_free(y);
    mat_free(p);
}

Test(rnn, loss_agrees_with_the_plain_formulas)
{
    rnn *net = rnn_new(H, V);
    trace *tr = trace_new(H, V, T);
    mat *hprev = mat_new(H, 1);
    for (uint32_t seed = 0; seed < 50; seed++) {
        fill(net, 0.5 + 0.05 * seed, seed);
        for (int i = 0; i < H; i++) hprev->v[i] = (real) (0.1 * i);
        const double loss = rnn_forward(net, inputs, targets, hprev, tr);
        cr_assert(near(loss, plain_loss(net, hprev), REAL_IS_DOUBLE ? 1e-13 : 1e-4),
                  "seed %u: %.17g", seed, loss);
    }
    rnn_free(net);
    trace_free(tr);
    mat_free(hprev);
}

Test(rnn, loss_of_a_network_of_zeros_is_T_ln_V)
{
    rnn *net = rnn_new(H, V);
    trace *tr = trace_new(H, V, T);
    mat *hprev = mat_new(H, 1);
    const double loss = rnn_forward(net, inputs, targets, hprev, tr);
    cr_assert(near(loss, (double) T * log(V), REAL_IS_DOUBLE ? 1e-14 : 1e-6), "%.17g", loss);
    rnn_free(net);
    trace_free(tr);
    mat_free(hprev);
}

Test(rnn, the_same_call_gives_the_same_bits)
{
    rnn *net = rnn_new(H, V);
    trace *a = trace_new(H, V, T), *b = trace_new(H, V, 3 * T);
    mat *hprev = mat_new(H, 1);
    fill(net, 1, 3);
    b->T = T; /* fewer than allocated */
    const double first = rnn_forward(net, inputs, targets, hprev, a);
    const double second = rnn_forward(net, inputs, targets, hprev, b),
                 third = rnn_forward(net, inputs, targets, hprev, a);
    cr_assert_eq(first, second);
    cr_assert_eq(first, third);
    for (int t = 0; t < T; t++) {
        cr_assert(same_bits(a->hs[t], b->hs[t]));
        cr_assert(same_bits(a->ys[t], b->ys[t]));
        cr_assert(same_bits(a->ps[t], b->ps[t]));
        cr_assert_eq(a->xs[t], inputs[t]);
    }
    rnn_free(net);
    trace_free(a);
    trace_free(b);
    mat_free(hprev);
}

Test(rnn, a_sequence_in_two_halves_is_the_sequence)
{
    rnn *net = rnn_new(H, V);
    trace *whole = trace_new(H, V, T), *half = trace_new(H, V, T);
    mat *hprev = mat_new(H, 1);
    fill(net, 1, 4);
    const double loss = rnn_forward(net, inputs, targets, hprev, whole);
    half->T = 2;
    double sum = rnn_forward(net, inputs, targets, hprev, half);
    half->T = T - 2;
    sum +=
        rnn_forward(net, inputs + 2, targets + 2, half->hs[1], half); /* its own state as hprev */
    cr_assert(near(sum, loss, 1e-14));
    cr_assert(same_bits(half->hs[T - 3], whole->hs[T - 1]));
    rnn_free(net);
    trace_free(whole);
    trace_free(half);
    mat_free(hprev);
}

Test(rnn, hprev_is_copied_to_slot_minus_1)
{
    rnn *net = rnn_new(H, V);
    trace *tr = trace_new(H, V, T);
    mat *hprev = mat_new(H, 1);
    fill(net, 1, 5);
    for (int i = 0; i < H; i++) hprev->v[i] = (real) (i + 1) / 10;
    rnn_forward(net, inputs, targets, hprev, tr);
    cr_assert(same_bits(tr->hs[-1], hprev));
    cr_assert_neq(tr->hs[-1], hprev);
    rnn_free(net);
    trace_free(tr);
    mat_free(hprev);
}

Test(rnn, a_hopeless_target_costs_infinity_not_nan)
{
    rnn *net = rnn_new(H, V);
    trace *tr = trace_new(H, V, T);
    mat *hprev = mat_new(H, 1);
    net->by->v[0] = 20000; /* for a long double, too */
    const double loss = rnn_forward(net, inputs, targets, hprev, tr);
    cr_assert(isinf(loss) && loss > 0);
    rnn_free(net);
    trace_free(tr);
    mat_free(hprev);
}

Test(rnn_contract, forward_refuses_an_input_out_of_range, .signal = SIGABRT)
{
    static const int bad[T] = {0, 1, V, 0, 0, 0};
    rnn *net = rnn_new(H, V);
    rnn_forward(net, bad, targets, mat_new(H, 1), trace_new(H, V, T));
}

Test(rnn_contract, forward_refuses_a_target_out_of_range, .signal = SIGABRT)
{
    static const int bad[T] = {0, 1, -1, 0, 0, 0};
    rnn *net = rnn_new(H, V);
    rnn_forward(net, inputs, bad, mat_new(H, 1), trace_new(H, V, T));
}

Test(rnn_contract, forward_refuses_more_steps_than_there_is_room_for, .signal = SIGABRT)
{
    rnn *net = rnn_new(H, V);
    trace *tr = trace_new(H, V, T - 1);
    tr->T = T;
    rnn_forward(net, inputs, targets, mat_new(H, 1), tr);
}
