/* test_backward.c: the gradient, element by element, and its other properties.
 *
 * red.tsv lists the tests that the naive backward of chapter 3 must fail, and those that BPTT must fail: failing
 * others, or passing these, is an error. */
#include "post.h"
#include "rnncheck.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

/* Check tensor k at one probe; the message is its row of the table. */
static void check(int H, int V, int T, int k, bool detached)
{
    needs_double();
    for (uint32_t seed = 0; seed < 3; seed++) {
        gc_report r;
        rnnprobe *p = rnnprobe_new(H, V, T, 0.5, seed);
        trace *frozen = detached ? trace_new(H, V, T) : NULL;
        p->check.frozen = frozen;
        rnncheck_run(&p->check, NULL, &r);
        const gc_tensor tensor = {rnn_name[k], p->check.net->all[k], p->check.d->all[k]};
        cr_assert_eq(r.row[k].verdict, GC_OK, "%s",
                     gc_text((char[GC_ROOM]){0}, &tensor, &r.row[k]));
        trace_free(frozen);
        rnnprobe_free(p);
    }
}

#define CHECK(name, H, V, T)                                                                       \
    Test(backward, name##_dWxh) { check(H, V, T, 0, false); }                                      \
    Test(backward, name##_dWhh) { check(H, V, T, 1, false); }                                      \
    Test(backward, name##_dWhy) { check(H, V, T, 2, false); }                                      \
    Test(backward, name##_dbh) { check(H, V, T, 3, false); }                                       \
    Test(backward, name##_dby) { check(H, V, T, 4, false); }

CHECK(one_step, 5, 7, 1)
CHECK(two_steps, 5, 7, 2)
CHECK(six_steps, 5, 7, 6)
CHECK(one_hidden, 1, 7, 6)
CHECK(two_characters, 5, 2, 6)

Test(backward, detached_dWxh) { check(5, 7, 6, 0, true); }
Test(backward, detached_dWhh) { check(5, 7, 6, 1, true); }
Test(backward, detached_dbh) { check(5, 7, 6, 3, true); }

Test(backward, each_step_alone_gives_the_numbers_of_the_post)
{
    error e;
    post *p = post_read(post_path, &e);
    cr_assert_not_null(p, "%s", e.text);
    const double bound = REAL_IS_DOUBLE ? 2e-8 : 1e-6;
    rnn *d = rnn_new(POST_H_SIZE, POST_V_SIZE);
    trace *tr = trace_new(POST_H_SIZE, POST_V_SIZE, POST_T_SIZE);
    work *w = work_new(POST_H_SIZE, POST_V_SIZE);
    rnn_forward(p->net, p->inputs, p->targets, p->hprev, tr);
    for (int t = 0; t < POST_T_SIZE; t++) {
        const trace one = trace_step(tr, t);
        rnn_zero(d);
        rnn_backward(p->net, &one, p->targets + t, d, w);
        char which[12];
        double dhraw[POST_H_SIZE], dy[POST_V_SIZE];
        snprintf(which, sizeof which, "%d", t);
        cr_assert(tsv_numbers(tsv_find(p->table, "dhraw", which), POST_H_SIZE, dhraw));
        cr_assert(tsv_numbers(tsv_find(p->table, "dy", which), POST_V_SIZE, dy));
        /* Compare the gradients, not the scratch, which a backward pass may use as it likes. */
        for (int i = 0; i < POST_H_SIZE; i++)
            cr_assert_float_eq((double) d->bh->v[i], dhraw[i], bound);
        for (int i = 0; i < POST_V_SIZE; i++)
            cr_assert_float_eq((double) d->by->v[i], dy[i], bound);
        for (int i = 0; i < POST_H_SIZE; i++) {
            cr_assert_float_eq((double) d->Wxh->v[i * POST_V_SIZE + p->inputs[t]], dhraw[i], bound);
            for (int j = 0; j < POST_H_SIZE; j++)
                cr_assert_float_eq((double) d->Whh->v[i * POST_H_SIZE + j],
                                   dhraw[i] * (double) tr->hs[t - 1]->v[j], bound);
        }
    }
    work_free(w);
    trace_free(tr);
    rnn_free(d);
    post_free(p);
}

/* d += the gradient of the probe's sequence. */
static void add_gradient(rnnprobe *p, rnn *d)
{
    rnncheck *c = &p->check;
    rnn_forward(c->net, c->inputs, c->targets, c->hprev, c->tr);
    rnn_backward(c->net, c->tr, c->targets, d, c->w);
}

Test(backward, adds_to_what_is_there)
{
    rnnprobe *p = rnnprobe_new(5, 7, 6, 0.5, 1);
    rnn *g = rnn_new(5, 7), *d = rnn_new(5, 7);
    add_gradient(p, g);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) d->all[k]->v[i] = (real) (i % 3 + 1);
    add_gradient(p, d);
    int moved = 0;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) {
            cr_assert(near((double) d->all[k]->v[i], (i % 3 + 1) + (double) g->all[k]->v[i],
                           REAL_IS_DOUBLE ? 1e-14 : 1e-5));
            moved += g->all[k]->v[i] != 0;
        }
    cr_assert_gt(moved, 70);
    rnn_free(g);
    rnn_free(d);
    rnnprobe_free(p);
}

Test(backward, two_calls_from_zero_give_the_same_bits)
{
    rnnprobe *p = rnnprobe_new(5, 7, 6, 0.5, 2);
    rnn *a = rnn_new(5, 7), *b = rnn_new(5, 7);
    add_gradient(p, a);
    add_gradient(p, b);
    cr_assert_neq(a->Whh->v[0], 0);
    for (int k = 0; k < 5; k++) cr_assert(same_bits(a->all[k], b->all[k]));
    rnn_free(a);
    rnn_free(b);
    rnnprobe_free(p);
}

Test(backward, dby_sums_to_zero)
{
    rnnprobe *p = rnnprobe_new(5, 7, 6, 0.5, 3);
    add_gradient(p, p->check.d);
    double sum = 0, size = 0;
    for (int i = 0; i < 7; i++) {
        sum += (double) p->check.d->by->v[i];
        size += fabs((double) p->check.d->by->v[i]);
    }
    cr_assert_float_eq(sum, 0, REAL_IS_DOUBLE ? 1e-14 : 1e-5);
    cr_assert_gt(size, 0.1);
    rnnprobe_free(p);
}

Test(backward, is_neither_averaged_nor_clipped)
{
    rnnprobe *p = rnnprobe_new(4, 6, 20, 0.5, 4);
    for (int t = 0; t < 20; t++) p->targets[t] = 2;
    add_gradient(p, p->check.d);
    cr_assert_lt((double) p->check.d->by->v[2], -5, "%g", (double) p->check.d->by->v[2]);
    rnnprobe_free(p);
}

Test(backward, columns_of_characters_that_do_not_occur_are_zero)
{
    rnnprobe *p = rnnprobe_new(5, 7, 4, 0.5, 5);
    static const int seen[4] = {1, 3, 1, 6};
    for (int t = 0; t < 4; t++) p->inputs[t] = seen[t];
    add_gradient(p, p->check.d);
    for (int x = 0; x < 7; x++) {
        double size = 0;
        for (int i = 0; i < 5; i++) size += fabs((double) p->check.d->Wxh->v[i * 7 + x]);
        if (x == 1 || x == 3 || x == 6)
            cr_assert_gt(size, 1e-3);
        else
            cr_assert_eq(size, 0);
    }
    rnnprobe_free(p);
}

/* In a REAL=float build it agrees to single precision only. */
Test(backward, is_not_one_of_the_known_mistakes)
{
    bugs_finding f;
    bugs *b = bugs_new();
    char name[BUGS_ROOM];
    rnncheck_diagnose(b, &f);
    cr_assert_eq(f.kind, BUGS_RIGHT, "%s", bugs_name(name, &f));
    cr_assert_eq(f.in_float, !REAL_IS_DOUBLE);
    bugs_free(b);
}

Test(backward, one_hop_is_named)
{
    bugs_finding f;
    bugs *b = bugs_new();
    rnncheck_diagnose(b, &f);
    cr_assert_eq(f.kind, BUGS_NAMED);
    cr_assert_eq(f.bug[0], NO_DHNEXT);
    cr_assert_eq(f.bug[1], -1);
    bugs_free(b);
}
