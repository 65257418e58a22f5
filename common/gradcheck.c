/* gradcheck.c: gradients against differences of the loss. See gradcheck.h. */
#include "gradcheck.h"

#include "require.h"
#include "say.h"

#include <math.h>
#include <stdlib.h>

static const double STEP = 1e-5, TOLERANCE = 1e-6;

/* dL/dx by central differences, divided by the step that was really taken: x + h is rounded. */
static double difference(const gc_problem *p, real *x)
{
    const real keep = *x, above = (real) ((double) keep + STEP),
               below = (real) ((double) keep - STEP);
    *x = above;
    const double L_above = p->loss(p->model);
    *x = below;
    const double L_below = p->loss(p->model);
    *x = keep;
    return (L_above - L_below) / ((double) above - (double) below);
}

/* Is a = ratio * n for every element, within the noise of n? */
static bool is_constant(const gc_tensor *t, const double *n, double ratio, double largest)
{
    for (int i = 0; i < mat_size(t->value); i++)
        if (!(fabs((double) t->grad->v[i] - ratio * n[i]) <= TOLERANCE * largest)) return false;
    return true;
}

/* n: room for the differences of all elements. */
static gc_row check_tensor(const gc_problem *p, const gc_tensor *t, double *n)
{
    gc_row row = {GC_OK, 0, mat_size(t->value), 0, 0, 0, 0, 0, NAN};
    int largest = 0;
    bool finite = true;
    REQUIRE(t->grad->rows, ==, t->value->rows);
    REQUIRE(t->grad->cols, ==, t->value->cols);
    for (int i = 0; i < row.checked; i++) {
        const double a = (double) t->grad->v[i];
        n[i] = difference(p, &t->value->v[i]);
        if (finite && !(fabs(a - n[i]) <= fabs((double) t->grad->v[row.worst] - n[row.worst])))
            row.worst = i;
        finite = finite && isfinite(a) && isfinite(n[i]);
        if (fabs(n[i]) > fabs(n[largest])) largest = i;
        row.largest = fmax(row.largest, fmax(fabs(a), fabs(n[i])));
    }
    for (int i = 0; i < row.checked; i++)
        row.failed += !(fabs((double) t->grad->v[i] - n[i]) <= TOLERANCE * row.largest);
    row.analytic = (double) t->grad->v[row.worst];
    row.numeric = n[row.worst];
    row.miss = fabs(row.analytic - row.numeric);
    const double ratio = (double) t->grad->v[largest] / n[largest];
    if (is_constant(t, n, ratio, row.largest)) row.ratio = ratio;
    row.verdict = !finite            ? GC_NOT_FINITE
                  : row.largest == 0 ? GC_UNRESOLVED
                  : row.failed       ? GC_FAIL
                                     : GC_OK;
    return row;
}

gc_verdict gc_check(const gc_problem *p, gc_row *row)
{
    static const int gravity[] = {
        [GC_OK] = 0, [GC_UNRESOLVED] = 1, [GC_FAIL] = 2, [GC_NOT_FINITE] = 3};
    gc_verdict verdict = GC_OK;
    int most = 0;
    for (int k = 0; k < p->tensors; k++) {
        const int size = mat_size(p->tensor[k].value);
        most = size > most ? size : most;
    }
    double *n = say_need(malloc((size_t) most * sizeof *n));
    p->grad(p->model);
    for (int k = 0; k < p->tensors; k++) {
        row[k] = check_tensor(p, &p->tensor[k], n);
        if (gravity[row[k].verdict] > gravity[verdict]) verdict = row[k].verdict;
    }
    free(n);
    return verdict;
}

const char *gc_word(gc_verdict v)
{
    switch (v) {
    case GC_OK:
        return "ok";
    case GC_FAIL:
        return "FAIL";
    case GC_UNRESOLVED:
        return "UNRESOLVED";
    case GC_NOT_FINITE:
        return "NOT FINITE";
    }
    return "?";
}

const char *gc_text(char *text, const gc_tensor *t, const gc_row *row)
{
    const int cols = t->value->cols;
    char shape[32], place[32];
    snprintf(shape, sizeof shape, "%dx%d", t->value->rows, cols);
    snprintf(place, sizeof place, "[%d,%d]", row->worst / cols, row->worst % cols);
    snprintf(text, GC_ROOM, "%-4s %7s  %7s %9s  %12s  %12s  %7s  %4d/%-4d  %s", t->name, shape,
             NUM("%.0e", row->miss), place, NUM("%.9f", row->analytic), NUM("%.9f", row->numeric),
             isnan(row->ratio) ? "varies" : NUM("%.4f", row->ratio), row->failed, row->checked,
             gc_word(row->verdict));
    return text;
}

void gc_print(FILE *out, const gc_problem *p, const gc_row *row)
{
    fprintf(out, "%-4s %7s  %7s %9s  %12s  %12s  %7s  %9s  %s\n", "", "shape", "|a-n|", "at",
            "analytic a", "numeric n", "a/n", "failed", "verdict");
    for (int k = 0; k < p->tensors; k++)
        fprintf(out, "%s\n", gc_text((char[GC_ROOM]){0}, &p->tensor[k], &row[k]));
}
