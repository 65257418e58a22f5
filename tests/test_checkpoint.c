/* test_checkpoint.c: saving and loading a run. */
#include "checkpoint.h"

#include "file.h"
#include "hash.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char english[] =
    "the quick brown fox jumps over the lazy dog, and runs on and on over the hills\n";

typedef struct fixture {
    text t;
    vocab *v;
    int *ix;
    train *r;
} fixture;

static fixture fixture_new(int iterations)
{
    error e;
    fixture f;
    train_options o = train_defaults;
    o.hidden = 7;
    o.seq_length = 9;
    o.seed = 3;
    cr_assert(text_from(&f.t, english, "test", &e), "%s", e.text);
    f.v = vocab_of(&f.t);
    f.ix = malloc((size_t) f.t.length * sizeof *f.ix);
    vocab_encode(f.v, &f.t, f.ix);
    f.r = train_new(&o, f.ix, f.t.length, f.v->size);
    rng_randn(&f.r->draws); /* an odd number of draws: one number is kept */
    for (int n = 0; n < iterations; n++) train_step(f.r);
    return f;
}

static void fixture_free(fixture *f)
{
    text_free(&f->t);
    vocab_free(f->v);
    free(f->ix);
    train_free(f->r);
}

static uint64_t hash_of(const fixture *f) { return hash_bytes(HASH_START, f->t.bytes, f->t.size); }

static const char *path_of(const char *name)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", own_folder(), name);
    return path;
}

Test(checkpoint, a_loaded_run_goes_on_bit_for_bit)
{
    error e;
    fixture a = fixture_new(33), b = fixture_new(0);
    train_options o;
    vocab *v;
    cr_assert(checkpoint_save(path_of("a.npy"), a.r, a.v, hash_of(&a), &e), "%s", e.text);
    npy *file = savefile_open(path_of("a.npy"), &e);
    cr_assert_not_null(file, "%s", e.text);
    cr_assert(checkpoint_options(file, "a.npy", &o, &v, &e), "%s", e.text);
    cr_assert_eq(memcmp(&o.hidden, &a.r->options.hidden, sizeof o.hidden), 0);
    cr_assert_eq(o.seq_length, 9);
    cr_assert_eq(o.seed, 3);
    cr_assert_eq(v->size, a.v->size);
    cr_assert(savefile_text_is(file, hash_of(&a)));
    cr_assert_not(savefile_text_is(file, hash_of(&a) + 1));
    cr_assert(checkpoint_state(file, "a.npy", b.r, &e), "%s", e.text);
    npy_free(file);
    for (int n = 0; n < 40; n++) cr_assert_eq(train_step(a.r), train_step(b.r));
    for (int n = 0; n < 5; n++) cr_assert_eq(rng_randn(&a.r->draws), rng_randn(&b.r->draws));
    for (int k = 0; k < 5; k++) {
        cr_assert(same_bits(a.r->net->all[k], b.r->net->all[k]));
        cr_assert(same_bits(a.r->m->all[k], b.r->m->all[k]));
    }
    cr_assert_eq(a.r->n, b.r->n);
    cr_assert_eq(a.r->p, b.r->p);
    cr_assert_eq(a.r->smooth_loss, b.r->smooth_loss);
    vocab_free(v);
    fixture_free(&a);
    fixture_free(&b);
}

