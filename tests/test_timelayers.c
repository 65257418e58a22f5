/* test_timelayers.c: the layers against published numbers and against differences of their losses. */
#include "timelayers.h"

#include "gradcheck.h"
#include "rng.h"
#include "rnncheck.h"
#include "support/support.h"
#include "timestack.h"
#include "vectors.h"

#include <criterion/criterion.h>
#include <math.h>

static mat *linspace(int rows, int cols, double from, double to)
{
    mat *A = mat_new(rows, cols);
    const int n = mat_size(A);
    for (int i = 0; i < n; i++) A->v[i] = (real) (from + (to - from) * i / (n - 1));
    return A;
}

/* The numbers of a published assignment. */
Test(timelayers, one_step_from_linspace)
{
    static const double expected[12] = {-0.58172089, -0.50182032, -0.41232771, -0.31410098,
                                        0.66854692,  0.79562378,  0.87755553,  0.92795967,
                                        0.97934501,  0.99144213,  0.99646691,  0.99854353};
    const rnncell cell = {
        {linspace(10, 4, -0.1, 0.9), linspace(4, 4, -0.3, 0.7), linspace(1, 4, -0.2, 0.4)}};
    mat *x = linspace(3, 10, -0.4, 0.7);
    timernn *l = timernn_new(3, 1, cell, cell, false);
    timernn_set_state(l, linspace(3, 4, -0.2, 0.5));
    timernn_forward(l, 1, &x);
    for (int i = 0; i < 12; i++)
        cr_assert_float_eq((double) l->h->v[i], expected[i], REAL_IS_DOUBLE ? 1e-8 : 1e-6);
}

static void fill(mat *A, rng *draws)
{
    for (int i = 0; i < mat_size(A); i++) A->v[i] = (real) (0.5 * rng_randn(draws));
}

enum { N = 3, T = 5, D = 4, H = 6, V = 7 };

static rnncell cell_of_zeros(int in)
{
    return (rnncell){{mat_new(in, H), mat_new(H, H), mat_new(1, H)}};
}

static rnncell any_cell(int in, rng *draws)
{
    rnncell cell = cell_of_zeros(in);
    for (int k = 0; k < 3; k++) fill(cell.all[k], draws);
    return cell;
}

/* A single layer; its loss is a weighted sum of its outputs. */
typedef struct alone {
    int steps;
    timernn *rnn, *upper;
    mat **in, **weight, **out, **d_in, *before;
    mat *W, *b, *dW, *db;
    int ids[T * N];
    gc_tensor tensor[6 + T];
} alone;

static double weigh(mat *const *out, mat *const *weight, int steps)
{
    double L = 0;
    for (int t = 0; t < steps; t++)
        for (int i = 0; i < mat_size(out[t]); i++)
            L += (double) out[t]->v[i] * (double) weight[t]->v[i];
    return L;
}

static alone *alone_new(int in, int out, int steps)
{
    static alone a;
    rng draws;
    rng_seed(&draws, 1);
    a = (alone){.steps = steps,
                .in = mats_new(T, N, in),
                .weight = mats_new(T, N, out),
                .out = mats_new(T, N, out),
                .d_in = mats_new(T, N, in),
                .before = mat_new(N, H)};
    for (int t = 0; t < T; t++) {
        fill(a.in[t], &draws);
        fill(a.weight[t], &draws);
    }
    fill(a.before, &draws);
    for (int i = 0; i < T * N; i++) a.ids[i] = (int) (rng_uniform(&draws) * (double) V);
    return &a;
}

/* Every element of every tensor must pass the gradient check. */
static void holds(alone *a, double (*loss)(void *), double (*grad)(void *), int tensors)
{
    gc_report r;
    needs_double();
    for (int t = 0; t < a->steps && tensors >= 0; t++)
        a->tensor[tensors + t] = (gc_tensor){"in", a->in[t], a->d_in[t]};
    const gc_problem p = {a, loss, grad, a->tensor, tensors + a->steps, a->steps * N, NULL};
    gc_check(&p, NULL, &r);
    for (int k = 0; k < p.tensors; k++)
        cr_assert_eq(r.row[k].verdict, GC_OK, "%s",
                     gc_text((char[GC_ROOM]){0}, &a->tensor[k], &r.row[k]));
}

