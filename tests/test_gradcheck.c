/* test_gradcheck.c: the checker, on a model that is no network. */
#include "gradcheck.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* L = sum over i of sin(a_i) b_(i mod 3) + b_0 b_1 b_2 */
typedef struct model {
    mat *a, *b, *da, *db;
    double factor; /* what the gradient is multiplied with */
    int spoilt;    /* an element of da that is wrong, or -1 */
    double by;     /* by so much */
    gc_tensor tensor[2];
} model;

static double loss(void *m)
{
    const model *s = m;
    const real *b = s->b->v;
    double L = (double) b[0] * (double) b[1] * (double) b[2];
    for (int i = 0; i < mat_size(s->a); i++) L += sin((double) s->a->v[i]) * (double) b[i % 3];
    return L;
}

static void grad(void *m)
{
    model *s = m;
    const real *b = s->b->v;
    for (int j = 0; j < 3; j++) s->db->v[j] = b[(j + 1) % 3] * b[(j + 2) % 3];
    for (int i = 0; i < mat_size(s->a); i++) {
        s->da->v[i] = (real) (cos((double) s->a->v[i]) * (double) b[i % 3]);
        s->db->v[i % 3] += (real) sin((double) s->a->v[i]);
    }
    for (int i = 0; i < mat_size(s->da); i++) s->da->v[i] *= (real) s->factor;
    for (int i = 0; i < mat_size(s->db); i++) s->db->v[i] *= (real) s->factor;
    if (s->spoilt >= 0) s->da->v[s->spoilt] += (real) s->by;
}

static gc_problem problem(model *s)
{
    *s = (model){mat_new(4, 3), mat_new(3, 1), mat_new(4, 3), mat_new(3, 1), 1, -1, 0, {{0}}};
    for (int i = 0; i < 12; i++) s->a->v[i] = (real) (0.37 * i - 1.9);
    for (int i = 0; i < 3; i++) s->b->v[i] = (real) (0.5 + 0.4 * i);
    s->tensor[0] = (gc_tensor){"a", s->a, s->da};
    s->tensor[1] = (gc_tensor){"b", s->b, s->db};
    return (gc_problem){s, loss, grad, s->tensor, 2};
}

Test(gradcheck, passes_a_right_gradient_and_puts_everything_back)
{
    model s;
    gc_row row[2];
    needs_double();
    const gc_problem p = problem(&s);
    mat *before = mat_copy(mat_new(4, 3), s.a);
    cr_assert_eq(gc_check(&p, row), GC_OK);
    cr_assert(same_bits(before, s.a));
    cr_assert_eq(row[0].checked, 12);
    cr_assert_eq(row[1].checked, 3);
    for (int k = 0; k < 2; k++) {
        cr_assert_eq(row[k].failed, 0);
        cr_assert_float_eq(row[k].ratio, 1, 1e-6);
        cr_assert_lt(row[k].miss, 1e-8);
    }
}

Test(gradcheck, finds_one_wrong_element)
{
    model s;
    gc_row row[2];
    needs_double();
    const gc_problem p = problem(&s);
    for (int i = 0; i < 12; i++) {
        s.spoilt = i;
        s.by = 1e-5;
        cr_assert_eq(gc_check(&p, row), GC_FAIL);
        cr_assert_eq(row[0].verdict, GC_FAIL);
        cr_assert_eq(row[0].failed, 1);
        cr_assert_eq(row[0].worst, i);
        cr_assert_float_eq(row[0].analytic - row[0].numeric, 1e-5, 1e-8);
        cr_assert(isnan(row[0].ratio));
        cr_assert_eq(row[1].verdict, GC_OK);
    }
}

Test(gradcheck, sees_a_constant_factor)
{
    model s;
    gc_row row[2];
    needs_double();
    const gc_problem p = problem(&s);
    s.factor = -1.0 / 6;
    cr_assert_eq(gc_check(&p, row), GC_FAIL);
    cr_assert_float_eq(row[0].ratio, -1.0 / 6, 1e-6);
    cr_assert_float_eq(row[1].ratio, -1.0 / 6, 1e-6);
}

Test(gradcheck, a_gradient_of_zeros_fails)
{
    model s;
    gc_row row[2];
    needs_double();
    const gc_problem p = problem(&s);
    s.factor = 0;
    cr_assert_eq(gc_check(&p, row), GC_FAIL);
    cr_assert_eq(row[0].ratio, 0);
}

static double no_loss(void *m)
{
    (void) m;
    return 1;
}

static void no_grad(void *m) { (void) m; }

Test(gradcheck, zero_on_both_sides_is_never_a_pass)
{
    model s;
    gc_row row[2];
    needs_double();
    gc_problem p = problem(&s);
    p.loss = no_loss;
    p.grad = no_grad;
    cr_assert_eq(gc_check(&p, row), GC_UNRESOLVED);
    cr_assert_eq(row[0].verdict, GC_UNRESOLVED);
}

Test(gradcheck, a_nan_is_told_first)
{
    model s;
    gc_row row[2];
    needs_double();
    const gc_problem p = problem(&s);
    s.spoilt = 5;
    s.by = NAN;
    cr_assert_eq(gc_check(&p, row), GC_NOT_FINITE);
    cr_assert_eq(row[0].worst, 5);
    cr_assert_eq(row[1].verdict, GC_OK);
}

Test(gradcheck, a_row_of_the_table_says_it)
{
    char text[GC_ROOM];
    model s;
    problem(&s);
    const gc_row row = {GC_FAIL, 3, 12, 7, 1.25, -2.5, 3.75, 4, NAN};
    gc_text(text, &s.tensor[0], &row);
    cr_assert_lt(strlen(text), GC_ROOM - 1);
    const char *const parts[] = {"a ",           "4x3",    "[2,1]", "1.250000000",
                                 "-2.500000000", "varies", "3/12",  "FAIL"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_assert_not_null(strstr(text, parts[i]), "%s: %s", parts[i], text);
}
