/* onelayer.c: a single recurrent layer of any kind against differences of a loss. See onelayer.h. */
#include "support/onelayer.h"

#include "gradcheck.h"
#include "rng.h"
#include "support/support.h"
#include "vectors.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N = 3, T = 5, D = 4, H = 6 };
enum { NO_TORCH = 77, NO_PYTHON = 127 /* exit statuses */ };

/* A layer with all that it needs; its loss is a weighted sum of its outputs. */
typedef struct alone {
    const celltype *type;
    int steps;
    void *l;
    rnncell cell, d;
    mat **xs, **weight, **dxs;
    cellstate before;
} alone;

static mat *filled(int rows, int cols, rng *draws)
{
    mat *A = mat_new(rows, cols);
    for (int i = 0; i < mat_size(A); i++) A->v[i] = (real) (0.5 * rng_randn(draws));
    return A;
}

static alone *alone_new(const celltype *type, int steps, bool stateful, uint32_t seed)
{
    static alone a;
    rng draws;
    rng_seed(&draws, seed);
    const int GH = type->gates * H, BH = type->biases * H;
    a = (alone){.type = type,
                .steps = steps,
                .cell = {{filled(D, GH, &draws), filled(H, GH, &draws), filled(1, BH, &draws)}},
                .d = {{mat_new(D, GH), mat_new(H, GH), mat_new(1, BH)}},
                .xs = mats_new(T, N, D),
                .weight = mats_new(T, N, H),
                .dxs = mats_new(T, N, D)};
    a.l = type->make(N, T, a.cell, a.d, stateful);
    for (int t = 0; t < T; t++) {
        mat_copy(a.xs[t], filled(N, D, &draws));
        mat_copy(a.weight[t], filled(N, H, &draws));
    }
    const cellstate has = type->state(a.l);
    for (int k = 0; k < CELL_STATES; k++)
        if (has.of[k]) a.before.of[k] = filled(N, H, &draws);
    return &a;
}

static double loss(void *m)
{
    alone *a = m;
    double L = 0;
    a->type->set_state(a->l, a->before);
    a->type->forward(a->l, a->steps, a->xs);
    mat **hs = a->type->hs(a->l);
    for (int t = 0; t < a->steps; t++)
        for (int i = 0; i < N * H; i++) L += (double) hs[t]->v[i] * (double) a->weight[t]->v[i];
    return L;
}

static double gradient(void *m)
{
    alone *a = m;
    const double L = loss(a);
    mats_zero(a->d.all, 3);
    a->type->backward(a->l, a->steps, a->xs, a->weight, a->dxs);
    return L;
}

void layer_has_the_right_gradients(const celltype *type, int steps)
{
    gc_report r;
    gc_tensor tensor[GC_TENSORS];
    needs_double();
    alone *a = alone_new(type, steps, true, 1);
    const cellstate d = type->dstate(a->l);
    int n = 0;
    tensor[n++] = (gc_tensor){"Wx", a->cell.Wx, a->d.Wx};
    tensor[n++] = (gc_tensor){"Wh", a->cell.Wh, a->d.Wh};
    tensor[n++] = (gc_tensor){"b", a->cell.b, a->d.b};
    for (int k = 0; k < CELL_STATES && d.of[k]; k++)
        tensor[n++] = (gc_tensor){k ? "c" : "h", a->before.of[k], d.of[k]};
    for (int t = 0; t < steps; t++) tensor[n++] = (gc_tensor){"x", a->xs[t], a->dxs[t]};
    const gc_problem p = {a, loss, gradient, tensor, n, steps * N, NULL};
    gc_check(&p, NULL, &r);
    for (int k = 0; k < n; k++)
        cr_assert_eq(r.row[k].verdict, GC_OK, "%s of %s", type->name,
                     gc_text((char[GC_ROOM]){0}, &tensor[k], &r.row[k]));
}