static double rnn_loss(void *m)
{
    alone *a = m;
    timernn_set_state(a->rnn, a->before);
    timernn_forward(a->rnn, a->steps, a->in);
    return weigh(a->rnn->hs, a->weight, a->steps);
}

static double rnn_grad(void *m)
{
    alone *a = m;
    const double L = rnn_loss(m);
    for (int k = 0; k < 3; k++) mat_zero(a->rnn->d.all[k]);
    timernn_backward(a->rnn, a->steps, a->in, a->weight, a->d_in);
    return L;
}

static void check_rnn(int steps)
{
    rng draws;
    alone *a = alone_new(D, H, steps);
    rng_seed(&draws, 2);
    const rnncell cell = any_cell(D, &draws), d = cell_of_zeros(D);
    a->rnn = timernn_new(N, T, cell, d, true);
    a->tensor[0] = (gc_tensor){"Wx", cell.Wx, d.Wx};
    a->tensor[1] = (gc_tensor){"Wh", cell.Wh, d.Wh};
    a->tensor[2] = (gc_tensor){"b", cell.b, d.b};
    a->tensor[3] = (gc_tensor){"h", a->before, a->rnn->dh}; /* dL/d(the state before the block) */
    holds(a, rnn_loss, rnn_grad, 4);
}

Test(timelayers, rnn_of_one_step_has_the_right_gradients) { check_rnn(1); }
Test(timelayers, rnn_of_five_steps_has_the_right_gradients) { check_rnn(T); }

static double two_loss(void *m)
{
    alone *a = m;
    timernn_reset_state(a->upper);
    rnn_loss(m);
    timernn_forward(a->upper, a->steps, a->rnn->hs);
    return weigh(a->upper->hs, a->weight, a->steps);
}

/* a->out serves both layers: the upper one reads its dhs there and overwrites it with its dxs, the lower one's dhs. */
static double two_grad(void *m)
{
    alone *a = m;
    const double L = two_loss(m);
    for (int k = 0; k < 3; k++) {
        mat_zero(a->rnn->d.all[k]);
        mat_zero(a->upper->d.all[k]);
    }
    for (int t = 0; t < a->steps; t++) mat_copy(a->out[t], a->weight[t]);
    timernn_backward(a->upper, a->steps, a->rnn->hs, a->out, a->out);
    timernn_backward(a->rnn, a->steps, a->in, a->out, a->d_in);
    return L;
}

Test(timelayers, two_rnn_layers_in_one_room_have_the_right_gradients)
{
    rng draws;
    alone *a = alone_new(D, H, T);
    rng_seed(&draws, 8);
    const rnncell cell[2] = {any_cell(D, &draws), any_cell(H, &draws)},
                  d[2] = {cell_of_zeros(D), cell_of_zeros(H)};
    a->rnn = timernn_new(N, T, cell[0], d[0], true);
    a->upper = timernn_new(N, T, cell[1], d[1], true);
    for (int l = 0; l < 2; l++)
        for (int k = 0; k < 3; k++)
            a->tensor[3 * l + k] = (gc_tensor){"a weight", cell[l].all[k], d[l].all[k]};
    holds(a, two_loss, two_grad, 6);
}

static double affine_loss(void *m)
{
    alone *a = m;
    timeaffine_forward(a->W, a->b, a->steps, a->in, a->out);
    return weigh(a->out, a->weight, a->steps);
}

static double affine_grad(void *m)
{
    alone *a = m;
    mat_zero(a->dW);
    mat_zero(a->db);
    timeaffine_backward(a->W, a->dW, a->db, a->steps, a->in, a->weight, a->d_in);
    return affine_loss(m);
}

Test(timelayers, affine_has_the_right_gradients)
{
    rng draws;
    alone *a = alone_new(H, V, T);
    rng_seed(&draws, 3);
    fill(a->W = mat_new(H, V), &draws);
    fill(a->b = mat_new(1, V), &draws);
    a->tensor[0] = (gc_tensor){"W", a->W, a->dW = mat_new(H, V)};
    a->tensor[1] = (gc_tensor){"b", a->b, a->db = mat_new(1, V)};
    holds(a, affine_loss, affine_grad, 2);
}

static double embedding_loss(void *m)
{
    alone *a = m;
    timeembedding_forward(a->W, a->steps, N, a->ids, a->out);
    return weigh(a->out, a->weight, a->steps);
}

