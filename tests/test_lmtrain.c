/* test_lmtrain.c: the word language model: batches, perplexities as NumPy's, testing, counting, writing. */
#include "lmtrain.h"

#include "corpus.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

static corpus *declaration(void)
{
    text t;
    error e;
    cr_assert(text_read(&t, "chapters/10-rnnlm/texts/declaration_words.txt", &e), "%s", e.text);
    corpus *c = corpus_new(&t, 1000, 0);
    text_free(&t);
    return c;
}

/* What lm_fit() tells, held against the table. */
typedef struct held {
    tsv *t;
    int epochs;
} held;

static bool as_numpy(double perplexity, void *with)
{
    held *h = with;
    const double expected = atof(h->t->row[h->epochs][1]);
    cr_assert_eq(atoi(h->t->row[h->epochs][0]), h->epochs + 1);
    cr_assert(near(perplexity / expected, 1, 1e-9), "epoch %d: %.17g, NumPy %.17g", h->epochs + 1,
              perplexity, expected);
    h->epochs++;
    return true;
}

Test(lmtrain, perplexity_of_all_epochs_is_numpys)
{
    needs_double();
    is_long();
    corpus *c = declaration();
    lm *m = lm_new(&lm_defaults, c->ids, 1000, c->V);
    held h = {golden("rnnlm.tsv"), 0};
    cr_assert(lm_fit(m, 100, &(lm_hooks){NULL, as_numpy, &h}));
    cr_assert_eq(h.epochs, 100);
    cr_assert_eq(h.t->rows, 100);
    /* What is learnt by heart says nothing of other words. */
    const lm_score score = lm_test(m, c->ids + 1000, 710);
    cr_assert_gt(score.perplexity, 100);
    lm_free(m);
    corpus_free(c);
}

static const lm_options small = {3, 4, 5, 2, 0.5, 7};
static const int some[] = {0, 1, 2, 3, 4, 1, 5, 6, 0, 2, 4, 6, 1, 3, 5, 0, 1, 2, 3, 4, 1, 5, 6};
enum { SOME = sizeof some / sizeof *some, V = 7 };

Test(lmtrain, blocks_read_on_and_wrap)
{
    lm *m = lm_new(&small, some, SOME, V);
    const int pairs = SOME - 1, jump = pairs / 3;
    cr_assert_eq(lm_iterations(m), pairs / 6);
    for (int block = 0; block < 30; block++) {
        lm_batch(m);
        for (int t = 0; t < 2; t++)
            for (int n = 0; n < 3; n++) {
                const int at = (n * jump + 2 * block + t) % pairs;
                cr_assert_eq(m->xs[t * 3 + n], some[at]);
                cr_assert_eq(m->ts[t * 3 + n], some[at + 1]);
            }
    }
    lm_free(m);
}

static bool keep(double perplexity, void *with)
{
    double **to = with;
    *(*to)++ = perplexity;
    return true;
}

/* The trainer is the loop. */
Test(lmtrain, fit_is_the_loop)
{
    double fitted[4], *to = fitted;
    lm *m = lm_new(&small, some, SOME, V), *other = lm_new(&small, some, SOME, V);
    cr_assert(lm_fit(m, 4, &(lm_hooks){NULL, keep, &to}));
    for (int epoch = 0; epoch < 4; epoch++) {
        double sum = 0;
        for (int i = 0; i < lm_iterations(other); i++) sum += lm_step(other);
        cr_assert(near(exp(sum / lm_iterations(other)), fitted[epoch], 1e-13));
    }
    for (int k = 0; k < TIMENET_TENSORS; k++)
        cr_assert(same_bits(m->s->net->all[k], other->s->net->all[k]));
    cr_assert_lt(fitted[3], fitted[0]);
    lm_free(m);
    lm_free(other);
}

static bool three_times(void *with)
{
    int *left = with;
    return (*left)-- > 0;
}

