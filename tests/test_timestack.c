/* test_timestack.c: the whole network of layers: its gradient, and that it is the network of the chapters before. */
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
    for (int k = 0; k < TIMESTACK_TENSORS; k++)
        for (int i = 0; i < mat_size(s->all[k]); i++)
            s->all[k]->v[i] = (real) (0.5 * rng_randn(&draws));
    for (int i = 0; i < T * N; i++) {
        ids[i] = (int) (rng_uniform(&draws) * V);
        targets[i] = i == 4 ? TIMELOSS_IGNORED : (int) (rng_uniform(&draws) * V);
    }
    return s;
}

static void check(int steps, bool carried)
{
    needs_double();
    for (uint32_t seed = 0; seed < 3; seed++) {
        int ids[T * N], targets[T * N];
        gc_tensor tensor[TIMESTACK_TENSORS];
        gc_report r;
        timestack *s = generic(seed, ids, targets);
        mat *before = mat_new(N, H);
        timestack_forward(s, T, ids, targets);
        mat_copy(before, s->rnn->h);
        timecheck c = {s, steps, ids, targets, carried ? before : NULL};
        const gc_problem p = timecheck_problem(&c, tensor);
        gc_check(&p, NULL, &r);
        for (int k = 0; k < TIMESTACK_TENSORS; k++)
            cr_assert_eq(r.row[k].verdict, steps == 1 && !carried && k == 2 ? GC_UNRESOLVED : GC_OK,
                         "%s", gc_text((char[GC_ROOM]){0}, &tensor[k], &r.row[k]));
        mat_free(before);
        timestack_free(s);
    }
}

Test(timestack, one_step_from_zeros) { check(1, false); }
Test(timestack, one_step_in_a_carried_state) { check(1, true); }
Test(timestack, five_steps_from_zeros) { check(T, false); }
Test(timestack, five_steps_in_a_carried_state) { check(T, true); }

/* With N = 1 and an embedding of ones and zeros: the loss and the gradient of the chapters before, over T. */
Test(timestack, is_the_network_of_columns)
{
    const double bound = REAL_IS_DOUBLE ? 1e-13 : 1e-4;
    rnnprobe *p = rnnprobe_new(H, V, T, 0.5, 0);
    rnncheck *c = &p->check;
    timestack *s = timestack_new(1, T, V, V, H, true);
    for (int k = 0; k < V; k++) s->all[0]->v[k * V + k] = 1;
    mat *const columns[5] = {c->net->Wxh, c->net->Whh, c->net->bh, c->net->Why, c->net->by};
    mat *const d[5] = {c->d->Wxh, c->d->Whh, c->d->bh, c->d->Why, c->d->by};
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < columns[k]->rows; i++)
            for (int j = 0; j < columns[k]->cols; j++)
                s->all[1 + k]->v[j * columns[k]->rows + i] =
                    columns[k]->v[i * columns[k]->cols + j];
    mat *row = mat_new(1, H);
    for (int i = 0; i < H; i++) row->v[i] = p->hprev->v[i];
    timernn_set_state(s->rnn, row);
    const double mean = timestack_forward(s, T, p->inputs, p->targets);
    timestack_backward(s, T, p->inputs, p->targets);
    const double sum = rnn_forward(c->net, p->inputs, p->targets, p->hprev, c->tr);
    rnn_backward(c->net, c->tr, p->targets, c->d, c->w);
    cr_assert(near(T * mean, sum, bound));
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < d[k]->rows; i++)
            for (int j = 0; j < d[k]->cols; j++)
                cr_assert(near(T * (double) s->d[1 + k]->v[j * d[k]->rows + i],
                               (double) d[k]->v[i * d[k]->cols + j], bound));
}

/* A block in two: the same loss and state; the gradient of the second block by itself. */
Test(timestack, blocks_hang_together_forward_only)
{
    int ids[T * N], targets[T * N];
    timestack *s = generic(1, ids, targets), *other = generic(1, ids, targets);
    targets[4] = 0;
    const double whole = timestack_forward(s, T, ids, targets);
    const double first = timestack_forward(other, 2, ids, targets),
                 second = timestack_forward(other, T - 2, ids + 2 * N, targets + 2 * N);
    cr_assert(near((2 * first + (T - 2) * second) / T, whole, REAL_IS_DOUBLE ? 1e-14 : 1e-5));
    cr_assert(same_bits(s->rnn->h, other->rnn->h));
    double size = 0;
    timestack_backward(other, T - 2, ids + 2 * N, targets + 2 * N);
    for (int i = 0; i < N * H; i++) size += fabs((double) other->rnn->dh->v[i]);
    cr_assert_gt(size, 1e-3);
}

Test(timestack, starts_as_xavier_says)
{
    rng draws;
    timestack *s = timestack_new(2, 2, 300, 100, 90, true);
    rng_seed(&draws, 0);
    timestack_start(s, &draws);
    const double expected[TIMESTACK_TENSORS] = {0.01, 0.1, 1 / sqrt(90), 0, 1 / sqrt(90), 0};
    for (int k = 0; k < TIMESTACK_TENSORS; k++) {
        double squares = 0;
        for (int i = 0; i < mat_size(s->all[k]); i++)
            squares += (double) s->all[k]->v[i] * (double) s->all[k]->v[i];
        cr_assert_float_eq(sqrt(squares / mat_size(s->all[k])), expected[k],
                           0.03 * expected[k] + 1e-12);
    }
    rng_seed(&draws, 0);
    cr_assert_eq(s->all[0]->v[0], (real) (rng_randn(&draws) / 100));
}
