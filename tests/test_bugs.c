/* test_bugs.c: known mistakes are named, however they are written; others are not. */
#include "bugs.h"

#include "bugs/students.h"
#include "say.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 200 };

typedef void (*student)(const bugs_point *p, int mistake, int mistake2, double *g);

static bugs_finding ask(bugs *b, student who, int mistake, int mistake2)
{
    static double g[BUGS_PROBES][ROOM];
    const double *grad[BUGS_PROBES];
    bugs_finding f;
    for (int k = 0; k < BUGS_PROBES; k++) {
        who(bugs_probe(b, k), mistake, mistake2, g[k]);
        grad[k] = g[k];
    }
    bugs_diagnose(b, grad, &f);
    return f;
}

static void all_are_named(student who, bool single)
{
    bugs *b = bugs_new();
    char name[BUGS_ROOM];
    bugs_finding f = ask(b, who, NO_MISTAKE, NO_MISTAKE);
    cr_assert_eq(f.kind, BUGS_RIGHT, "%s", bugs_name(name, &f));
    cr_assert_eq(f.in_float, single);
    for (int k = 0; k < BUGS; k++) {
        f = ask(b, who, k, NO_MISTAKE);
        if (k == DH_IS_DHNEXT) { /* only dWhy and dby are written: that has other causes, too */
            cr_assert(f.kind == BUGS_UNKNOWN && f.ambiguous && f.tensor_zero[0] == BUGS_UNTOUCHED);
            continue;
        }
        cr_assert_eq(f.kind, BUGS_NAMED, "%s: %s, distance %g", buglist[k].id, bugs_name(name, &f),
                     f.distance);
        cr_assert_eq(f.bug[0], k, "%s: %s", buglist[k].id, bugs_name(name, &f));
        cr_assert_eq(f.bug[1], -1);
        cr_assert_gt(f.next_distance, 100 * f.distance);
        cr_assert_lt(f.distance, single ? 2e-4 : 1e-9);
    }
    bugs_free(b);
}

Test(bugs, names_all_in_another_style) { all_are_named(student_double, false); }

Test(bugs, names_all_in_single_precision) { all_are_named(student_float, true); }

Test(bugs, what_is_not_in_the_library_gets_no_name)
{
    bugs *b = bugs_new();
    char name[BUGS_ROOM];
    const student who[2] = {student_double, student_float};
    int asked = 0;
    for (int s = 0; s < 2; s++)
        for (int k = BUGS; k < OUTSIDE_END; k++, asked++) {
            const bugs_finding f = ask(b, who[s], k, NO_MISTAKE);
            if (k == WEIGHT_DECAY_FAINT) { /* no larger than the rounding of float */
                cr_assert(f.kind == BUGS_RIGHT && f.in_float);
                continue;
            }
            cr_assert_eq(f.kind, BUGS_UNKNOWN, "%d: %s (%g)", k - BUGS, bugs_name(name, &f),
                         f.distance);
        }
    cr_assert_geq(asked, 40);
    bugs_free(b);
}

Test(bugs, reads_what_it_cannot_name)
{
    bugs *b = bugs_new();
    bugs_finding f = ask(b, student_double, HALVED, NO_MISTAKE);
    for (int k = 0; k < BUGS_NAMING; k++) cr_assert_float_eq(f.factor[k], 0.5, 1e-9);
    f = ask(b, student_double, NORM_CLIPPED, NO_MISTAKE);
    cr_assert(fabs(f.factor[0] - f.factor[1]) > 1e-3);
    f = ask(b, student_double, DWXH_DOUBLED, NO_MISTAKE);
    cr_assert(!f.tensor_right[0] && f.tensor_right[1] && f.tensor_right[2] && f.tensor_right[3]);
    cr_assert(isnan(f.factor[0]));
    f = ask(b, student_double, DHNEXT_HALVED, NO_MISTAKE);
    cr_assert(f.right[BUGS_ONE_STEP] && !f.right[BUGS_TWO_STEPS]);
    cr_assert_eq(f.first_wrong, bugs_probe(b, BUGS_DISTINCT)->T - 2);
    f = ask(b, student_double, H_SQUARED, NO_MISTAKE);
    cr_assert(!f.right[BUGS_ONE_STEP]);
    cr_assert_eq(f.first_wrong, bugs_probe(b, BUGS_DISTINCT)->T - 1);
    bugs_free(b);
}

