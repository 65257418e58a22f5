/* test_gradcheck.c: the gradient check, with a model that is not a network. */
#include "gradcheck.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* L = sum over i of sin(a_i) b_(i mod 3) + b_0 b_1 b_2 + kinky * sum of |a_i - 0.001| */
typedef struct model {
    mat *a, *b, *da, *db;
    double factor; /* of the gradient */
    int spoilt;    /* an element of da to make wrong, or -1 */
    double by;     /* added to it */
    double kinky;  /* size of the kinks */
    double adds;  /* added to the first element by each call of the gradient: a buffer not zeroed */
    double drift; /* added to the loss by each call: a state that is kept */
    double other_loss; /* added to the loss that the gradient's function returns */
    double chaos;      /* size of a term that amplifies an ulp */
    long losses, grads;
    uint64_t signs;
    gc_tensor tensor[2];
} model;

static double plain_loss(model *s)
{
    const real *b = s->b->v;
    double L = (double) b[0] * (double) b[1] * (double) b[2];
    s->signs = 0;
    for (int i = 0; i < mat_size(s->a); i++) {
        const double a = (double) s->a->v[i];
        L += sin(a) * (double) b[i % 3] + s->kinky * fabs(a - 0.001) + s->chaos * sin(1e6 * a);
        s->signs = 2 * s->signs + (a > 0.001);
    }
    return L;
}

static double loss(void *m)
{
    model *s = m;
    return plain_loss(s) + s->drift * (double) s->losses++;
}

static double grad(void *m)
{
    model *s = m;
    const real *b = s->b->v;
    for (int j = 0; j < 3; j++) s->db->v[j] = b[(j + 1) % 3] * b[(j + 2) % 3];
    for (int i = 0; i < mat_size(s->a); i++) {
        const double a = (double) s->a->v[i];
        s->da->v[i] = (real) (cos(a) * (double) b[i % 3] + s->kinky * (a > 0.001 ? 1 : -1) +
                              s->chaos * 1e6 * cos(1e6 * a));
        s->db->v[i % 3] += (real) sin(a);
    }
    for (int i = 0; i < mat_size(s->da); i++) s->da->v[i] *= (real) s->factor;
    for (int i = 0; i < mat_size(s->db); i++) s->db->v[i] *= (real) s->factor;
    if (s->spoilt >= 0) s->da->v[s->spoilt] += (real) s->by;
    s->da->v[0] += (real) (s->adds * (double) s->grads++);
    return plain_loss(s) + s->other_loss;
}

static uint64_t signs(void *m) { return ((model *) m)->signs; }

static gc_problem problem(model *s)
{
    *s = (model){mat_new(4, 3), mat_new(3, 1), mat_new(4, 3),
                 mat_new(3, 1), .factor = 1,   .spoilt = -1};
    for (int i = 0; i < 12; i++) s->a->v[i] = (real) (0.37 * i - 1.9);
    for (int i = 0; i < 3; i++) s->b->v[i] = (real) (0.5 + 0.4 * i);
    s->tensor[0] = (gc_tensor){"a", s->a, s->da};
    s->tensor[1] = (gc_tensor){"b", s->b, s->db};
    return (gc_problem){s, loss, grad, s->tensor, 2, 12, NULL};
}

Test(gradcheck, passes_a_right_gradient_and_puts_everything_back)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    mat *before = mat_copy(mat_new(4, 3), s.a);
    cr_assert_eq(gc_check(&p, NULL, &r), GC_OK);
    cr_assert(same_bits(before, s.a));
    cr_assert_eq(r.row[0].checked, 12);
    cr_assert_eq(r.row[1].checked, 3);
    cr_assert_eq(r.directions, 0);
    cr_assert_eq(r.loss, loss(&s));
    cr_assert(r.noise > 1e-16 && r.noise < 1e-13, "%g", r.noise);
    cr_assert_str_empty(r.remark);
    for (int k = 0; k < 2; k++) {
        cr_assert_eq(r.row[k].failed, 0);
        cr_assert_float_eq(r.row[k].ratio, 1, 1e-9);
        cr_assert_lt(r.row[k].miss, 1e-11);
        cr_assert_lt(r.row[k].bar, 1e-10);
    }
}

Test(gradcheck, finds_one_wrong_element)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    for (int i = 0; i < 12; i++) {
        s.spoilt = i;
        s.by = 1e-8;
        cr_assert_eq(gc_check(&p, NULL, &r), GC_FAIL);
        cr_assert_eq(r.row[0].verdict, GC_FAIL);
        cr_assert_eq(r.row[0].failed, 1);
        cr_assert_eq(r.row[0].worst, i);
        cr_assert_float_eq(r.row[0].analytic - r.row[0].numeric, 1e-8, 1e-10);
        cr_assert_eq(r.row[1].verdict, GC_OK);
    }
}

