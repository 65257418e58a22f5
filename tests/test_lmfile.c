/* test_lmfile.c: saving and loading a run of the word language model. */
#include "lmfile.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char words[] =
    "you say goodbye and I say hello . you say hello and I say goodbye . hello hello you";
static const lm_options small = {2, 4, 5, 3, 0.3, 1};

static corpus *corpus_here(void)
{
    text t;
    error e;
    cr_assert(text_from(&t, words, "test", &e), "%s", e.text);
    corpus *c = corpus_new(&t, 0, 0);
    text_free(&t);
    return c;
}

static const char *path(void)
{
    static char name[500];
    snprintf(name, sizeof name, "%s/lm.npy", own_folder());
    return name;
}

/* Do this many iterations, counting epochs. */
static void train(lm *m, int iterations)
{
    double perplexity;
    for (int i = 0; i < iterations; i++) {
        lm_step(m);
        lm_epoch_done(m, &perplexity);
    }
}

Test(lmfile, goes_on_bit_for_bit)
{
    error e;
    lm_options o;
    corpus *c = corpus_here(), *saved = NULL;
    lm *m = lm_new(&small, c->ids, c->count, c->V);
    train(m, 8);
    cr_assert(m->epoch > 0 && m->iteration > 0); /* in the middle of an epoch */
    cr_assert(lmfile_save(path(), m, c, &e), "%s", e.text);
    npy *file = savefile_open(path(), &e);
    cr_assert(file && lmfile_options(file, path(), &o, &saved, &e), "%s", e.text);
    cr_assert(o.batch == 2 && o.wordvec == 4 && o.hidden == 5 && o.time == 3 &&
              o.seed == 1); /* as `small` is */
    cr_assert_eq(o.learning_rate, small.learning_rate);
    cr_assert_eq(saved->V, c->V);
    for (int k = 0; k < c->V; k++) cr_assert_str_eq(saved->word[k], c->word[k]);
    cr_assert(lmfile_text_is(file, c));
    c->known--;
    cr_assert_not(lmfile_text_is(file, c));
    c->known++;
    lm *other = lm_new(&o, c->ids, c->count, c->V);
    cr_assert(lmfile_state(file, path(), other, &e), "%s", e.text);
    train(m, 20);
    train(other, 20);
    cr_assert_eq(m->epoch, other->epoch);
    cr_assert_eq(m->sum, other->sum);
    for (int k = 0; k < TIMENET_TENSORS; k++)
        cr_assert(same_bits(m->s->net->all[k], other->s->net->all[k]));
    cr_assert(same_bits(m->s->rnn->h, other->s->rnn->h));
    cr_assert_eq(rng_uniform(&m->draws), rng_uniform(&other->draws));
    npy_free(file);
    lm_free(m);
    lm_free(other);
    corpus_free(c);
    corpus_free(saved);
}

/* Damage every byte of the header in turn: the file is refused or loaded, but never crashes. */
Test(lmfile, a_damaged_file_is_refused)
{
    error e;
    corpus *c = corpus_here();
    lm *m = lm_new(&small, c->ids, c->count, c->V);
    cr_assert(lmfile_save(path(), m, c, &e), "%s", e.text);
    static char bytes[100000];
    FILE *f = fopen(path(), "rb");
    const size_t size = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    int refused = 0;
    for (size_t i = 0; i < 1200; i += 3) {
        bytes[i] ^= 0x15;
        const char *spoilt = write_file("spoilt.npy", bytes, size);
        bytes[i] ^= 0x15;
        lm_options o;
        corpus *saved = NULL;
        npy *file = npy_read(spoilt, &e);
        const bool good = file && lmfile_options(file, spoilt, &o, &saved, &e);
        refused += !good;
        if (!good) cr_assert(e.text[0] && !strchr(e.text, '\n'));
        corpus_free(good ? saved : NULL);
        npy_free(file);
    }
    cr_assert_gt(refused, 150);
    lm_free(m);
    corpus_free(c);
}

/* What does not fit an int when it is multiplied is refused before that. */
Test(lmfile, too_long_a_block_is_refused)
{
    error e;
    lm_options o;
    corpus *c = corpus_here();
    lm *m = lm_new(&small, c->ids, c->count, c->V);
    m->options.time = LM_MOST + 1;
    cr_assert(lmfile_save(path(), m, c, &e), "%s", e.text);
    npy *file = savefile_open(path(), &e);
    cr_assert_not(lmfile_options(file, path(), &o, NULL, &e));
    cr_assert_not_null(strstr(e.text, "(time)"), "%s", e.text);
    npy_free(file);
    lm_free(m);
    corpus_free(c);
}

Test(lmfile, another_programs_file_is_refused)
{
    error e;
    lm_options o;
    corpus *saved = NULL;
    int one = 1;
    const npy_field f = {"batch", 'i', 4, 0, 0, &one};
    cr_assert(npy_write(path(), &f, 1, &e));
    npy *file = npy_read(path(), &e);
    cr_assert(file && !lmfile_options(file, path(), &o, &saved, &e));
    cr_assert_not_null(strstr(e.text, "not a checkpoint"));
    npy_free(file);
}