/* Three mistakes at once: each tensor alone still shows its own. */
static void three_mistakes(const bugs_point *p, int mistake, int mistake2, double *g)
{
    double other[ROOM];
    (void) mistake;
    (void) mistake2;
    student_double(p, DWHY_H_PREV, DBY_MISSING, g);
    student_double(p, DWHH_TRANSPOSED, NO_MISTAKE, other);
    memcpy(g + p->H * p->V, other + p->H * p->V, (size_t) (p->H * p->H) * sizeof *g);
}

Test(bugs, reads_three_mistakes_tensor_by_tensor)
{
    bugs *b = bugs_new();
    const bugs_finding f = ask(b, three_mistakes, 0, 0);
    cr_assert_eq(f.kind, BUGS_UNKNOWN);
    cr_assert_eq(f.tensor_bug[0], -1);
    cr_assert_eq(f.tensor_bug[1], DWHH_TRANSPOSED);
    cr_assert_eq(f.tensor_bug[2], DWHY_H_PREV);
    cr_assert_eq(f.tensor_bug[4], -1);
    cr_assert_eq(f.tensor_zero[4], BUGS_UNTOUCHED);
    bugs_free(b);
}

/* Does the finding name this pair, or the one of the two that hides the other? Counts the pairs named. */
static bool names_pair(const bugs_finding *f, int i, int j, int *named)
{
    if (f->kind != BUGS_NAMED) return false;
    if (f->bug[1] < 0) return f->bug[0] == i || f->bug[0] == j;
    *named += f->bug[0] == i && f->bug[1] == j;
    return f->bug[0] == i && f->bug[1] == j;
}

/* All pairs take seconds: test every seventh, or all with TEST_ALL (make test-all). */
Test(bugs, names_pairs_or_their_visible_member)
{
    const int every = getenv("TEST_ALL") ? 1 : 7;
    bugs *b = bugs_new();
    double scratch[ROOM * 20];
    static double g[BUGS_PROBES][ROOM];
    const double *grad[BUGS_PROBES];
    char name[BUGS_ROOM];
    int named = 0, pairs = 0, tried = 0;
    is_long();
    for (int i = 0; i < BUGS; i++)
        for (int j = i + 1; j < BUGS; j++, pairs++) {
            bugs_switches s = {{0}};
            bugs_finding f;
            if (pairs % every != 0 || i == DH_IS_DHNEXT || j == DH_IS_DHNEXT) continue;
            tried++;
            s.on[i] = s.on[j] = 1;
            for (int k = 0; k < BUGS_PROBES; k++) {
                const bugs_point *p = bugs_probe(b, k);
                cr_assert_leq((size_t) bugs_scratch(p->H, p->V, p->T),
                              sizeof scratch / sizeof *scratch);
                bugs_gradient(p, &s, g[k], scratch);
                for (int e = 0; e < bugs_size(p->H, p->V); e++) /* as if rounded differently */
                    g[k][e] *= 1 + 1e-13 * ((e * 7919 + i * 104729 + j) % 19 - 9);
                grad[k] = g[k];
            }
            bugs_diagnose(b, grad, &f);
            if (f.ambiguous) continue; /* a tensor of zeros, or one step: described, not named */
            cr_assert(names_pair(&f, i, j, &named), "%s + %s: %s", buglist[i].id, buglist[j].id,
                      bugs_name(name, &f));
        }
    cr_assert_eq(pairs, BUGS_PAIRS);
    cr_assert_geq(10 * named, 9 * tried, "%d of %d pairs are named", named, tried);
    bugs_free(b);
}

/* The probes are good: fingerprints are far from right and from each other, unless one mistake hides another. */
Test(bugs, fingerprints_are_far_apart)
{
    bugs *b = bugs_new();
    const int n = bugs_entries(b);
    double scratch[ROOM * 20], least_right = INFINITY, least = INFINITY;
    double *print[BUGS_NAMING];
    int(*bug)[2] = calloc((size_t) n, sizeof *bug);
    is_long();
    for (int k = 0; k < BUGS_NAMING; k++) {
        print[k] = calloc((size_t) (n * ROOM), sizeof *print[k]);
        for (int e = 0; e < n; e++) {
            const bugs_switches s = bugs_entry(b, e, bug[e]);
            bugs_gradient(bugs_probe(b, k), &s, print[k] + e * ROOM, scratch);
        }
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            double d = 0;
            for (int k = 0; k < BUGS_NAMING && d < 0.02; k++) {
                const bugs_point *p = bugs_probe(b, k);
                d = fmax(d, bugs_distance(p->H, p->V, print[k] + i * ROOM, print[k] + j * ROOM));
            }
            if (d < 1e-9) { /* equal: they share the mistake that shows */
                const bool share = bug[i][0] == bug[j][0] || bug[i][0] == bug[j][1] ||
                                   bug[i][1] == bug[j][0] ||
                                   (bug[i][1] >= 0 && bug[i][1] == bug[j][1]);
                cr_assert(share, "entries %d and %d", i, j);
            } else {
                cr_assert_geq(d, 0.02, "entries %d and %d: %s, %s", i, j, buglist[bug[i][0]].id,
                              j ? buglist[bug[j][0]].id : "right");
                least = fmin(least, d);
            }
        }
    for (int e = 1; e < n; e++) {
        double d = 0;
        for (int k = 0; k < BUGS_NAMING; k++) {
            const bugs_point *p = bugs_probe(b, k);
            d = fmax(d, bugs_distance(p->H, p->V, print[k] + e * ROOM, print[k]));
        }
        least_right = fmin(least_right, d);
    }
    cr_assert_geq(least_right, 0.2, "%g", least_right);
    cr_assert(n > 2000 && isfinite(least));
    for (int k = 0; k < BUGS_NAMING; k++) free(print[k]);
    free(bug);
    bugs_free(b);
}