static double embedding_grad(void *m)
{
    alone *a = m;
    mat_zero(a->dW);
    timeembedding_backward(a->dW, a->steps, N, a->ids, a->weight);
    return embedding_loss(m);
}

Test(timelayers, embedding_has_the_right_gradients)
{
    rng draws;
    gc_report r;
    needs_double();
    alone *a = alone_new(1, D, T);
    rng_seed(&draws, 4);
    fill(a->W = mat_new(V, D), &draws);
    a->tensor[0] = (gc_tensor){"W", a->W, a->dW = mat_new(V, D)};
    const gc_problem p = {a, embedding_loss, embedding_grad, a->tensor, 1, T * N, NULL};
    cr_assert_eq(gc_check(&p, NULL, &r), GC_OK);
}

static int some_targets[T * N];

static double loss_loss(void *m)
{
    alone *a = m;
    return timeloss_forward(a->steps, N, a->in, some_targets, a->out);
}

static double loss_grad(void *m)
{
    alone *a = m;
    const double L = loss_loss(m);
    timeloss_backward(a->steps, N, some_targets, a->out, a->d_in);
    return L;
}

Test(timelayers, loss_has_the_right_gradients_with_ignored_targets)
{
    alone *a = alone_new(V, V, T);
    for (int i = 0; i < T * N; i++) some_targets[i] = i % 4 == 1 ? TIMELOSS_IGNORED : a->ids[i];
    holds(a, loss_loss, loss_grad, 0);
    for (int k = 0; k < V; k++) cr_assert_eq(a->d_in[0]->v[1 * V + k], 0);
}

Test(timelayers, loss_is_the_mean_over_what_counts)
{
    mat **ys = mats_new(1, 2, 4), **ps = mats_new(1, 2, 4), **dys = mats_new(1, 2, 4);
    const int none[2] = {TIMELOSS_IGNORED, TIMELOSS_IGNORED}, one[2] = {TIMELOSS_IGNORED, 2};
    cr_assert_float_eq(timeloss_forward(1, 2, ys, one, ps), log(4), 1e-6);
    cr_assert_eq(timeloss_forward(1, 2, ys, none, ps), 0);
    timeloss_backward(1, 2, none, ps, dys);
    for (int i = 0; i < 8; i++) cr_assert_eq(dys[0]->v[i], 0);
}

Test(timelayers, state_goes_on_is_set_and_is_forgotten)
{
    rng draws;
    alone *a = alone_new(D, H, T);
    rng_seed(&draws, 5);
    for (int stateful = 0; stateful < 2; stateful++) {
        timernn *l = timernn_new(N, T, any_cell(D, &draws), cell_of_zeros(D), stateful);
        timernn_forward(l, T, a->in);
        mat *last = mat_copy(mat_new(N, H), l->hs[T - 1]);
        cr_assert(same_bits(l->h, last));
        timernn_forward(l, 2, a->in);
        cr_assert_eq(same_bits(l->hs[-1], last), stateful);
        timernn_set_state(l, a->before);
        timernn_forward(l, 1, a->in);
        cr_assert(same_bits(l->hs[-1], a->before));
        timernn_reset_state(l);
        timernn_forward(l, 1, a->in);
        for (int i = 0; i < N * H; i++) cr_assert_eq(l->hs[-1]->v[i], 0);
        timernn_free(l);
    }
}

/* The sequences of a batch do not affect each other. */
Test(timelayers, a_batch_is_its_sequences)
{
    rng draws;
    alone *a = alone_new(D, H, T);
    rng_seed(&draws, 6);
    const rnncell cell = any_cell(D, &draws), d = cell_of_zeros(D);
    timernn *l = timernn_new(N, T, cell, d, false), *one = timernn_new(1, T, cell, d, false);
    timernn_forward(l, T, a->in);
    mat **x = mats_new(T, 1, D);
    for (int n = 0; n < N; n++) {
        for (int t = 0; t < T; t++)
            for (int j = 0; j < D; j++) x[t]->v[j] = a->in[t]->v[n * D + j];
        timernn_forward(one, T, x);
        for (int t = 0; t < T; t++)
            for (int i = 0; i < H; i++) cr_assert_eq(one->hs[t]->v[i], l->hs[t]->v[n * H + i]);
    }
}
