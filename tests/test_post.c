/* test_post.c: every number printed in the 'vector' post. */
#include "post.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static post *the_post(void)
{
    error e;
    post *p = post_read(post_path, &e);
    cr_assert_not_null(p, "%s", e.text);
    return p;
}

/* Compare a vector with the row printed in the post. */
static void hold(const post *p, const char *name, int t, const mat *x, double bound)
{
    char which[12];
    double printed[POST_V_SIZE];
    snprintf(which, sizeof which, "%d", t);
    char **field = tsv_find(p->table, name, which);
    cr_assert(field && tsv_numbers(field, mat_size(x), printed), "no row %s %d", name, t);
    for (int i = 0; i < mat_size(x); i++)
        cr_assert_float_eq((double) x->v[i], printed[i], bound,
                           "%s[%d][%d]: %.12g, the post prints %.12g", name, t, i, (double) x->v[i],
                           printed[i]);
}

static double bound(double wanted) { return REAL_IS_DOUBLE ? wanted : 1e-6; }

Test(post, states_scores_and_probabilities_are_those_printed)
{
    post *p = the_post();
    trace *tr = trace_new(POST_H_SIZE, POST_V_SIZE, POST_T_SIZE);
    rnn_forward(p->net, p->inputs, p->targets, p->hprev, tr);
    for (int t = 0; t < POST_T_SIZE; t++) {
        hold(p, "hs", t, tr->hs[t], bound(1e-8));
        hold(p, "ys", t, tr->ys[t], bound(1e-8));
        hold(p, "ps", t, tr->ps[t], bound(1e-8));
        mat *dy = tr->ps[t];
        dy->v[p->targets[t]] -= 1;
        hold(p, "dy", t, dy, bound(1e-8));
    }
    trace_free(tr);
    post_free(p);
}

Test(post, loss_is_the_one_printed)
{
    post *p = the_post();
    double printed;
    trace *tr = trace_new(POST_H_SIZE, POST_V_SIZE, POST_T_SIZE);
    const double loss = rnn_forward(p->net, p->inputs, p->targets, p->hprev, tr);
    cr_assert(tsv_numbers(tsv_find(p->table, "loss", "-"), 1, &printed));
    cr_assert_float_eq(loss, printed, bound(1e-9), "%.15g", loss);
    trace_free(tr);
    post_free(p);
}

Test(post, vocabulary_has_the_order_of_the_post)
{
    post *p = the_post();
    static const uint32_t word[] = {'v', 'e', 'c', 't', 'o', 'r', '\n'};
    for (int t = 0; t < POST_T_SIZE; t++) {
        cr_assert_eq(p->inputs[t], vocab_ix(p->vocab, word[t]));
        cr_assert_eq(p->targets[t], vocab_ix(p->vocab, word[t + 1]));
    }
    post_free(p);
}

Test(post, another_table_is_refused)
{
    error e;
    cr_assert_null(post_read(write_file("other.tsv", "hs\t0\t1\t2\n", 9), &e));
    cr_assert_not_null(strstr(e.text, "other.tsv"));
    cr_assert_null(post_read("no/such/file", &e));
}