Test(bugs, probes_are_generic)
{
    bugs *b = bugs_new();
    for (int k = 0; k < BUGS_PROBES; k++) {
        const bugs_point *p = bugs_probe(b, k);
        int follow = 0;
        cr_assert(p->H != p->V && p->V != p->T && p->H != p->T);
        for (int t = 0; t + 1 < p->T; t++) follow += p->targets[t] == p->inputs[t + 1];
        cr_assert_leq(2 * follow, p->T);
        for (int i = 0; i < p->H; i++) cr_assert(p->hprev[i] != 0 && fabs(p->hprev[i]) < 1);
    }
    const bugs_point *p = bugs_probe(b, BUGS_DISTINCT);
    for (int t = 0; t < p->T; t++)
        for (int u = 0; u < t; u++) cr_assert_neq(p->inputs[t], p->inputs[u]);
    const double *loud = bugs_right(b, BUGS_NAMING - 1, NULL);
    double most = 0;
    p = bugs_probe(b, BUGS_NAMING - 1);
    for (int i = 0; i < bugs_size(p->H, p->V); i++) most = fmax(most, fabs(loud[i]));
    cr_assert_gt(most, 6);
    bugs_free(b);
}

static void no_gradient(const bugs_point *p, int mistake, int mistake2, double *g)
{
    (void) mistake2;
    for (int i = 0; i < bugs_size(p->H, p->V); i++) g[i] = mistake ? NAN : 0;
}

Test(bugs, nothing_and_nan_have_no_name)
{
    bugs *b = bugs_new();
    bugs_finding f = ask(b, no_gradient, 0, 0);
    cr_assert_eq(f.kind, BUGS_UNKNOWN);
    for (int k = 0; k < 5; k++) cr_assert(f.tensor_zero[k]);
    f = ask(b, no_gradient, 1, 0);
    cr_assert_eq(f.kind, BUGS_NOT_FINITE);
    cr_assert_str_eq(bugs_name((char[BUGS_ROOM]){0}, &f), "not one of the known mistakes");
    bugs_free(b);
}

/* Passes whose numbers, from gradients of 0, are also those of a known mistake. */
static void writes_one_step(const bugs_point *p, int t, int sets, double *g)
{
    double hprev[ROOM], rest[ROOM], scratch[ROOM * 20];
    const int n = bugs_size(p->H, p->V), at = t < 0 ? p->T + t : t;
    bugs_gradient(p, NULL, rest, scratch);
    memcpy(hprev, scratch + at * p->H, (size_t) p->H * sizeof *hprev); /* h[at - 1] */
    const bugs_point one = {p->H, p->V, 1, p->inputs + at, p->targets + at, p->theta, hprev, NULL};
    bugs_gradient(&one, NULL, g, scratch);
    for (int i = 0; i < n && !sets; i++) g[i] += p->before[i];
}

static void leaves_out(const bugs_point *p, int from, int below, double *g)
{
    const int at[6] = {0,
                       p->H * p->V,
                       p->H * p->V + p->H * p->H,
                       2 * p->H * p->V + p->H * p->H,
                       bugs_size(p->H, p->V) - p->V,
                       bugs_size(p->H, p->V)};
    student_double(p, NO_MISTAKE, NO_MISTAKE, g);
    for (int i = at[from]; i < at[below]; i++) g[i] = p->before[i];
}

