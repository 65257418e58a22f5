/* test_lexicon.c: bytes, characters, jamo and words as ids and back. */
#include "lexicon.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static text of(const char *utf8)
{
    text t;
    error e;
    cr_assert(text_from(&t, utf8, "text", &e), "%s", e.text);
    return t;
}

/* A text comes back from its ids, in every unit. */
Test(lexicon, there_and_back)
{
    text t = of("동해 물과\n백두산이 a\n");
    static const int sizes[LEXICON_UNITS] = {20, 10, 15, 5};
    for (int unit = 0; unit < LEXICON_UNITS; unit++) {
        lexicon x;
        int count;
        cr_assert(lexicon_of(&x, unit, &t, 0));
        int *ids = lexicon_encode(&x, &t, &count);
        char *back = lexicon_decode(&x, ids, count);
        cr_assert_str_eq(back, t.bytes, "unit %d", unit);
        cr_assert_geq(x.V, sizes[unit] / 2);
        for (int i = 0; i < count; i++) cr_assert(ids[i] >= 0 && ids[i] < x.V);
        free(ids);
        free(back);
        lexicon_free(&x);
    }
    text_free(&t);
}

Test(lexicon, unknown_symbols)
{
    text t = of("ab ab\n"), other = of("abc b\n");
    for (int unit = 0; unit < LEXICON_UNITS; unit++) {
        lexicon x;
        int count, unknown = 0;
        cr_assert(lexicon_of(&x, unit, &t, 0));
        int *ids = lexicon_encode(&x, &other, &count);
        for (int i = 0; i < count; i++) unknown += ids[i] == -1;
        cr_assert_eq(unknown, unit == LEXICON_WORD ? 2 : 1);
        free(ids);
        lexicon_free(&x);
    }
    text_free(&t);
    text_free(&other);
}

/* Only the first symbols of a text are known, if asked for. */
Test(lexicon, first_symbols)
{
    lexicon x;
    text t = of("abc de abc\n");
    cr_assert(lexicon_of(&x, UNIT_CHAR, &t, 3));
    cr_assert_eq(x.V, 3);
    lexicon_free(&x);
    cr_assert(lexicon_of(&x, LEXICON_WORD, &t, 1));
    cr_assert_eq(x.V, 1);
    cr_assert_eq(lexicon_start(&x), 0);
    lexicon_free(&x);
    text_free(&t);
}

Test(lexicon, visible_symbols)
{
    char shown[TEXT_SHOWN_ROOM];
    lexicon x;
    int count;
    text t = of("한\n");
    cr_assert(lexicon_of(&x, UNIT_BYTE, &t, 0));
    int *ids = lexicon_encode(&x, &t, &count);
    cr_assert_str_eq(lexicon_show(shown, &x, ids[0]), "\\xed");
    cr_assert_str_eq(lexicon_show(shown, &x, ids[3]), "\\n");
    cr_assert_eq(lexicon_start(&x), ids[3]);
    free(ids);
    lexicon_free(&x);
    cr_assert(lexicon_of(&x, UNIT_JAMO, &t, 0));
    ids = lexicon_encode(&x, &t, &count);
    cr_assert_eq(count, 4);
    cr_assert_str_eq(lexicon_show(shown, &x, ids[0]), "ㅎ");
    cr_assert_str_eq(lexicon_show(shown, &x, ids[2]), "ㄴ");
    free(ids);
    lexicon_free(&x);
    text_free(&t);
}

Test(lexicon, decomposed)
{
    text nfd = of("cafe\u0301 1"), nfc = of("café 1");
    for (int unit = 0; unit < LEXICON_UNITS; unit++) {
        lexicon x, y;
        cr_assert(lexicon_of(&x, unit, &nfd, 0) && lexicon_of(&y, unit, &nfc, 0));
        cr_assert_eq(lexicon_decomposed(&x), unit == UNIT_CHAR || unit == LEXICON_WORD);
        cr_assert_not(lexicon_decomposed(&y));
        lexicon_free(&x);
        lexicon_free(&y);
    }
    text_free(&nfd);
    text_free(&nfc);
}
