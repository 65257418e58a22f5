/* test_charrun.c: the text, the tests and the file of a run. */
#include "charrun.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static charrun small_run(const char *utf8, int unit, double held_out, int first)
{
    text t;
    error e;
    charrun c = {.o = charrun_defaults};
    c.o.net.hidden = 5;
    c.o.net.embed = 3;
    c.o.net.batch = 2;
    c.o.net.shards = 2;
    c.o.net.seq_length = 2;
    c.o.unit = unit;
    c.o.held_out = held_out;
    c.o.first = first;
    cr_assert(text_from(&t, utf8, "text", &e));
    cr_assert(charrun_read(&c, &t, "text", &e) && charrun_start(&c, &e), "%s", e.text);
    text_free(&t);
    return c;
}

Test(charrun, best_path)
{
    static const char *const pair[][2] = {{"a.npy", "a-best.npy"},
                                          {"a", "a-best"},
                                          {"x/.npy", "x/-best.npy"},
                                          {"a.npy.b", "a.npy.b-best"}};
    for (size_t k = 0; k < sizeof pair / sizeof *pair; k++) {
        char *path = charrun_best_path(pair[k][0]);
        cr_assert_str_eq(path, pair[k][1]);
        free(path);
    }
    cr_assert_null(charrun_best_path(NULL));
}

/* Characters of all that is read are known; words only of what is learned. */
Test(charrun, what_is_held_out)
{
    charrun c = small_run("abababababababababxy", UNIT_CHAR, 0.1, 0);
    cr_assert_eq(c.trained, 18);
    cr_assert_eq(c.held, 2);
    cr_assert_eq(c.x.V, 4);
    cr_assert_eq(c.unknown, 0);
    charrun_free(&c);
    c = small_run("a b a b a b a b a c", LEXICON_WORD, 0.2, 0);
    cr_assert_eq(c.trained, 8);
    cr_assert_eq(c.x.V, 2);
    cr_assert_eq(c.unknown, 1);
    charrun_free(&c);
    c = small_run("abcdabcdabcdxyzxyz", UNIT_CHAR, 0, 12);
    cr_assert_eq(c.trained, 12);
    cr_assert_eq(c.x.V, 4);
    cr_assert(isnan(charrun_held_out(&c)));
    charrun_free(&c);
}

/* A text for a vocabulary that lacks some of its symbols: they are left out of what is learned, and only counted in what
 * is held out. */
Test(charrun, a_text_for_a_given_vocabulary)
{
    text t;
    error e;
    charrun c = small_run("abababababab", UNIT_CHAR, 0, 0);
    free(c.ids);
    c.o.held_out = 0.25;
    cr_assert(text_from(&t, "axbaxbaxbababxab", "text", &e));
    cr_assert(charrun_read(&c, &t, "text", &e), "%s", e.text);
    cr_assert_eq(c.trained, 9);
    cr_assert_eq(c.dropped, 3);
    cr_assert_eq(c.held, 4);
    cr_assert_eq(c.unknown, 1);
    text_free(&t);
    charrun_free(&c);
}

/* A test that is not the best lowers the rate once, also if it is repeated; patience counts from the best. */
Test(charrun, tests_decide)
{
    charrun c = small_run("abababababababababab", UNIT_CHAR, 0.1, 0);
    c.o.every = 10;
    c.o.patience = 2;
    c.r->n = 10;
    cr_assert(charrun_tested(&c, 2));
    c.r->n = 20;
    cr_assert_not(charrun_tested(&c, 2));
    cr_assert_not(charrun_tested(&c, 1));
    cr_assert_eq(c.r->rate, c.o.net.learning_rate / 2);
    cr_assert_not(charrun_is_over(&c));
    c.r->n = 30;
    cr_assert_not(charrun_tested(&c, NAN));
    cr_assert(charrun_is_over(&c));
    cr_assert(charrun_tested(&c, 1));
    cr_assert_eq(c.best_n, 30);
    cr_assert_not(charrun_is_over(&c));
    charrun_free(&c);
}

/* All that is saved comes back; a file of eight layers with Adam's two memories has room for all its fields. */
Test(charrun, a_file_comes_back)
{
    error e;
    charrun c = small_run("abcabcabcabcabcabc", UNIT_JAMO, 0, 0), d = {.o = charrun_defaults};
    c.o.net.layers = CELLNET_LAYERS;
    charnet_free(c.r);
    cr_assert(charrun_start(&c, &e));
    for (int k = 0; k < 3; k++) charnet_step(c.r);
    char path[500];
    snprintf(path, sizeof path, "%s/a.npy", own_folder());
    cr_assert(charrun_save(path, &c, &e), "%s", e.text);
    npy *file = savefile_open(path, &e);
    cr_assert(file && charrun_options_of(file, path, &d, &e), "%s", e.text);
    cr_assert_eq(d.o.net.layers, CELLNET_LAYERS);
    cr_assert_eq(d.x.V, 3);
    d.o.net.threads = 1;
    d.ids = calloc((size_t) c.trained, sizeof *d.ids);
    memcpy(d.ids, c.ids, (size_t) c.trained * sizeof *d.ids);
    d.trained = c.trained;
    cr_assert(charrun_start(&d, &e) && charrun_state_of(file, path, &d, &e), "%s", e.text);
    cr_assert_eq(charnet_step(c.r), charnet_step(d.r));
    cr_assert_eq(charnet_step(c.r), charnet_step(d.r));
    npy_free(file);
    charrun_free(&c);
    charrun_free(&d);
}