/* A mistake that the classic check misses. */
Test(gradcheck, the_classic_check_is_coarser)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    s.spoilt = 3;
    s.by = 1e-8;
    cr_assert_eq(gc_check(&p, &(gc_options){.method = GC_CENTRAL}, &r), GC_OK);
    cr_assert_eq(gc_check(&p, NULL, &r), GC_FAIL);
    s.by = 1e-4;
    cr_assert_eq(gc_check(&p, &(gc_options){.method = GC_CENTRAL}, &r), GC_FAIL);
    cr_assert_eq(r.row[0].failed, 1);
}

Test(gradcheck, a_gradient_in_float_is_forgiven_where_it_is_said_to_be_one)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    s.spoilt = 3;
    s.by = 1e-7;
    cr_assert_eq(gc_check(&p, &(gc_options){.in_float = true}, &r), GC_OK);
    s.by = 1e-4;
    cr_assert_eq(gc_check(&p, &(gc_options){.in_float = true}, &r), GC_FAIL);
}

Test(gradcheck, sees_a_constant_factor)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    s.factor = -1.0 / 6;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_FAIL);
    cr_assert_float_eq(r.row[0].ratio, -1.0 / 6, 1e-9);
    cr_assert_float_eq(r.row[1].ratio, -1.0 / 6, 1e-9);
    s.spoilt = 2;
    s.by = 0.1;
    gc_check(&p, NULL, &r);
    cr_assert(isnan(r.row[0].ratio));
}

Test(gradcheck, a_gradient_of_zeros_fails)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    s.factor = 0;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_FAIL);
    cr_assert_eq(r.row[0].ratio, 0);
    cr_assert_eq(r.row[0].failed, 12);
}

static double no_loss(void *m)
{
    (void) m;
    return 1;
}

static double no_grad(void *m)
{
    (void) m;
    return 1;
}

Test(gradcheck, zero_on_both_sides_is_never_a_pass)
{
    model s;
    gc_report r;
    gc_problem p = problem(&s);
    p.loss = no_loss;
    p.grad = no_grad;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_UNRESOLVED);
    cr_assert_eq(r.row[0].verdict, GC_UNRESOLVED);
    cr_assert_eq(r.row[0].failed, 0);
}

/* Even if the loss does not change at all, a gradient that is not 0 is wrong. */
Test(gradcheck, something_where_nothing_should_be_fails)
{
    model s;
    gc_report r;
    needs_double();
    gc_problem p = problem(&s);
    p.loss = no_loss;
    p.grad = no_grad;
    s.da->v[4] = (real) 1e-3;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_FAIL);
    cr_assert_eq(r.row[0].worst, 4);
    cr_assert_eq(r.row[0].failed, 1);
}

Test(gradcheck, a_nan_is_told_first)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    s.spoilt = 5;
    s.by = NAN;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_NOT_FINITE);
    cr_assert_eq(r.row[0].worst, 5);
    cr_assert_eq(r.row[0].verdict, GC_NOT_FINITE);
    cr_assert_eq(r.row[1].verdict, GC_OK);
    s.by = INFINITY;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_NOT_FINITE);
}

static double root_loss(void *m) { return sqrt(0.018 - (double) ((model *) m)->b->v[0]); }

static double root_grad(void *m)
{
    model *s = m;
    mat_zero(s->da);
    mat_zero(s->db);
    s->db->v[0] = (real) (-0.5 / root_loss(m));
    return root_loss(m);
}

/* The wide steps leave the domain of the loss; the ladder starts below them. */
Test(gradcheck, a_step_to_where_the_loss_is_not_finite_is_not_counted)
{
    model s;
    gc_report r;
    needs_double();
    gc_problem p = problem(&s);
    p.loss = root_loss;
    p.grad = root_grad;
    s.b->v[0] = 0;
    gc_check(&p, NULL, &r);
    cr_assert_eq(r.row[1].verdict, GC_OK, "%s", gc_word(r.row[1].verdict));
    s.b->v[0] = (real) 0.018; /* no derivative at all */
    gc_check(&p, NULL, &r);
    cr_assert_eq(r.row[1].verdict, GC_NOT_FINITE);
}

Test(gradcheck, a_kink_is_no_reproach)
{
    model s;
    gc_report r;
    needs_double();
    gc_problem p = problem(&s);
    s.kinky = 1;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_OK);
    s.a->v[7] = (real) 0.0015; /* near it, but the finer steps do not cross it */
    cr_assert_eq(gc_check(&p, NULL, &r), GC_OK);
    s.a->v[7] = (real) 0.00105; /* only steps finer than the usual ones do not cross it */
    cr_assert_neq(gc_check(&p, NULL, &r), GC_OK);
    p.branch = signs;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_OK);
    s.a->v[7] = (real) (0.001 + 1e-9); /* so near that every step crosses it */
    cr_assert_eq(gc_check(&p, NULL, &r), GC_KINK);
    cr_assert_eq(r.row[0].kinks, 1);
    cr_assert_eq(r.row[0].failed, 0);
    s.spoilt = 2; /* a kink does not excuse other elements */
    s.by = 0.1;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_FAIL);
    cr_assert_eq(r.row[0].worst, 2);
}

