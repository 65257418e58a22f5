/* test_train.c: the windows, and the losses and samples of the NumPy program, golden/min_char_rnn_*.tsv. */
#include "train.h"

#include "sample.h"
#include "support/support.h"
#include "vocab.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char texts[] = "chapters/08-min-char-rnn/texts";

/* ---- the same numbers as NumPy's ---- */

typedef struct book {
    vocab *v;
    int *ix, length;
} book;

static book book_read(const char *folder, const char *name)
{
    char path[500];
    text t;
    error e;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    cr_assert(text_read(&t, path, &e), "%s", e.text);
    book b = {vocab_of(&t), malloc((size_t) t.length * sizeof(int)), t.length};
    vocab_encode(b.v, &t, b.ix);
    text_free(&t);
    return b;
}

static void book_free(book *b)
{
    vocab_free(b->v);
    free(b->ix);
}

/* Escape line ends as \n, as in the samples of the golden tables. */
static void escape(const char *in, char *out)
{
    for (; *in; in++) {
        if (*in == '\n') *out++ = '\\';
        *out++ = *in == '\n' ? 'n' : *in;
    }
    *out = '\0';
}

/* Repeat the run of the table's head and compare every row. */
static void hold(const char *table, const char *folder)
{
    char path[300], head[400], name[100];
    train_options o = train_defaults;
    unsigned seed;
    needs_double();
    is_long();
    snprintf(path, sizeof path, "tests/golden/%s", table);
    FILE *f = fopen(path, "r");
    cr_assert_not_null(f);
    cr_assert_not_null(fgets(head, sizeof head, f));
    fclose(f);
    cr_assert_eq(sscanf(head,
                        "# text %99[^,], hidden %d, seq_length %d, learning_rate %lf, seed %u,",
                        name, &o.hidden, &o.seq_length, &o.learning_rate, &seed),
                 5);
    o.seed = seed;
    book b = book_read(folder, name);
    tsv *t = golden(table);
    train *r = train_new(&o, b.ix, b.length, b.v->size);
    sampler *s = sampler_new(o.hidden, b.v->size);
    static char samples[100][2000];
    int ix[200], last = 0, losses = 0, sampled = 0;
    double *loss = calloc(100001, sizeof *loss), *smooth = calloc(100001, sizeof *smooth);
    for (int i = 0; i < t->rows; i++) last = atoi(t->row[i][0]) > last ? atoi(t->row[i][0]) : last;
    for (int n = 0; n <= last; n++) {
        if (n % 100 == 0) {
            char txt[1000];
            const int *inputs = train_window(r);
            vocab_decode(b.v, ix, sample(r->net, r->hprev, inputs[0], 200, 1, -1, &r->draws, s, ix),
                         txt);
            escape(txt, samples[n / 100]);
        }
        loss[n] = train_step(r);
        smooth[n] = r->smooth_loss;
    }
    for (int i = 0; i < t->rows; i++) {
        char **row = t->row[i];
        const int n = atoi(row[0]);
        if (strcmp(row[1], "sample") == 0) {
            cr_assert_str_eq(samples[n / 100], row[2], "%s: sample of iteration %d", table, n);
            sampled++;
        } else {
            cr_assert(near(loss[n] / atof(row[1]), 1, 1e-9),
                      "%s: iteration %d: loss %.17g, NumPy %s", table, n, loss[n], row[1]);
            cr_assert(near(smooth[n] / atof(row[2]), 1, 1e-9),
                      "%s: iteration %d: smooth loss %.17g, NumPy %s", table, n, smooth[n], row[2]);
            losses++;
        }
    }
    cr_assert_geq(losses, 10);
    cr_assert_geq(sampled, 1);
    free(loss);
    free(smooth);
    sampler_free(s);
    train_free(r);
    tsv_free(t);
    book_free(&b);
}

/* For texts that cannot be in the repository: only if GOLDEN_TEXTS names a folder that has them. */
static void hold_elsewhere(const char *table)
{
    const char *folder = getenv("GOLDEN_TEXTS");
    if (!folder || !*folder) cr_skip_test("needs the text: make test GOLDEN_TEXTS=folder");
    hold(table, folder);
}

Test(train, numpy_psalms_rate_0_01) { hold("min_char_rnn_psalms_lr001.tsv", texts); }
Test(train, numpy_aegukga_rate_0_1) { hold("min_char_rnn_aegukga_lr01.tsv", texts); }
Test(train, numpy_aegukga_rate_0_01) { hold("min_char_rnn_aegukga_lr001.tsv", texts); }
Test(train, numpy_shakespeare_rate_0_01) { hold_elsewhere("min_char_rnn_en_lr001.tsv"); }
Test(train, numpy_shakespeare_rate_0_1) { hold_elsewhere("min_char_rnn_en_lr01.tsv"); }
Test(train, numpy_korean_story) { hold_elsewhere("min_char_rnn_ko_lr001.tsv"); }

/* ---- windows ---- */

static train *small(int length, int seq_length, int full_window)
{
    static int ix[100];
    train_options o = train_defaults;
    for (int i = 0; i < 100; i++) ix[i] = i * i % 7 % 5;
    o.hidden = 6;
    o.seq_length = seq_length;
    o.full_window = full_window;
    return train_new(&o, ix, length, 5);
}

/* The starts of the first `n` windows. */
static void starts(train *r, int n, int *p)
{
    for (int i = 0; i < n; i++) {
        p[i] = (int) (train_window(r) - r->ix);
        train_step(r);
    }
}