Test(bugs, no_name_where_other_mistakes_have_the_same_effect)
{
    bugs *b = bugs_new();
    bugs_finding f = ask(b, writes_one_step, -1, 0); /* a return in the loop */
    cr_assert(f.kind == BUGS_UNKNOWN && f.step == BUGS_LAST_STEP);
    f = ask(b, writes_one_step, 0, 0); /* a ; after for */
    cr_assert(f.kind == BUGS_UNKNOWN && f.step == BUGS_FIRST_STEP);
    f = ask(b, writes_one_step, -1, 1);
    cr_assert(f.kind == BUGS_UNKNOWN && f.step == BUGS_LAST_STEP);
    f = ask(b, leaves_out, 1, 2); /* no line for dWhh */
    cr_assert(f.kind == BUGS_UNKNOWN && f.tensor_zero[1] == BUGS_UNTOUCHED);
    f = ask(b, leaves_out, 4, 5); /* a bias that nothing is added to has a name of its own */
    cr_assert(f.kind == BUGS_NAMED && f.bug[0] == DBY_MISSING);
    bugs_free(b);
}

/* All is computed in variables of its own, and added to d at the end. */
static void adds_at_the_end(const bugs_point *p, int mistake, int mistake2, double *g)
{
    bugs_point clean = *p;
    clean.before = NULL;
    student_double(&clean, mistake, mistake2, g);
    for (int i = 0; i < bugs_size(p->H, p->V); i++) g[i] += p->before[i];
}

Test(bugs, set_with_equals_is_said_only_where_it_is)
{
    const int set[] = {DWHY_OVERWRITTEN, DBY_OVERWRITTEN,  DBH_OVERWRITTEN,
                       DWHH_OVERWRITTEN, DWXH_OVERWRITTEN, ALL_OVERWRITTEN};
    bugs *b = bugs_new();
    for (size_t k = 0; k < sizeof set / sizeof *set; k++) {
        const bugs_finding f = ask(b, adds_at_the_end, set[k], NO_MISTAKE);
        cr_assert(f.kind == BUGS_UNKNOWN && f.ambiguous, "%s", buglist[set[k]].id);
        for (int m = 0; m < 5; m++) cr_assert_eq(f.tensor_bug[m], -1);
    }
    const bugs_finding f = ask(b, adds_at_the_end, DWHH_TRANSPOSED, NO_MISTAKE);
    cr_assert(f.kind == BUGS_NAMED && f.bug[0] == DWHH_TRANSPOSED);
    bugs_free(b);
}

/* What stands before the first id and after the last is no id of the ends. */
Test(bugs, reads_beside_the_ids_are_named)
{
    bugs *b = bugs_new();
    static double g[BUGS_PROBES][ROOM], scratch[ROOM * 20];
    const double *grad[BUGS_PROBES];
    const int reads[] = {TARGET_PREV, TARGET_NEXT, DWXH_X_PREV};
    for (size_t k = 0; k < sizeof reads / sizeof *reads; k++) {
        bugs_switches s = {{0}};
        bugs_finding f;
        s.on[reads[k]] = 4;
        for (int probe = 0; probe < BUGS_PROBES; probe++) {
            bugs_gradient(bugs_probe(b, probe), &s, g[probe], scratch);
            grad[probe] = g[probe];
        }
        bugs_diagnose(b, grad, &f);
        cr_assert(f.kind == BUGS_NAMED && f.bug[0] == reads[k] && f.bug[1] < 0);
    }
    bugs_free(b);
}

static const char *explained(const bugs_finding *f)
{
    static char text[8000];
    FILE *file = tmpfile();
    cr_assert_not_null(file);
    bugs_explain(file, f);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

Test(bugs, explains_in_two_languages)
{
    bugs *b = bugs_new();
    const bugs_finding one = ask(b, student_double, NO_DHNEXT, NO_MISTAKE),
                       two = ask(b, student_double, SIGN_FLIPPED, DWHH_TRANSPOSED),
                       factor = ask(b, student_double, HALVED, NO_MISTAKE);
    say_language("en");
    cr_assert_str_eq(bugs_name((char[BUGS_ROOM]){0}, &one), "named: no-dhnext");
    cr_assert_str_eq(bugs_name((char[BUGS_ROOM]){0}, &two),
                     "named: sign-flipped + dwhh-transposed");
    cr_assert_not_null(strstr(explained(&one), buglist[NO_DHNEXT].en));
    cr_assert_not_null(strstr(explained(&one), "off by"));
    cr_assert_not_null(strstr(explained(&two), buglist[DWHH_TRANSPOSED].en));
    cr_assert_not_null(strstr(explained(&factor), "0.5 times the right one"), "%s",
                       explained(&factor));
    say_language("ko");
    cr_assert_not_null(strstr(explained(&one), buglist[NO_DHNEXT].ko));
    cr_assert_not_null(strstr(explained(&factor), "0.5배"), "%s", explained(&factor));
    bugs_free(b);
}
