/* test_rnncheck.c: the gradient check of the RNN finds mistakes. */
#include "rnncheck.h"

#include "contract.h"
#include "study/studies.h"
#include "support/support.h"

#include <criterion/criterion.h>

static void halve(rnn *d)
{
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) d->all[k]->v[i] /= 2;
}

static void forget_bh(rnn *d) { mat_zero(d->bh); }

static void spoil_one(rnn *d) { d->Whh->v[7] += (real) 1e-4; }

static void run_check(void (*after)(rnn *d), gc_report *r)
{
    needs_double();
    rnnprobe *p =
        rnnprobe_new(5, 7, 1, 0.5, 0); /* one step: both backward passes are right there */
    p->check.after = after;
    rnncheck_run(&p->check, NULL, r);
    rnnprobe_free(p);
}

Test(rnncheck, sees_a_constant_factor)
{
    gc_report r;
    run_check(halve, &r);
    for (int k = 0; k < 5; k++) {
        cr_assert_eq(r.row[k].verdict, GC_FAIL, "%s", rnn_name[k]);
        cr_assert_float_eq(r.row[k].ratio, 0.5, 1e-6);
    }
}

Test(rnncheck, sees_a_tensor_that_was_forgotten)
{
    gc_report r;
    run_check(forget_bh, &r);
    for (int k = 0; k < 5; k++)
        cr_assert_eq(r.row[k].verdict, k == 3 ? GC_FAIL : GC_OK, "%s", rnn_name[k]);
    cr_assert_eq(r.row[3].failed, 5);
}

Test(rnncheck, sees_a_single_wrong_element)
{
    gc_report r;
    run_check(spoil_one, &r);
    for (int k = 0; k < 5; k++)
        cr_assert_eq(r.row[k].verdict, k == 1 ? GC_FAIL : GC_OK, "%s", rnn_name[k]);
    cr_assert_eq(r.row[1].failed, 1);
    cr_assert_eq(r.row[1].worst, 7);
}

Test(rnncheck, a_gross_miss_fails_where_the_network_is_chaotic)
{
    gc_report r;
    needs_double();
    subject *s = subject_new(20, 7, 50, 0.7, 0, false); /* the right gradient */
    cr_assert_eq(rnncheck_run(&s->probe->check, NULL, &r), GC_UNRESOLVED);
    s->probe->check.after = halve;
    cr_assert_eq(rnncheck_run(&s->probe->check, NULL, &r), GC_FAIL);
    cr_assert_eq(r.row[2].verdict, GC_FAIL);
    cr_assert_eq(r.row[2].failed, 140);
    subject_free(s);
}

Test(rnncheck, does_not_pass_a_gradient_that_is_zero_for_want_of_hprev)
{
    gc_report r;
    needs_double();
    rnnprobe *p = rnnprobe_new(5, 7, 1, 0.5, 0);
    mat_zero(p->hprev);
    cr_assert_eq(rnncheck_run(&p->check, NULL, &r), GC_UNRESOLVED);
    cr_assert_eq(r.row[1].verdict, GC_UNRESOLVED);
    rnnprobe_free(p);
}

Test(rnncheck, probes_have_targets_of_their_own)
{
    int follow = 0;
    rnnprobe *p = rnnprobe_new(5, 7, 40, 0.5, 0);
    for (int t = 0; t + 1 < 40; t++) follow += p->targets[t] == p->inputs[t + 1];
    cr_assert_lt(follow, 20);
    rnnprobe_free(p);
}

/* The reference of bugs.h has the loss of rnn_forward(), and for one step the gradient of either backward pass. */
Test(rnncheck, the_reference_of_the_mistakes_is_this_network)
{
    double g[200], loss, ours;
    bugs *b = bugs_new();
    for (int k = 0; k < BUGS_PROBES; k++) {
        const bugs_point *p = bugs_probe(b, k);
        const double *right = bugs_right(b, k, &loss);
        cr_assert(contract_at(rnn_backward, p, g, &ours));
        cr_assert(near(ours / loss, 1, REAL_IS_DOUBLE ? 1e-14 : 1e-6));
        if (k == BUGS_ONE_STEP)
            cr_assert_lt(bugs_distance(p->H, p->V, g, right), REAL_IS_DOUBLE ? 1e-14 : 1e-5);
    }
    bugs_free(b);
}

/* Short versions of the studies of `make study`. */

Test(rnncheck, differences_agree_with_the_complex_step)
{
    accuracy a;
    needs_double();
    study_accuracy(16, 12, 12, false, 1, &a);
    cr_assert(a.elements == 668 && a.failed == 0);
    cr_assert_leq(a.numeric, 1e-10, "%g", a.numeric);
    cr_assert_leq(a.analytic, 1e-14, "%g", a.analytic);
    cr_assert_leq(a.real_part, 1e-14, "%g", a.real_part);
    study_accuracy(16, 12, 12, true, 1, &a);
    cr_assert_leq(a.numeric, 1e-8, "%g", a.numeric);
}

Test(rnncheck, bars_are_honest)
{
    bars r;
    needs_double();
    is_long();
    study_bars(10000, &r);
    cr_assert_geq(r.elements, 10000);
    cr_assert_eq(r.outside, 0);
    cr_assert_leq(r.median, 100);
}

Test(rnncheck, right_gradients_are_never_accused)
{
    alarms a;
    needs_double();
    is_long();
    study_alarms(0, 40, 0.01, 0.5, &a);
    cr_assert_eq(a.false_fails, 0);
    cr_assert_leq(a.unresolved, 1);
    study_alarms(0, 15, 0.5, 3, &a);
    cr_assert_eq(a.false_fails, 0);
}

Test(rnncheck, wrong_gradients_never_pass)
{
    catches c;
    needs_double();
    is_long();
    study_catches(2, 3, &c);
    cr_assert_eq(c.pairs, BUGS);
    cr_assert_geq(c.live, 40);
    cr_assert_eq(c.caught, c.live, "%d of %d", c.caught, c.live);
}

Test(rnncheck, a_large_network_is_checked_by_sample_and_directions)
{
    gc_report r;
    needs_double();
    subject *s = subject_new(40, 30, 10, 0.2, 0, false);
    const gc_problem p = subject_problem(s);
    const gc_options o = {.sample = 5};
    cr_assert_eq(gc_check(&p, &o, &r), GC_OK);
    cr_assert_eq(r.directions, 6);
    for (int k = 0; k < BUGS; k++) {
        bugs_switches one = {{0}};
        one.on[k] = 1;
        s->probe->check.mistakes = &one;
        const gc_verdict v = gc_check(&p, &o, &r);
        if (k != CLIPPED_5 && k != CLIPPED_1)
            cr_assert_eq(v, GC_FAIL, "%s: %s", buglist[k].id, gc_word(v));
    }
    subject_free(s);
}
