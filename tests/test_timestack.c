/* test_timestack.c: the network of layers: its gradient, and that it equals the network of the previous chapters. */
#include "timestack.h"

#include "rnncheck.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

enum { N = 3, T = 5, D = 4, H = 6, V = 7 };

static timestack *generic(uint32_t seed, int *ids, int *targets)
{
    rng draws;
    timestack *s = timestack_new(N, T, V, D, H, true);
    rng_seed(&draws, seed);
    for (int k = 0; k < TIMENET_TENSORS; k++)
        for (int i = 0; i < mat_size(s->net->all[k]); i++)
            s->net->all[k]->v[i] = (real) (0.5 * rng_randn(&draws));
    for (int i = 0; i < T * N; i++) {
        ids[i] = (int) (rng_uniform(&draws) * (double) V);
        targets[i] = i == 4 ? TIMELOSS_IGNORED : (int) (rng_uniform(&draws) * (double) V);
    }
    return s;
}

static void check(int steps, bool carried)
{
    needs_double();
    for (uint32_t seed = 0; seed < 3; seed++) {
        int ids[T * N], targets[T * N];
        gc_tensor tensor[TIMENET_TENSORS];
        gc_report r;
        timestack *s = generic(seed, ids, targets);
        mat *before = mat_new(N, H);
        timestack_forward(s, T, ids, targets);
        mat_copy(before, s->rnn->h);
        timecheck c = {s, steps, ids, targets, carried ? before : NULL};
        const gc_problem p = timecheck_problem(&c, tensor);
        gc_check(&p, NULL, &r);
        for (int k = 0; k < TIMENET_TENSORS; k++) {
            const bool unused = steps == 1 && !carried && tensor[k].value == s->net->Wh;
            cr_assert_eq(r.row[k].verdict, unused ? GC_UNRESOLVED : GC_OK, "%s",
                         gc_text((char[GC_ROOM]){0}, &tensor[k], &r.row[k]));
        }
        mat_free(before);
        timestack_free(s);
    }
}

Test(timestack, one_step_from_zeros) { check(1, false); }
Test(timestack, one_step_in_a_carried_state) { check(1, true); }
Test(timestack, five_steps_from_zeros) { check(T, false); }
Test(timestack, five_steps_in_a_carried_state) { check(T, true); }

Test(timestack, names_are_those_of_the_members)
{
    const timenet *net = timenet_new(V, D, H);
    const struct {
        const char *name;
        const mat *member;
        int rows, cols;
    } six[TIMENET_TENSORS] = {{"E", net->E, V, D}, {"Wx", net->Wx, D, H}, {"Wh", net->Wh, H, H},
                              {"b", net->b, 1, H}, {"W", net->W, H, V},   {"c", net->c, 1, V}};
    for (int k = 0; k < TIMENET_TENSORS; k++) {
        cr_assert_str_eq(timenet_name[k], six[k].name);
        cr_assert_eq(net->all[k], six[k].member);
        cr_assert(net->all[k]->rows == six[k].rows && net->all[k]->cols == six[k].cols);
    }
}

/* B = Aᵀ. */
static void transpose(mat *B, const mat *A)
{
    for (int i = 0; i < A->rows; i++)
        for (int j = 0; j < A->cols; j++) B->v[j * A->rows + i] = A->v[i * A->cols + j];
}

/* T A must be Bᵀ. */
static void is_transpose(const mat *A, const mat *B, double bound)
{
    for (int i = 0; i < B->rows; i++)
        for (int j = 0; j < B->cols; j++)
            cr_assert(near((double) T * (double) A->v[j * B->rows + i],
                           (double) B->v[i * B->cols + j], bound));
}

/* With N = 1 and a one-hot embedding, loss and gradients are those of the previous chapters divided by T. */
Test(timestack, is_the_network_of_columns)
{
    const double bound = REAL_IS_DOUBLE ? 1e-13 : 1e-4;
    rnnprobe *p = rnnprobe_new(H, V, T, 0.5, 0);
    rnncheck *c = &p->check;
    timestack *s = timestack_new(1, T, V, V, H, true);
    for (int k = 0; k < V; k++) s->net->E->v[k * V + k] = 1;
    transpose(s->net->Wx, c->net->Wxh);
    transpose(s->net->Wh, c->net->Whh);
    transpose(s->net->b, c->net->bh);
    transpose(s->net->W, c->net->Why);
    transpose(s->net->c, c->net->by);
    mat *row = mat_new(1, H);
    transpose(row, p->hprev);
    timernn_set_state(s->rnn, row);
    const double mean = timestack_forward(s, T, p->inputs, p->targets);
    timestack_backward(s, T, p->inputs, p->targets);
    const double sum = rnn_forward(c->net, p->inputs, p->targets, p->hprev, c->tr);
    rnn_backward(c->net, c->tr, p->targets, c->d, c->w);
    cr_assert(near((double) T * mean, sum, bound));
    is_transpose(s->d->Wx, c->d->Wxh, bound);
    is_transpose(s->d->Wh, c->d->Whh, bound);
    is_transpose(s->d->b, c->d->bh, bound);
    is_transpose(s->d->W, c->d->Why, bound);
    is_transpose(s->d->c, c->d->by, bound);
}

/* A block in two parts: the same loss and state, but the gradient between the parts, dh, is not 0. */
Test(timestack, blocks_hang_together_forward_only)
{
    int ids[T * N], targets[T * N];
    timestack *s = generic(1, ids, targets), *other = generic(1, ids, targets);
    targets[4] = 0;
    const double whole = timestack_forward(s, T, ids, targets);
    const double first = timestack_forward(other, 2, ids, targets),
                 second = timestack_forward(other, T - 2, ids + 2 * N, targets + 2 * N);
    cr_assert(
        near((2 * first + (T - 2) * second) / (double) T, whole, REAL_IS_DOUBLE ? 1e-14 : 1e-5));
    cr_assert(same_bits(s->rnn->h, other->rnn->h));
    double size = 0;
    timestack_backward(other, T - 2, ids + 2 * N, targets + 2 * N);
    for (int i = 0; i < N * H; i++) size += fabs((double) other->rnn->dh->v[i]);
    cr_assert_gt(size, 1e-3);
}

/* The elements of A have this standard deviation and mean 0. */
static void spreads(const mat *A, double deviation)
{
    double squares = 0;
    for (int i = 0; i < mat_size(A); i++) squares += (double) A->v[i] * (double) A->v[i];
    cr_assert_float_eq(sqrt(squares / mat_size(A)), deviation, 0.03 * deviation);
}

Test(timestack, starts_as_xavier_says)
{
    rng draws;
    timenet *net = timenet_new(300, 100, 90);
    net->b->v[0] = net->c->v[0] = 1;
    rng_seed(&draws, 0);
    timenet_start(net, &draws);
    spreads(net->E, 0.01);
    spreads(net->Wx, 0.1);
    spreads(net->Wh, 1 / sqrt(90));
    spreads(net->b, 0);
    spreads(net->W, 1 / sqrt(90));
    spreads(net->c, 0);
    rng_seed(&draws, 0);
    cr_assert_eq(net->E->v[0], (real) (rng_randn(&draws) / 100));
}