Test(gradcheck, two_calls_must_agree)
{
    model s;
    gc_report r;
    const gc_problem p = problem(&s);
    s.adds = 1;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_NOT_PURE);
    cr_assert_not_null(strstr(r.remark, "a[0,0]"), "%s", r.remark);
    s.adds = 0;
    s.drift = 1e-10;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_NOT_PURE);
    cr_assert_not_null(strstr(r.remark, "two calls of the loss"), "%s", r.remark);
    s.drift = 0;
    s.other_loss = 1e-3;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_NOT_PURE);
    cr_assert_not_null(strstr(r.remark, "the gradient's function"), "%s", r.remark);
}

Test(gradcheck, chaos_is_unresolved)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    s.chaos = 0.01;
    cr_assert_eq(gc_check(&p, NULL, &r), GC_UNRESOLVED);
    cr_assert_eq(r.row[0].failed, 0);
    cr_assert_eq(r.row[0].unresolved, 12);
}

Test(gradcheck, a_sample_has_the_largest_and_all_strata_and_directions_see_the_rest)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    const gc_options o = {.sample = 4};
    cr_assert_eq(gc_check(&p, &o, &r), GC_OK);
    cr_assert_eq(r.row[0].checked, 4);
    cr_assert_eq(r.row[1].checked, 3);
    cr_assert_eq(r.directions, 3);
    for (int i = 0; i < 12; i++) {
        s.spoilt = i;
        s.by = 1e-3;
        cr_assert_eq(gc_check(&p, &o, &r), GC_FAIL, "element %d", i);
        cr_assert_eq(r.along[0].verdict, GC_FAIL);
        cr_assert_eq(r.along[1].verdict, GC_OK);
        cr_assert_eq(r.along[2].verdict, GC_FAIL);
    }
    s.by = 10; /* the largest, so it is in the sample */
    s.spoilt = 6;
    cr_assert_eq(gc_check(&p, &o, &r), GC_FAIL);
    cr_assert_eq(r.row[0].worst, 6);
    cr_assert_eq(r.row[0].failed, 1);
}

Test(gradcheck, the_rest_of_taylor_falls_with_slope_two)
{
    model s;
    double rest[6], slope;
    static const double h[6] = {0.1, 0.05, 0.025, 0.0125, 0.00625, 0.003125};
    needs_double();
    const gc_problem p = problem(&s);
    mat *before = mat_copy(mat_new(4, 3), s.a);
    cr_assert(gc_taylor(&p, 0, 6, h, rest, &slope));
    cr_assert_float_eq(slope, 2, 0.05);
    cr_assert(same_bits(before, s.a));
    s.factor = 1.01;
    cr_assert(gc_taylor(&p, 0, 6, h, rest, &slope));
    cr_assert_lt(slope, 1.7);
    s.factor = 2;
    cr_assert(gc_taylor(&p, 0, 6, h, rest, &slope));
    cr_assert_float_eq(slope, 1, 0.1);
}

Test(gradcheck, one_derivative_with_its_bar)
{
    model s;
    needs_double();
    const gc_problem p = problem(&s);
    grad(&s);
    double noise;
    cr_assert(gc_noise(&p, 0, &noise));
    const gc_number n = gc_derivative(&p, 0, 5, noise);
    cr_assert(n.finite && !n.kink);
    cr_assert_leq(fabs(n.n - (double) s.da->v[5]), 4 * n.bar);
    cr_assert_lt(n.bar, 1e-10);
    cr_assert_float_eq(gc_central(&p, 0, 5, 1e-5), (double) s.da->v[5], 1e-9);
    cr_assert(fabs(gc_central(&p, 0, 5, 0.5) - (double) s.da->v[5]) > 1e-3);
}

