/* gates.h: runs of stacks of recurrent layers against tables that a NumPy program has made. */
#ifndef GATES_H
#define GATES_H

#include "celltrain.h"
#include "corpus.h"
#include "support/support.h"
#include "vocab.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The ids of a text: its words in the order in which they appear, or its characters in the order of code points. */
static int *ids_of(bool chars, int most, int *count, int *V)
{
    text t;
    error e;
    const char *path = chars ? "chapters/08-min-char-rnn/texts/aegukga.txt"
                             : "chapters/10-rnnlm/texts/declaration_words.txt";
    cr_assert(text_read(&t, path, &e), "%s", e.text);
    if (!chars) {
        corpus *c = corpus_new(&t, most, most);
        *count = c->count;
        *V = c->V;
        return c->ids;
    }
    vocab *v = vocab_of(&t);
    int *ids = calloc((size_t) t.length, sizeof *ids);
    vocab_encode(v, &t, ids);
    *count = t.length;
    *V = v->size;
    return ids;
}

/* The number after a word in the first line of a table. */
static double told(const char *head, const char *word)
{
    const char *at = strstr(head, word);
    cr_assert_not_null(at, "%s: no %s", head, word);
    return strtod(at + strlen(word), NULL);
}

/* The options of the run that the first line of a table of tests/golden tells, and the ids of its text. */
static celltrain_options gates_options(const char *table, const celltype *type, const int **ids,
                                       int *count, int *V)
{
    char head[400], path[100], cell[20];
    needs_double();
    snprintf(path, sizeof path, "tests/golden/%s", table);
    FILE *f = fopen(path, "r");
    cr_assert(f && fgets(head, sizeof head, f));
    fclose(f);
    snprintf(cell, sizeof cell, "cell %s,", type->name);
    cr_assert_not_null(strstr(head, cell), "%s is not of %s", table, type->name);
    const bool chars = strstr(head, "unit char") != NULL;
    *ids = ids_of(chars, chars ? 0 : (int) told(head, "unit word, "), count, V);
    cr_assert_eq(*V, (int) told(head, "vocabulary "));
    return (celltrain_options){type,
                               (int) told(head, "layers "),
                               {(int) told(head, "batch "), (int) told(head, "wordvec "),
                                (int) told(head, "hidden "), (int) told(head, "time "),
                                told(head, "lr "), (uint32_t) told(head, "seed ")},
                               told(head, "clip_norm "),
                               told(head, "forget_bias "),
                               strstr(head, "adagrad") != NULL};
}

/* Losses and gradient norms of all steps must agree with the table within 1e-9. */
static void gates_agree(const char *table, double (*step)(void *run, double *norm), void *run)
{
    tsv *t = golden(table);
    cr_assert_eq(t->rows, 1 + 200); /* a row of names */
    for (int k = 0; k + 1 < t->rows; k++) {
        double own;
        const double loss = step(run, &own), expected = atof(t->row[k + 1][1]),
                     norm = atof(t->row[k + 1][2]);
        cr_assert(near(loss / expected, 1, 1e-9), "iteration %d: loss %.17g, NumPy %.17g", k, loss,
                  expected);
        cr_assert(near(own / norm, 1, 1e-9), "iteration %d: norm %.17g, NumPy %.17g", k, own, norm);
    }
}

#endif