Test(checkpoint, numpy_opens_it)
{
    error e;
    is_long();
    result have = run("/usr/bin/python3 -c 'import numpy' || python3 -c 'import numpy'");
    if (have.status != 0) cr_skip_test("no Python with NumPy");
    result_free(&have);
    fixture f = fixture_new(12);
    cr_assert(checkpoint_save(path_of("n.npy"), f.r, f.v, hash_of(&f), &e), "%s", e.text);
    result r =
        run("python=python3; $python -c 'import numpy' 2>/dev/null || python=/usr/bin/python3\n"
            "$python -c '\n"
            "import numpy as np, sys\n"
            "c = np.load(\"'$TMP'/n.npy\")\n"
            "np.save(\"'$TMP'/again.npy\", c)\n"
            "np.save(\"'$TMP'/big.npy\", c.astype(c.dtype.newbyteorder(\">\")))\n"
            "np.save(\"'$TMP'/array.npy\", c[\"Wxh\"])\n"
            "c[\"Wxh\"][1, 1] += 1\n"
            "np.save(\"'$TMP'/changed.npy\", c)\n"
            "c[\"Wxh\"][1, 1] -= 1\n"
            "print(c[\"n\"], c[\"p\"], c[\"hidden\"], c[\"vocab_size\"], c[\"seed\"])\n"
            "print(*[c[k].shape for k in (\"Wxh\", \"Whh\", \"Why\", \"bh\", \"by\", \"mWxh\", "
            "\"hprev\", \"mt\")])\n"
            "print(repr(float(c[\"smooth_loss\"])), repr(float(c[\"Why\"][2, 3])))\n"
            "print(\"\".join(chr(u) for u in c[\"vocab\"]).encode())\n"
            "'");
    char expected[500];
    cr_assert_eq(r.status, 0, "%s", r.err);
    int n = snprintf(expected, sizeof expected,
                     "12 %d 7 %d 3\n(7, %d) (7, 7) (%d, 7) (7, 1) (%d, 1) (7, %d) (7, 1) (624,)\n",
                     f.r->p, f.v->size, f.v->size, f.v->size, f.v->size, f.v->size);
    cr_assert_eq(strncmp(r.out, expected, (size_t) n), 0, "%s", r.out);
    double smooth, weight;
    cr_assert_eq(sscanf(r.out + n, "%lf %lf", &smooth, &weight), 2);
    cr_assert_eq(smooth, f.r->smooth_loss);
    cr_assert_eq(weight, (double) f.r->net->Why->v[2 * 7 + 3]);
    cr_assert_not_null(strstr(r.out, "abcdefghijklmno"));
    result_free(&r);
    npy *again = savefile_open(path_of("again.npy"), &e);
    cr_assert_not_null(again, "%s", e.text);
    npy_free(again);
    cr_assert_null(savefile_open(path_of("big.npy"), &e));
    cr_assert_not_null(strstr(e.text, "big-endian"), "%s", e.text);
    cr_assert_null(savefile_open(path_of("array.npy"), &e));
    cr_assert_not_null(strstr(e.text, "not a checkpoint"), "%s", e.text);
    cr_assert_null(savefile_open(path_of("changed.npy"), &e));
    cr_assert_not_null(strstr(e.text, "checksum"), "%s", e.text);
    fixture_free(&f);
}

/* A vocabulary has characters that a text can have. */
Test(checkpoint, a_vocabulary_of_other_numbers_is_refused)
{
    static const uint32_t wrong[] = {0, 0xD800, 0xDFFF, TEXT_CODES};
    for (int k = 0; k < 4; k++) {
        error e;
        train_options o;
        fixture f = fixture_new(0);
        f.v->ix_to_char[k == 0 ? 0 : f.v->size - 1] = wrong[k];
        cr_assert(checkpoint_save(path_of("v.npy"), f.r, f.v, 1, &e), "%s", e.text);
        npy *file = savefile_open(path_of("v.npy"), &e);
        cr_assert_not(checkpoint_options(file, "v.npy", &o, NULL, &e), "%x", (unsigned) wrong[k]);
        cr_assert_not_null(strstr(e.text, "(vocab)"), "%s", e.text);
        npy_free(file);
        fixture_free(&f);
    }
}

/* Damage every byte of the file in turn: it may be refused or load as another run, but does no harm. */
Test(checkpoint, a_damaged_file_does_no_harm)
{
    error e;
    size_t size;
    fixture a = fixture_new(5), b = fixture_new(0);
    cr_assert(checkpoint_save(path_of("d.npy"), a.r, a.v, 1, &e), "%s", e.text);
    char *bytes = file_read(path_of("d.npy"), &size, &e);
    int refused = 0;
    for (size_t i = 0; i < size && i < 4000; i++) {
        train_options o;
        vocab *v = NULL;
        bytes[i] ^= 0x55;
        npy *file = npy_read(write_file("e.npy", bytes, size), &e);
        if (!file || !checkpoint_options(file, "e.npy", &o, &v, &e))
            refused++;
        else if (o.hidden == 7 && v->size == a.v->size)
            refused += !checkpoint_state(file, "e.npy", b.r, &e);
        bytes[i] ^= 0x55;
        vocab_free(v);
        npy_free(file);
    }
    cr_assert_gt(refused, 500);
    for (size_t cut = 0; cut < size; cut += 37)
        cr_assert_null(npy_read(write_file("e.npy", bytes, cut), &e));
    free(bytes);
    fixture_free(&a);
    fixture_free(&b);
}