void layer_carries_its_state(const celltype *type)
{
    for (int stateful = 0; stateful < 2; stateful++) {
        alone *a = alone_new(type, T, stateful, 2);
        const cellstate now = type->state(a->l);
        mat **hs = type->hs(a->l);
        type->forward(a->l, T, a->xs);
        mat *last[CELL_STATES] = {mat_copy(mat_new(N, H), now.of[0]),
                                  now.of[1] ? mat_copy(mat_new(N, H), now.of[1]) : NULL};
        cr_assert(same_bits(hs[T - 1], last[0]));
        /* Two blocks, and the second alone after set_state, write the same. */
        type->forward(a->l, 2, a->xs);
        cr_assert_eq(same_bits(hs[-1], last[0]), stateful);
        mat *second = mat_copy(mat_new(N, H), hs[1]);
        type->set_state(a->l, (cellstate){{last[0], last[1]}});
        type->forward(a->l, 2, a->xs);
        cr_assert_eq(same_bits(hs[1], second), stateful);
        type->reset_state(a->l);
        type->forward(a->l, 1, a->xs);
        for (int i = 0; i < N * H; i++) cr_assert_eq(hs[-1]->v[i], 0);
        type->free(a->l);
    }
}

void layer_of_a_batch_is_its_sequences(const celltype *type)
{
    alone *a = alone_new(type, T, false, 3);
    void *one = type->make(1, T, a->cell, a->d, false);
    mat **x = mats_new(T, 1, D), **hs = type->hs(a->l), **of_one = type->hs(one);
    type->forward(a->l, T, a->xs);
    cr_assert_neq(hs[0]->v[0], 0);
    for (int n = 0; n < N; n++) {
        for (int t = 0; t < T; t++)
            for (int j = 0; j < D; j++) x[t]->v[j] = a->xs[t]->v[n * D + j];
        type->forward(one, T, x);
        for (int t = 0; t < T; t++)
            for (int i = 0; i < H; i++) cr_assert_eq(of_one[t]->v[i], hs[t]->v[n * H + i]);
    }
    type->free(one);
}

void layer_adds_to_what_is_there(const celltype *type)
{
    alone *a = alone_new(type, T, true, 4);
    gradient(a);
    mat *once[3];
    for (int k = 0; k < 3; k++)
        once[k] = mat_copy(mat_new(a->d.all[k]->rows, a->d.all[k]->cols), a->d.all[k]);
    type->backward(a->l, T, a->xs, a->weight, a->dxs);
    for (int k = 0; k < 3; k++) {
        cr_assert_neq(once[k]->v[0], 0);
        for (int i = 0; i < mat_size(once[k]); i++)
            cr_assert(near((double) a->d.all[k]->v[i], 2 * (double) once[k]->v[i],
                           REAL_IS_DOUBLE ? 1e-13 : 1e-4));
    }
}

/* One line: the name, the shape, and the numbers row by row. */
static void write_mat(FILE *f, const char *name, int t, const mat *A)
{
    fprintf(f, "%s%d %d %d", name, t, A->rows, A->cols);
    for (int i = 0; i < mat_size(A); i++) fprintf(f, " %.17g", (double) A->v[i]);
    fputc('\n', f);
}

void layer_is_torchs(const celltype *type, int steps)
{
    char path[300];
    needs_double();
    is_long();
    alone *a = alone_new(type, steps, true, 5);
    gradient(a);
    snprintf(path, sizeof path, "%s/layer", own_folder());
    FILE *f = fopen(path, "w");
    cr_assert_not_null(f);
    static const char *const weight[3] = {"Wx", "Wh", "b"}, *const dweight[3] = {"dWx", "dWh",
                                                                                 "db"};
    for (int k = 0; k < 3; k++) {
        write_mat(f, weight[k], 0, a->cell.all[k]);
        write_mat(f, dweight[k], 0, a->d.all[k]);
    }
    const cellstate now = type->state(a->l), d = type->dstate(a->l);
    for (int k = 0; k < CELL_STATES && now.of[k]; k++) {
        write_mat(f, "before", k, a->before.of[k]);
        write_mat(f, "dbefore", k, d.of[k]);
        write_mat(f, "after", k, now.of[k]);
    }
    for (int t = 0; t < steps; t++) {
        write_mat(f, "x", t, a->xs[t]);
        write_mat(f, "dx", t, a->dxs[t]);
        write_mat(f, "h", t, type->hs(a->l)[t]);
        write_mat(f, "dh", t, a->weight[t]);
    }
    cr_assert_eq(fclose(f), 0);
    result r = run("/usr/bin/python3 -B tests/torch_layer.py %s '%s'", type->name, path);
    if (r.status == NO_TORCH || r.status == NO_PYTHON) cr_skip_test("needs python3-torch");
    cr_assert_eq(r.status, 0, "%s%s", r.out, r.err);
    result_free(&r);
}
