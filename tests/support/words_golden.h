/* words_golden.h: repeats a run of golden/words.tsv, for the tests of words and clipping. A header, because the
 * tests of chapters 1 and 2 are linked without the functions that it calls. */
#ifndef WORDS_GOLDEN_H
#define WORDS_GOLDEN_H

#include "support.h"
#include "words.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct golden_step {
    double learning_rate;
    void (*clip)(mat *const d[], int n, double most);
    double most;
} golden_step;

static void golden_update(rnn *net, rnn *d, void *with)
{
    golden_step *s = with;
    if (s->clip) s->clip(d->all, 5, s->most);
    words_sgd(net, d, &s->learning_rate);
}

/* Make every weight one unit in the last place larger. */
static void golden_nudge(rnn *net)
{
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) net->all[k]->v[i] *= (real) (1 + 0x1p-52);
}

/* Repeat the run of one seed, from the table's lines below its head. NumPy's dot rounds differently from ours,
 * and training is chaotic: rows are compared as long as a run from nudged weights still agrees with ours.
 * Returns how many were compared. */
static int golden_seed(FILE *file, const char *utf8, int hidden, uint32_t seed, golden_step *step)
{
    text t;
    error e;
    rng draws;
    char line[200], guessed[100];
    int pass = 0, losses = 0, guesses = 0, ix[40];
    double loss = 0, nudged_loss = 0;
    bool steady = true;
    cr_assert(text_from(&t, utf8, "words", &e), "%s", e.text);
    words *w = words_new(&t, hidden);
    rnn *net = rnn_new(hidden, w->vocab->size), *nudged = rnn_new(hidden, w->vocab->size);
    rng_seed(&draws, seed);
    make_parameters(nudged, &draws);
    golden_nudge(nudged);
    rng_seed(&draws, seed);
    make_parameters(net, &draws);
    while (steady && fgets(line, sizeof line, file) && line[0] != '#') {
        double expected;
        int until = 1001;
        const bool is_loss = sscanf(line, "%d\t%lf", &until, &expected) == 2;
        for (; pass < until; pass++) {
            loss = words_pass(w, net, golden_update, step);
            nudged_loss = words_pass(w, nudged, golden_update, step);
        }
        steady = fabs(loss - nudged_loss) <= 1e-10 * loss;
        if (is_loss && steady) {
            cr_assert(near(loss / expected, 1, 1e-9), "seed %u, pass %d: %.17g, NumPy %.17g",
                      (unsigned) seed, pass, loss, expected);
            losses++;
        } else if (steady) {
            vocab_decode(w->vocab, ix, words_guess(w, net, w->ix[0], 40, &draws, ix), guessed);
            line[strcspn(line, "\n")] = '\0';
            cr_assert_str_eq(guessed, line + strlen("guess\t"), "seed %u", (unsigned) seed);
            guesses++;
        }
    }
    cr_assert(!steady || (losses == 11 && guesses == 10));
    words_free(w);
    rnn_free(net);
    rnn_free(nudged);
    text_free(&t);
    return losses + guesses;
}

/* Repeat the golden runs of this name, one per seed, and compare losses and guesses; at_least of the 105 rows
 * must be comparable. clip: applied to each gradient before the step, or NULL. */
static void words_golden(const char *utf8, const char *name, int hidden,
                         void (*clip)(mat *const d[], int n, double most), double most,
                         int at_least)
{
    static const unsigned seeds[] = {0, 1, 2, 5, 7};
    golden_step step = {0.1, clip, most};
    int rows = 0;
    needs_double();
    is_long();
    for (size_t k = 0; k < sizeof seeds / sizeof *seeds; k++) {
        char head[100], line[200];
        FILE *file = fopen("tests/golden/words.tsv", "r");
        cr_assert_not_null(file);
        if (clip)
            snprintf(head, sizeof head, "# %s hidden %d seed %u clip %g\n", name, hidden, seeds[k],
                     most);
        else
            snprintf(head, sizeof head, "# %s hidden %d seed %u clip None\n", name, hidden,
                     seeds[k]);
        bool found = false;
        while (!found && fgets(line, sizeof line, file)) found = strcmp(line, head) == 0;
        cr_assert(found, "no run %s", head);
        const int held = golden_seed(file, utf8, hidden, seeds[k], &step);
        cr_assert_geq(held, 2, "seed %u: only %d rows could be compared", seeds[k], held);
        rows += held;
        fclose(file);
    }
    cr_assert_geq(rows, at_least, "only %d rows could be compared", rows);
}

#endif
