/* test_lmtrain.c: the word language model: batches, NumPy's perplexities, testing, counting, sampling. */
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

/* Train to the end of the epoch. Returns its perplexity. */
static double epoch_of(lm *m)
{
    double perplexity = NAN;
    cr_assert_not_null(m);
    for (int left = lm_iterations(m) - m->iteration; left > 0; left--) lm_step(m);
    cr_assert(lm_epoch_done(m, &perplexity));
    return perplexity;
}

static void train(lm *m, int epochs)
{
    while (m->epoch < epochs) epoch_of(m);
}

Test(lmtrain, perplexity_of_all_epochs_is_numpys)
{
    needs_double();
    is_long();
    corpus *c = declaration();
    lm *m = lm_new(&lm_defaults, c->ids, 1000, c->V);
    tsv *t = golden("rnnlm.tsv");
    cr_assert_eq(t->rows, 100);
    for (int k = 0; k < t->rows; k++) {
        const double perplexity = epoch_of(m), expected = atof(t->row[k][1]);
        cr_assert_eq(atoi(t->row[k][0]), m->epoch);
        cr_assert(near(perplexity / expected, 1, 1e-9), "epoch %d: %.17g, NumPy %.17g", m->epoch,
                  perplexity, expected);
    }
    /* Memorizing the training text does not help with other text. */
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

/* An epoch has lm_iterations() iterations, and its perplexity is e to the power of their mean loss. */
Test(lmtrain, an_epoch_is_its_iterations)
{
    double first = NAN;
    lm *m = lm_new(&small, some, SOME, V);
    for (int epoch = 0; epoch < 4; epoch++) {
        double sum = 0, perplexity = -1;
        for (int i = 0; i < lm_iterations(m); i++) {
            cr_assert_not(lm_epoch_done(m, &perplexity));
            cr_assert(m->epoch == epoch && m->iteration == i && perplexity == -1);
            sum += lm_step(m);
        }
        cr_assert(lm_epoch_done(m, &perplexity));
        cr_assert(m->epoch == epoch + 1 && m->iteration == 0 && m->sum == 0);
        cr_assert(near(exp(sum / lm_iterations(m)), perplexity, 1e-13));
        if (epoch == 0) first = perplexity;
        cr_assert(epoch < 3 || perplexity < first);
    }
    lm_free(m);
}

/* A network of zeros gives all words the same probability. */
Test(lmtrain, perplexity_of_knowing_nothing_is_the_vocabulary)
{
    lm *m = lm_new(&small, some, SOME, V);
    timenet_zero(m->s->net);
    const lm_score score = lm_test(m, some, SOME);
    cr_assert_float_eq(score.perplexity, (double) V, 1e-5);
    cr_assert_eq(score.counted, SOME - 1);
    lm_free(m);
}

/* The state is reset after an unknown word: both parts score as they do separately. */
Test(lmtrain, unknown_words_are_skipped_and_begin_anew)
{
    static const int test[] = {1, 2, 3, -1, 4, 1, 5, -1, -1, 6};
    lm *m = lm_new(&small, some, SOME, V);
    train(m, 5);
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

/* Probability 0.8 for each next word gives 1.25; 0.2 gives 5. */
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
    train(m, 400);
    rng_seed(&draws, 0);
    cr_assert_eq(lm_sample(m, circle, 2, 8, 0, &draws, ids), 8);
    for (int i = 0; i < 8; i++) cr_assert_eq(ids[i], (i + 2) % 4);
    lm_free(m);
}
