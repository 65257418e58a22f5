/* memory.c: the experiment on memory. See memory.h. */
#include "memory.h"

#include "vectors.h"

#include <math.h>
#include <stdlib.h>

enum {
    TEST_EVERY = 50, /* iterations */
    TEST_BLOCKS = 10 /* mini-batches in a test */
};

static int drawn(rng *draws, int n) { return (int) (rng_uniform(draws) * n); }

/* A mini-batch of new sequences. Only the last target counts. */
static void make_block(const memory_task *task, celltrain *r, rng *draws)
{
    lm *b = &r->blocks;
    const int N = b->options.batch, k = task->k;
    for (int n = 0; n < N; n++) {
        const int symbol = b->xs[n] = drawn(draws, task->symbols);
        for (int t = 1; t <= k; t++) b->xs[t * N + n] = task->symbols + drawn(draws, task->noise);
        for (int t = 0; t < k; t++) b->ts[t * N + n] = TIMELOSS_IGNORED;
        b->ts[k * N + n] = symbol;
    }
}

/* The loss of a new mini-batch, from states of zeros. */
static double forward(const memory_task *task, celltrain *r, rng *draws)
{
    make_block(task, r, draws);
    cellstack_reset_state(r->s);
    return cellstack_forward(r->s, task->k + 1, r->blocks.xs, r->blocks.ts);
}

/* How many sequences of the last mini-batch are right. */
static int count_right(const memory_task *task, const celltrain *r)
{
    const mat *p = r->s->ps[task->k];
    int right = 0;
    for (int n = 0; n < p->rows; n++) {
        const real *row = p->v + n * p->cols;
        int best = 0;
        for (int j = 1; j < p->cols; j++)
            if (row[j] > row[best]) best = j;
        right += best == r->blocks.xs[n];
    }
    return right;
}

static void test(const memory_task *task, celltrain *r, memory_result *result)
{
    rng draws;
    int right = 0;
    rng_seed(&draws, 12345);
    result->loss = 0;
    for (int i = 0; i < TEST_BLOCKS; i++) {
        result->loss += forward(task, r, &draws) / (double) TEST_BLOCKS;
        right += count_right(task, r);
    }
    result->right = (double) right / (TEST_BLOCKS * r->s->N);
    result->learnt = result->right >= 0.99;
    result->iteration = r->iteration;
}

celltrain *memory_run(const memory_task *task, memory_result *result)
{
    celltrain_options o = task->options;
    o.lm.time = task->k + 1;
    celltrain *r = celltrain_new(&o, NULL, 0, task->symbols + task->noise);
    if (!r) return NULL;
    do {
        for (int i = 0; i < TEST_EVERY; i++) {
            forward(task, r, &r->blocks.draws);
            cellnet_zero(r->s->d);
            cellstack_backward(r->s, task->k + 1, r->blocks.xs, r->blocks.ts);
            celltrain_update(r);
        }
        test(task, r, result);
    } while (!result->learnt && r->iteration < task->most);
    return r;
}

static double norm_of(const mat *A)
{
    double squares = 0;
    for (int i = 0; i < mat_size(A); i++) squares += (double) A->v[i] * A->v[i];
    return sqrt(squares);
}

static void fill(mat *A, rng *draws)
{
    for (int i = 0; i < mat_size(A); i++) A->v[i] = (real) rng_randn(draws);
}

/* left[k], from a block of the last k steps, which begins in the state that the steps before it have left. */
static void set_left(const celltype *type, void *l, int room, mat *const *xs, mat **dhs, mat **dxs,
                     double *left)
{
    const double all = norm_of(dhs[room - 1]);
    left[0] = 1;
    left[1] = 0;
    for (int k = 1; k <= room; k++) {
        type->reset_state(l);
        if (k < room) type->forward(l, room - k, xs);
        type->forward(l, k, xs + (room - k));
        type->backward(l, k, xs + (room - k), dhs + (room - k), dxs);
        const cellstate d = type->dstate(l);
        for (int i = 0; i < CELL_STATES; i++)
            left[k * CELL_STATES + i] = d.of[i] ? norm_of(d.of[i]) / all : NAN;
    }
}

bool memory_gradient(const celltype *type, rnncell cell, int N, int room, rng *draws, double *left)
{
    const int D = cell.Wx->rows, H = cell.Wh->rows;
    rnncell d = {{mat_new(D, cell.Wx->cols), mat_new(H, cell.Wh->cols), mat_new(1, cell.b->cols)}};
    mat **xs = mats_new(room, N, D), **dhs = mats_new(room, N, H), **dxs = mats_new(room, N, D);
    void *l = d.Wx && d.Wh && d.b ? type->make(N, room, cell, d, true) : NULL;
    const bool good = l && xs && dhs && dxs;
    if (good) {
        for (int t = 0; t < room; t++) fill(xs[t], draws);
        fill(dhs[room - 1], draws);
        set_left(type, l, room, xs, dhs, dxs, left);
    }
    if (l) type->free(l);
    vectors_free(xs, room);
    vectors_free(dhs, room);
    vectors_free(dxs, room);
    for (int k = 0; k < 3; k++) mat_free(d.all[k]);
    return good;
}