Test(train, seed_window_starts_over_when_it_would_just_fit)
{
    train *r = small(31, 10, 0); /* windows at 0, 10; the one at 20 would end exactly at the end */
    int p[5];
    static const int expected[5] = {0, 10, 0, 10, 0};
    starts(r, 5, p);
    for (int i = 0; i < 5; i++) cr_assert_eq(p[i], expected[i], "%d: %d", i, p[i]);
    train_free(r);
}

Test(train, full_window_takes_it)
{
    train *r = small(31, 10, 1);
    int p[5];
    static const int expected[5] = {0, 10, 20, 0, 10};
    starts(r, 5, p);
    for (int i = 0; i < 5; i++) cr_assert_eq(p[i], expected[i], "%d: %d", i, p[i]);
    train_free(r);
}

Test(train, both_rules_agree_elsewhere)
{
    train *a = small(34, 10, 0), *b = small(34, 10, 1);
    int p[7], q[7];
    starts(a, 7, p);
    starts(b, 7, q);
    for (int i = 0; i < 7; i++) cr_assert_eq(p[i], q[i]);
    cr_assert_eq(p[2], 20);
    train_free(a);
    train_free(b);
}

Test(train, a_text_of_one_window_resets_every_time)
{
    train *r = small(11, 10, 0);
    for (int i = 0; i < 3; i++) {
        const int *inputs = train_window(r);
        cr_assert_eq(inputs, r->ix);
        for (int k = 0; k < 6; k++) cr_assert_eq(r->hprev->v[k], 0);
        train_step(r);
    }
    train_free(r);
}

Test(train, hprev_is_the_last_state_and_is_reset_with_the_text)
{
    train *r = small(31, 10, 0);
    train_step(r);
    cr_assert(same_bits(r->hprev, r->tr->hs[9]));
    cr_assert_neq(r->hprev->v[0], 0);
    train_window(r);
    cr_assert(same_bits(r->hprev, r->tr->hs[9])); /* carried into the second window */
    train_step(r);
    train_window(r);
    for (int k = 0; k < 6; k++) cr_assert_eq(r->hprev->v[k], 0); /* the third is the first again */
    train_free(r);
}

Test(train, asking_for_the_window_twice_changes_nothing)
{
    train *a = small(31, 10, 0), *b = small(31, 10, 0);
    for (int n = 0; n < 10; n++) {
        train_window(a);
        train_window(a);
        cr_assert_eq(train_step(a), train_step(b));
    }
    train_free(a);
    train_free(b);
}

Test(train, smooth_loss_starts_at_T_ln_V_and_moves_by_a_thousandth)
{
    train *r = small(31, 10, 0);
    cr_assert(near(r->smooth_loss, 10 * log(5), 1e-14));
    const double before = r->smooth_loss, loss = train_step(r);
    cr_assert_eq(r->smooth_loss, before * 0.999 + loss * 0.001);
    train_free(r);
}

Test(train, learns_a_text_that_repeats)
{
    is_long();
    train *r = small(85, 10, 0);
    double first = 0, last = 0;
    for (int n = 0; n < 400; n++) {
        const double loss = train_step(r);
        first += n < 8 ? loss / 8 : 0;
        last += n >= 392 ? loss / 8 : 0;
    }
    cr_assert_lt(last, first / 10, "%g, then %g", first, last);
    train_free(r);
}

Test(train, clips_only_where_it_is_told_to)
{
    train *a = small(85, 10, 0), *b = small(85, 10, 0), *c = small(85, 10, 0);
    a->options.clip = 0;
    b->options.clip = 1e-3;
    c->options.clip = 0;
    c->options.clip_norm = 1e-3;
    train_step(a);
    train_step(b);
    train_step(c);
    double largest[3] = {0, 0, 0}, squares = 0;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(a->d->all[k]); i++) {
            largest[0] = fmax(largest[0], fabs((double) a->d->all[k]->v[i]));
            largest[1] = fmax(largest[1], fabs((double) b->d->all[k]->v[i]));
            squares += (double) c->d->all[k]->v[i] * (double) c->d->all[k]->v[i];
        }
    cr_assert_gt(largest[0], 0.1);
    cr_assert_eq(largest[1], (double) (real) 1e-3);
    cr_assert(near(sqrt(squares), 1e-3, 1e-8));
    train_free(a);
    train_free(b);
    train_free(c);
}

/* ---- held-out text ---- */

Test(train, held_out_loss_counts_every_character_but_the_first)
{
    train *r = small(60, 10, 0);
    for (int n = 0; n < 20; n++) train_step(r);
    for (int length = 2; length < 40; length++) {
        trace *tr = trace_new(6, 5, length);
        mat *h0 = mat_new(6, 1);
        tr->T = length - 1;
        const double whole = rnn_forward(r->net, r->ix + 60, r->ix + 61, h0, tr) / (length - 1);
        const double held = train_held_out(r, r->ix + 60, length);
        cr_assert(near(held, whole, REAL_IS_DOUBLE ? 1e-14 : 1e-6),
                  "%d: %.17g, in one window %.17g", length, held, whole);
        trace_free(tr);
        mat_free(h0);
    }
    train_free(r);
}

Test(train, held_out_loss_does_not_disturb_the_run)
{
    train *a = small(60, 10, 0), *b = small(60, 10, 0);
    for (int n = 0; n < 12; n++) {
        train_held_out(a, a->ix + 60, 33);
        cr_assert_eq(train_step(a), train_step(b));
    }
    for (int k = 0; k < 5; k++) cr_assert(same_bits(a->net->all[k], b->net->all[k]));
    train_free(a);
    train_free(b);
}
