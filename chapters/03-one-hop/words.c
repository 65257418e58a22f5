/* words.c: training on words, guessing words. See words.h. */
#include "words.h"

#include "require.h"

#include <stdlib.h>

const char words_one[] = "vector\n";
const char words_two[] = "vector\nectoaxg\nectoaxg\nectoaxg\nectoaxg\nectoaxg\nectoaxg\nectoaxg\n"
                         "ectoaxg\nectoaxg\nectoaxg\nectoaxg\nectoaxg\nectoaxg\nectoaxg\n";

/* Fill ix and start: word, '\n', word, '\n', ..., then the word '\n' and its '\n'. Returns the longest length. */
static int lay_out(words *w, const text *t)
{
    int n = 0, longest = 1, start = 0;
    const char *at = t->bytes, *end = t->bytes + t->size;
    while (at < end) {
        const int ix = vocab_ix(w->vocab, text_next(&at));
        if (ix != w->end) w->ix[n++] = ix;
        if ((ix == w->end || at == end) && n > start) { /* a word is complete */
            w->ix[n++] = w->end;
            w->start[w->count++] = start;
            longest = n - start > longest ? n - start : longest;
            start = n;
        }
    }
    w->start[w->count++] = n;
    w->ix[n++] = w->end;
    w->ix[n++] = w->end;
    w->start[w->count] = n;
    return longest;
}

words *words_new(const text *t, int H)
{
    text with_end = {.bytes = malloc(t->size + 2), .size = t->size + 1, .length = t->length + 1};
    words *w = calloc(1, sizeof *w);
    if (w && with_end.bytes) {
        for (size_t i = 0; i < t->size; i++) with_end.bytes[i] = t->bytes[i];
        with_end.bytes[t->size] = '\n'; /* data.append('\n') */
        with_end.bytes[t->size + 1] = '\0';
        w->vocab = vocab_of(&with_end);
        w->ix = calloc((size_t) t->length + 4, sizeof *w->ix);
        w->start = calloc((size_t) t->length + 4, sizeof *w->start);
    }
    free(with_end.bytes);
    if (w && w->vocab && w->ix && w->start) {
        const int V = w->vocab->size;
        w->end = vocab_ix(w->vocab, '\n');
        const int longest = lay_out(w, t);
        w->h0 = mat_new(H, 1);
        w->tr = trace_new(H, V, longest);
        w->scratch = work_new(H, V);
        w->d = rnn_new(H, V);
        if (w->h0 && w->tr && w->scratch && w->d) return w;
    }
    words_free(w);
    return NULL;
}

void words_free(words *w)
{
    if (!w) return;
    vocab_free(w->vocab);
    free(w->ix);
    free(w->start);
    mat_free(w->h0);
    trace_free(w->tr);
    work_free(w->scratch);
    rnn_free(w->d);
    free(w);
}

double words_pass(words *w, rnn *net, words_update *update, void *with)
{
    double loss_sum = 0;
    for (int i = 0; i < w->count; i++) {
        const int *inputs = w->ix + w->start[i], *targets = inputs + 1;
        w->tr->T = w->start[i + 1] - w->start[i] - 1;
        loss_sum += rnn_forward(net, inputs, targets, w->h0, w->tr);
        rnn_zero(w->d);
        rnn_backward(net, w->tr, targets, w->d, w->scratch);
        update(net, w->d, with);
    }
    return loss_sum / w->count;
}

void words_sgd(rnn *net, rnn *d, void *with)
{
    const double learning_rate = *(const double *) with;
    for (int k = 0; k < 5; k++) {
        real *param = net->all[k]->v;
        const real *dparam = d->all[k]->v, rate = (real) -learning_rate;
        for (int i = 0; i < mat_size(d->all[k]); i++) param[i] += rate * dparam[i]; /* -lr dparam */
    }
}

int words_guess(words *w, const rnn *net, int first, int most, rng *draws, int *ix)
{
    mat **hs = w->tr->hs, *y = w->tr->ys[0], *p = w->tr->ps[0];
    int n = 0, next = first;
    REQUIRE(most, >, 0);
    mat_zero(hs[-1]);
    do {
        ix[n++] = next;
        rnn_step(net, next, hs[-1], hs[0], y, p);
        mat_copy(hs[-1], hs[0]);
        next = rng_choice(draws, p);
    } while (n < most && next != w->end && next >= 0);
    return n;
}
