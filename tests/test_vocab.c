/* test_vocab.c: characters, ids, one-hot vectors. */
#include "support/support.h"
#include "vocab.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

static text text_of(const char *utf8)
{
    text t;
    error e;
    cr_assert(text_from(&t, utf8, "test", &e), "%s", e.text);
    return t;
}

Test(vocab, is_sorted_and_has_each_character_once)
{
    text t = text_of("vector\nvector\n");
    vocab *v = vocab_of(&t);
    cr_assert_not_null(v);
    cr_assert_eq(v->size, 7);
    static const uint32_t sorted[] = {'\n', 'c', 'e', 'o', 'r', 't', 'v'};
    for (int i = 0; i < 7; i++) {
        cr_assert_eq(v->ix_to_char[i], sorted[i]);
        cr_assert_eq(vocab_ix(v, sorted[i]), i);
    }
    vocab_free(v);
    text_free(&t);
}

Test(vocab, of_vector_grows_from_6_to_7_by_the_end_mark)
{
    text word = text_of("vector"), ended = text_of("vector\n");
    vocab *v = vocab_of(&word), *w = vocab_of(&ended);
    cr_assert_eq(v->size, 6);
    cr_assert_eq(w->size, 7);
    vocab_free(v);
    vocab_free(w);
    text_free(&word);
    text_free(&ended);
}

Test(vocab, has_no_id_for_a_character_that_is_not_there)
{
    text t = text_of("abc");
    vocab *v = vocab_of(&t);
    cr_assert_eq(vocab_ix(v, 'd'), -1);
    cr_assert_eq(vocab_ix(v, 0xAC00), -1);
    cr_assert_eq(vocab_ix(v, 0x7FFFFFFF), -1);
    vocab_free(v);
    text_free(&t);
}

Test(vocab, encodes_and_decodes_korean)
{
    static const char korean[] = "동해 물과 백두산이\n마르고 닳도록";
    text t = text_of(korean);
    vocab *v = vocab_of(&t);
    int ix[32];
    char back[128];
    cr_assert_eq(t.length, 18);
    cr_assert_eq(vocab_encode(v, &t, ix), -1);
    cr_assert_eq(vocab_decode(v, ix, t.length, back), (int) strlen(korean));
    cr_assert_str_eq(back, korean);
    for (int i = 1; i < v->size; i++) cr_assert_gt(v->ix_to_char[i], v->ix_to_char[i - 1]);
    vocab_free(v);
    text_free(&t);
}

Test(vocab, encode_tells_the_first_unknown_character)
{
    text known = text_of("abc"), t = text_of("abxcy");
    vocab *v = vocab_of(&known);
    int ix[5];
    cr_assert_eq(vocab_encode(v, &t, ix), 2);
    static const int expected[] = {0, 1, -1, 2, -1};
    for (int i = 0; i < 5; i++) cr_assert_eq(ix[i], expected[i]);
    vocab_free(v);
    text_free(&known);
    text_free(&t);
}

Test(vocab, keeps_a_given_order)
{
    static const uint32_t order[] = {'v', '\n', 't', 'c', 'r', 'e', 'o'};
    vocab *v = vocab_in_order(order, 7);
    for (int i = 0; i < 7; i++) cr_assert_eq(vocab_ix(v, order[i]), i);
    vocab_free(v);
}

Test(vocab, one_hot_has_a_single_1)
{
    mat *x = mat_new(5, 1);
    for (int i = 0; i < 5; i++) x->v[i] = 7;
    one_hot(x, 3);
    for (int i = 0; i < 5; i++) cr_assert_eq(x->v[i], i == 3 ? 1 : 0);
    mat_free(x);
}

Test(vocab, a_matrix_times_one_hot_is_its_column)
{
    mat *W = mat_new(4, 11), *x = mat_new(11, 1), *product = mat_new(4, 1), *column = mat_new(4, 1);
    for (int i = 0; i < mat_size(W); i++) W->v[i] = (real) (i * i % 17) - 8;
    for (int ix = 0; ix < 11; ix++) {
        mat_add_ax(mat_zero(product), W, one_hot(x, ix));
        mat_add_column(mat_zero(column), W, ix);
        cr_assert(same_bits(product, column));
    }
    mat_free(W);
    mat_free(x);
    mat_free(product);
    mat_free(column);
}

/* Contracts: a caller's mistake aborts the program. */
Test(vocab_contract, one_hot_refuses_an_id_out_of_range, .signal = SIGABRT)
{
    mat *x = mat_new(5, 1);
    one_hot(x, 5);
}

Test(vocab_contract, no_character_twice, .signal = SIGABRT)
{
    static const uint32_t order[] = {'a', 'b', 'a'};
    vocab_in_order(order, 3);
}