Test(gradcheck, a_row_of_the_table_says_it)
{
    char text[GC_ROOM];
    model s;
    problem(&s);
    gc_row row = {.verdict = GC_FAIL,
                  .failed = 3,
                  .checked = 12,
                  .worst = 7,
                  .analytic = 1.25,
                  .numeric = -2.5,
                  .bar = 2e-11,
                  .miss = 3.75,
                  .largest = 4,
                  .ratio = NAN};
    gc_text(text, &s.tensor[0], &row);
    cr_assert_lt(strlen(text), GC_ROOM - 1);
    const char *const parts[] = {"a ",     "4x3",    "[2,1]", " 1.25 ", " -2.5 ",
                                 " 2e-11", "varies", "3/12",  "FAIL"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_assert_not_null(strstr(text, parts[i]), "%s: %s", parts[i], text);
    /* Numbers that differ late are printed with enough digits. */
    row.analytic = 0.123456789012;
    row.numeric = 0.123456789034;
    row.miss = 2.2e-11;
    gc_text(text, &s.tensor[0], &row);
    cr_assert_not_null(strstr(text, "0.123456789012 "), "%s", text);
    cr_assert_not_null(strstr(text, "0.123456789034 "), "%s", text);
}

/* The output of gc_print() or gc_json(). */
static char *written(void (*write)(FILE *, const gc_problem *, const gc_report *),
                     const gc_problem *p, const gc_report *r)
{
    static char text[8000];
    FILE *f = tmpfile();
    cr_assert_not_null(f);
    write(f, p, r);
    rewind(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

Test(gradcheck, the_table_and_its_line_for_programs)
{
    model s;
    gc_report r;
    needs_double();
    const gc_problem p = problem(&s);
    s.spoilt = 4;
    s.by = 0.5;
    gc_check(&p, &(gc_options){.sample = 12}, &r);
    const char *table = written(gc_print, &p, &r);
    cr_assert_not_null(strstr(table, "yours"), "%s", table);
    cr_assert_not_null(strstr(table, "1/12"), "%s", table);
    cr_assert_not_null(strstr(table, "\nall "), "%s", table);
    const char *line = written(gc_json, &p, &r);
    cr_assert_eq(strchr(line, '\n'), line + strlen(line) - 1);
    char expected[200];
    snprintf(expected, sizeof expected, "\"index\":4,\"analytic\":%.17g,\"numeric\":%.17g",
             (double) s.da->v[4], r.row[0].numeric);
    cr_assert_not_null(strstr(line, expected), "%s: %s", expected, line);
    cr_assert_not_null(strstr(line, "\"ratio\":null"), "%s", line);
}

Test(gradcheck, words_for_all_verdicts)
{
    cr_assert_str_eq(gc_word(GC_OK), "ok");
    cr_assert_str_eq(gc_word(GC_UNRESOLVED), "UNRESOLVED");
    cr_assert_str_eq(gc_word(GC_KINK), "KINK");
    cr_assert_str_eq(gc_word(GC_FAIL), "FAIL");
    cr_assert_str_eq(gc_word(GC_NOT_PURE), "NOT PURE");
    cr_assert_str_eq(gc_word(GC_NOT_FINITE), "NOT FINITE");
    cr_assert_str_eq(gc_word(GC_NO_MEMORY), "NO MEMORY");
}

/* L = 100 + 1e-7 sum of a: the gradient is so small that its bar is wide, but twice the gradient is clearly wrong. */
static double faint_loss(void *m)
{
    double L = 100;
    for (int i = 0; i < 12; i++) L += 1e-7 * (double) ((model *) m)->a->v[i];
    return L;
}

static double faint_grad(void *m)
{
    model *s = m;
    mat_zero(s->db);
    for (int i = 0; i < 12; i++) s->da->v[i] = (real) (1e-7 * s->factor);
    return faint_loss(m);
}

Test(gradcheck, a_wide_bar_excuses_only_what_is_near_it)
{
    model s;
    gc_report r;
    needs_double();
    gc_problem p = problem(&s);
    p.loss = faint_loss;
    p.grad = faint_grad;
    gc_check(&p, NULL, &r);
    cr_assert_eq(r.row[0].verdict, GC_UNRESOLVED);
    s.factor = 1 + 1e-4;
    gc_check(&p, NULL, &r);
    cr_assert_eq(r.row[0].verdict, GC_UNRESOLVED);
    s.factor = 2;
    gc_check(&p, NULL, &r);
    cr_assert_eq(r.row[0].verdict, GC_FAIL);
}

static double none(void *m)
{
    (void) m;
    return 0;
}

static bool is_said_to_want_memory(void)
{
    mat *big = mat_new(2500, 2500), *grad_of_big = mat_new(2500, 2500);
    const gc_tensor tensor = {"big", big, grad_of_big};
    const gc_problem p = {NULL, none, none, &tensor, 1, 1, NULL};
    gc_report r;
    double x[2] = {1, 0.5}, slope;
    return big && grad_of_big && gc_check(&p, NULL, &r) == GC_NO_MEMORY &&
           r.verdict == GC_NO_MEMORY && r.row[0].verdict == GC_NO_MEMORY && !gc_noise(&p, 0, x) &&
           !gc_taylor(&p, 0, 2, x, x, &slope);
}

Test(gradcheck, out_of_memory_is_a_verdict) { cr_assert(in_little_memory(is_said_to_want_memory)); }