Test(lmtrain, fit_can_be_stopped_in_an_epoch_and_goes_on)
{
    int left = 4;
    lm *m = lm_new(&small, some, SOME, V), *whole = lm_new(&small, some, SOME, V);
    cr_assert_not(lm_fit(m, 3, &(lm_hooks){three_times, NULL, &left}));
    cr_assert(m->epoch == 1 && m->iteration == 1);
    cr_assert(lm_fit(m, 3, NULL));
    cr_assert(lm_fit(whole, 3, NULL));
    for (int k = 0; k < TIMENET_TENSORS; k++)
        cr_assert(same_bits(m->s->net->all[k], whole->s->net->all[k]));
    lm_free(m);
    lm_free(whole);
}

/* A network of zeros gives each word the same. */
Test(lmtrain, perplexity_of_knowing_nothing_is_the_vocabulary)
{
    lm *m = lm_new(&small, some, SOME, V);
    timenet_zero(m->s->net);
    const lm_score score = lm_test(m, some, SOME);
    cr_assert_float_eq(score.perplexity, (double) V, 1e-5);
    cr_assert_eq(score.counted, SOME - 1);
    lm_free(m);
}

/* After a word that is not known the state is zero again: both parts count as they do alone. */
Test(lmtrain, unknown_words_are_skipped_and_begin_anew)
{
    static const int test[] = {1, 2, 3, -1, 4, 1, 5, -1, -1, 6};
    lm *m = lm_new(&small, some, SOME, V);
    lm_fit(m, 5, NULL);
    const lm_score all = lm_test(m, test, 10), first = lm_test(m, test, 3),
                   second = lm_test(m, test + 4, 3);
    cr_assert(all.counted == 4 && all.skipped == 3);
    cr_assert(near(4 * log(all.perplexity), 2 * log(first.perplexity) + 2 * log(second.perplexity),
                   REAL_IS_DOUBLE ? 1e-13 : 1e-5));
    cr_assert(isnan(lm_test(m, test + 7, 2).perplexity));
    lm_free(m);
}

Test(lmtrain, counting_words_and_pairs)
{
    static const int said[] = {
        0, 1, 0, 1, 0, 2}; /* 0 three times, 1 twice, 2 once; 01 twice, 10 twice, 02 once */
    lm_baselines b;
    cr_assert(lm_count(said, 6, 3, said, 6, &b));
    cr_assert_eq(b.uniform, 3);
    const double p[3] = {3 / 6.0, 2 / 6.0, 1 / 6.0};
    cr_assert_float_eq(b.unigram, pow(p[1] * p[0] * p[1] * p[0] * p[2], -1 / 5.0), 1e-12);
    const double p01 = (2 + p[1]) / 4, p10 = (2 + p[0]) / 3, p02 = (1 + p[2]) / 4;
    cr_assert_float_eq(b.bigram, pow(p01 * p10 * p01 * p10 * p02, -1 / 5.0), 1e-12);
    static const int other[] = {0, -1, 2, 1};
    cr_assert(lm_count(said, 6, 3, other, 4, &b));
    cr_assert_float_eq(b.unigram, 1 / p[1], 1e-12);
    cr_assert_float_eq(b.bigram, 1 / p[1], 1e-12, "after 2 nothing was ever seen");
}

/* 0.8 for each next word is a choice among 1.25; 0.2 is one among 5. */
Test(lmtrain, perplexity_is_the_number_of_choices)
{
    for (int k = 0; k < 2; k++) {
        const double p = k ? 0.2 : 0.8;
        lm *m = lm_new(&small, some, SOME, 2);
        timenet_zero(m->s->net);
        m->s->net->c->v[1] = (real) log(p / (1 - p));
        static const int ones[] = {1, 1, 1, 1};
        cr_assert_float_eq(lm_test(m, ones, 4).perplexity, 1 / p, 1e-5);
        lm_free(m);
    }
}

Test(lmtrain, writes_what_it_has_learnt)
{
    static const int circle[] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
                                 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2};
    rng draws;
    int ids[8];
    lm *m = lm_new(&small, circle, SOME, 4);
    lm_fit(m, 400, NULL);
    rng_seed(&draws, 0);
    cr_assert_eq(lm_sample(m, circle, 2, 8, 0, &draws, ids), 8);
    for (int i = 0; i < 8; i++) cr_assert_eq(ids[i], (i + 2) % 4);
    lm_free(m);
}
