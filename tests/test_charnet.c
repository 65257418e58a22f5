/* test_charnet.c: training in shards; losses and gradient norms are NumPy's, and shards and threads change little or
 * nothing. */
#include "charnet.h"

#include "support/gates.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

static double step_and_norm(void *run, double *norm)
{
    charnet *r = run;
    const double loss = charnet_step(r);
    *norm = r->norm;
    return loss;
}

static void agrees(const char *table, int cell)
{
    int count, V;
    const int *ids;
    const celltrain_options o = gates_options(table, charnet_cell[cell], &ids, &count, &V);
    const charnet_options mine = {.cell = cell,
                                  .layers = o.layers,
                                  .hidden = o.lm.hidden,
                                  .embed = o.lm.wordvec,
                                  .batch = o.lm.batch,
                                  .shards = o.lm.batch % 2 == 0 ? 2 : 1,
                                  .seq_length = o.lm.time,
                                  .optimizer = o.adagrad ? CHARNET_ADAGRAD : CHARNET_SGD,
                                  .learning_rate = o.lm.learning_rate,
                                  .clip_norm = o.clip,
                                  .forget_bias = o.forget_bias,
                                  .seed = o.lm.seed,
                                  .threads = 2};
    charnet *r = charnet_new(&mine, ids, count, V);
    gates_agree(table, step_and_norm, r);
    charnet_free(r);
}

Test(charnet, lstm_is_numpys) { agrees("gates_lstm1_words.tsv", 0); }
Test(charnet, lstm_of_two_layers_is_numpys) { agrees("gates_lstm2_words.tsv", 0); }
Test(charnet, lstm_on_characters_is_numpys) { agrees("gates_lstm1_aegukga.tsv", 0); }
Test(charnet, gru_is_numpys) { agrees("gates_gru1_words.tsv", 1); }
Test(charnet, gru_of_two_layers_is_numpys) { agrees("gates_gru2_words.tsv", 1); }
Test(charnet, gru_on_characters_is_numpys) { agrees("gates_gru2_aegukga.tsv", 1); }
Test(charnet, rnn_of_two_layers_is_numpys) { agrees("gates_rnn2_words.tsv", 2); }

enum { COUNT = 203, V = 5, N = 8 };

static const int *some_ids(void)
{
    static int ids[COUNT];
    for (int i = 0; i < COUNT; i++) ids[i] = (i * i + i / 7) % V;
    return ids;
}

static charnet_options small(int shards, int threads)
{
    return (charnet_options){.layers = 2,
                             .hidden = 6,
                             .embed = 3,
                             .batch = N,
                             .shards = shards,
                             .seq_length = 4,
                             .dropout = 0.25,
                             .learning_rate = 0.01,
                             .clip_norm = 0.5,
                             .forget_bias = 1,
                             .threads = threads};
}

/* After 20 iterations, the weights by any number of threads have the same bits. */
Test(charnet, threads_change_no_bit)
{
    const charnet_options one = small(4, 1);
    charnet *a = charnet_new(&one, some_ids(), COUNT, V);
    for (int k = 0; k < 20; k++) charnet_step(a);
    for (int threads = 2; threads <= 5; threads++) {
        const charnet_options o = small(4, threads);
        charnet *b = charnet_new(&o, some_ids(), COUNT, V);
        for (int k = 0; k < 20; k++) charnet_step(b);
        for (int k = 0; k < a->net->tensors; k++)
            cr_assert(same_bits(a->net->all[k], b->net->all[k]), "%d threads: %s", threads,
                      cellnet_name(k));
        charnet_free(b);
    }
    charnet_free(a);
}

/* Shards differ by the order of sums only; dropout leaves out the same. */
Test(charnet, shards_change_the_rounding_only)
{
    const charnet_options one = small(1, 1);
    needs_double();
    charnet *a = charnet_new(&one, some_ids(), COUNT, V);
    const double loss = charnet_step(a);
    for (int shards = 2; shards <= N; shards *= 2) {
        const charnet_options o = small(shards, 1);
        charnet *b = charnet_new(&o, some_ids(), COUNT, V);
        cr_assert(near(charnet_step(b) / loss, 1, 1e-14));
        cr_assert(near(b->norm / a->norm, 1, 1e-13));
        charnet_free(b);
    }
    charnet_free(a);
}

/* Whoever computes parts of the shards, and adds the sums by pairs, gets the bits of charnet_step(). */
Test(charnet, parts_of_the_shards_are_the_same_tree)
{
    const charnet_options o = small(8, 1);
    charnet *a = charnet_new(&o, some_ids(), COUNT, V), *b = charnet_new(&o, some_ids(), COUNT, V);
    for (int step = 0; step < 3; step++) {
        charnet_step(a);
        charnet_load(b);
        for (int first = 0; first < 8; first += 2) charnet_gradient(b, first, 2);
        for (int apart = 2; apart < 8; apart *= 2)
            for (int k = 0; k < 8; k += 2 * apart)
                for (int i = 0; i < b->net->tensors; i++)
                    mat_add(b->shard[k]->d->all[i], b->shard[k + apart]->d->all[i]);
        charnet_update(b);
    }
    for (int k = 0; k < a->net->tensors; k++)
        cr_assert(same_bits(a->net->all[k], b->net->all[k]), "%s", cellnet_name(k));
    charnet_free(a);
    charnet_free(b);
}

Test(charnet, shards_by_the_size_of_the_batch)
{
    cr_assert_eq(charnet_shards(1), 1);
    cr_assert_eq(charnet_shards(10), 1);
    cr_assert_eq(charnet_shards(16), 2);
    cr_assert_eq(charnet_shards(24), 2);
    cr_assert_eq(charnet_shards(64), 8);
    cr_assert_eq(charnet_shards(4096), CHARNET_SHARDS);
}

/* A text read in blocks has the loss that it has symbol by symbol, and unknown symbols begin anew. */
Test(charnet, scores_as_celltrain_does)
{
    enum { LONG = 30 };
    const charnet_options o = small(1, 1);
    const celltrain_options other = {charnet_cell[0], 2, {N, 3, 6, 4, 0, 0}, 0, 1, false};
    int ids[LONG], counted;
    double nat[LONG], sum = 0;
    for (int i = 0; i < LONG; i++) ids[i] = i == 7 || i == 8 || i == 29 ? -1 : i % V;
    charnet *a = charnet_new(&o, some_ids(), COUNT, V);
    celltrain *b = celltrain_new(&other, NULL, 0, V);
    const double all = charnet_score(a->one, ids, LONG, nat, &counted);
    cr_assert_eq(counted, 25);
    cr_assert(near(all / counted, celltrain_score(b, ids, LONG), 1e-6));
    for (int i = 0; i < LONG; i++)
        if (i == 0 || (i >= 7 && i <= 9) || i == 29)
            cr_assert(isnan(nat[i]), "%d", i);
        else
            sum += nat[i];
    cr_assert_eq(sum, all);
    charnet_score(a->one, ids, 1, nat, &counted);
    cr_assert_eq(counted, 0);
    charnet_free(a);
    celltrain_free(b);
}
