/* test_memory.c: the experiment on memory. */
#include "memory.h"

#include "lstm.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

static const memory_task task = {
    4, 4, 5, 500, {&lstm_type, 1, {20, 8, 16, 1, 0.03, 0}, 1, 1, true}};

Test(memory, five_steps_are_learnt)
{
    memory_result r;
    celltrain *run = memory_run(&task, &r);
    cr_assert(r.learnt && r.right >= 0.99 && r.loss < 0.2 && r.iteration == run->iteration);
    /* Only the last target counts. */
    for (int i = 0; i < 5 * 20; i++) cr_assert_eq(run->blocks.ts[i], TIMELOSS_IGNORED);
    for (int n = 0; n < 20; n++) cr_assert_eq(run->blocks.ts[5 * 20 + n], run->blocks.xs[n]);
    for (int i = 20; i < 6 * 20; i++) cr_assert_geq(run->blocks.xs[i], 4);
    celltrain_free(run);
}

Test(memory, who_is_not_trained_guesses)
{
    memory_task none = task;
    memory_result r;
    none.options.lm.learning_rate = 0;
    none.most = 50;
    celltrain_free(memory_run(&none, &r));
    cr_assert(!r.learnt && r.iteration == 50);
    cr_assert_lt(r.right, 0.5);
}

/* An open forget gate and a cell that nothing else reads: the gradient of the cell stays as it is. */
Test(memory, an_open_forget_gate_keeps_the_gradient)
{
    enum { D = 3, H = 4, FAR = 10 };
    const lstmcell cell = {{mat_new(D, 4 * H), mat_new(H, 4 * H), mat_new(1, 4 * H)}};
    double left[(FAR + 1) * CELL_STATES];
    rng draws;
    rng_seed(&draws, 0);
    for (int j = 0; j < H; j++) cell.b->v[j] = 40;
    cr_assert(memory_gradient(&lstm_type, cell, 5, FAR, &draws, left));
    cr_assert_eq(left[0], 1);
    for (int k = 2; k <= FAR; k++) {
        cr_assert_eq(left[k * CELL_STATES], 0);
        cr_assert(
            near(left[k * CELL_STATES + 1], left[CELL_STATES + 1], REAL_IS_DOUBLE ? 1e-13 : 1e-5));
    }
    cr_assert_eq(left[CELL_STATES + 1],
                 0.5); /* dh/dc = o, half open; the cell is 0, and tanh' 0 = 1 */
    /* An RNN with Wh = 0.5 I and no input: 0.5 at each step. */
    const rnncell half = {{mat_new(D, H), mat_new(H, H), mat_new(1, H)}};
    for (int j = 0; j < H; j++) half.Wh->v[j * H + j] = 0.5;
    cr_assert(memory_gradient(&rnn_type, half, 5, FAR, &draws, left));
    for (int k = 1; k <= FAR; k++)
        cr_assert(near(left[k * CELL_STATES], pow(0.5, k), REAL_IS_DOUBLE ? 1e-13 : 1e-5));
}
