/* test_words.c: training on words, against golden/words.tsv (runs of a NumPy program). */
#include "words.h"

#include "support/words_golden.h"

#include <criterion/criterion.h>
#include <signal.h>

static text text_of(const char *utf8)
{
    text t;
    error e;
    cr_assert(text_from(&t, utf8, "test", &e), "%s", e.text);
    return t;
}

Test(words, are_laid_out_with_their_end_marks)
{
    text t = text_of("ab\n\nc"); /* the empty line is not a word */
    words *w = words_new(&t, 3);
    cr_assert_eq(w->vocab->size, 4);
    cr_assert_eq(w->count, 3); /* ab, c and '\n' itself */
    static const int ix[] = {1, 2, 0, 3, 0, 0, 0}, start[] = {0, 3, 5, 7};
    for (int i = 0; i < 7; i++) cr_assert_eq(w->ix[i], ix[i]);
    for (int i = 0; i < 4; i++) cr_assert_eq(w->start[i], start[i]);
    words_free(w);
    text_free(&t);
}

Test(words, sgd_takes_one_step_down_the_gradient)
{
    rnn *net = rnn_new(2, 3), *d = rnn_new(2, 3);
    double rate = 0.25;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) {
            net->all[k]->v[i] = (real) i;
            d->all[k]->v[i] = (real) (k - 2);
        }
    words_sgd(net, d, &rate);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            cr_assert_eq(net->all[k]->v[i], (real) (i - 0.25 * (k - 2)));
    rnn_free(net);
    rnn_free(d);
}

Test(words, a_guess_has_no_more_ids_than_asked_for)
{
    text t = text_of(words_one);
    words *w = words_new(&t, 3);
    rnn *net = rnn_new(3, 7); /* zeros: every character is as likely as the end */
    rng draws;
    int ix[4], longest = 0, ended = 0;
    rng_seed(&draws, 1);
    for (int i = 0; i < 100; i++) {
        const int n = words_guess(w, net, w->ix[0], 4, &draws, ix);
        cr_assert_eq(ix[0], w->ix[0]);
        for (int k = 0; k < n; k++) cr_assert_neq(ix[k], w->end);
        longest = n > longest ? n : longest;
        ended += n < 4;
    }
    cr_assert_eq(longest, 4);
    cr_assert_gt(ended, 10);
    words_free(w);
    rnn_free(net);
    text_free(&t);
}

/* Each of these passes with only one of the two backward passes: see red.tsv. */
Test(words, one_word_naive) { words_golden(words_one, "one word naive", 50, NULL, 0, 105); }
Test(words, two_words_naive) { words_golden(words_two, "two words naive", 30, NULL, 0, 85); }
Test(words, two_words_bptt) { words_golden(words_two, "two words bptt", 30, NULL, 0, 105); }
