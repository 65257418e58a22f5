/* test_unit.c: bytes, characters and jamo as ids and back, and the price of the unknown. */
#include "unit.h"

#include "hangul.h"
#include "rng.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static text text_of(const char *utf8)
{
    text t;
    error e;
    cr_assert(text_from(&t, utf8, "test", &e), "%s", e.text);
    return t;
}

/* A text's symbols; *n gets how many. */
static uint32_t *split(unit_kind kind, const char *utf8, int *n)
{
    text t = text_of(utf8);
    uint32_t *symbols = calloc(t.size, sizeof *symbols);
    *n = unit_split(kind, &t, symbols);
    cr_assert_leq((size_t) *n, t.size);
    text_free(&t);
    return symbols;
}

/* A text with the vocabulary of `known` must come back as `back`. */
static void comes_back(unit_kind kind, const char *known, int least, const char *utf8,
                       const char *back, unit_faults faults)
{
    int n, k;
    uint32_t *of_known = split(kind, known, &k), *symbols = split(kind, utf8, &n);
    vocab *v = unit_vocab(of_known, k, least);
    int *ids = calloc((size_t) n, sizeof *ids);
    char *out = malloc(4 * (size_t) n + 1);
    unit_faults f;
    cr_assert_eq(unit_encode(v, symbols, n, ids), faults.escapes);
    cr_assert_eq(unit_decode(kind, v, ids, n, out, &f), (int) strlen(back));
    cr_assert_str_eq(out, back);
    cr_assert(f.bytes == faults.bytes && f.jamo == faults.jamo && f.escapes == faults.escapes,
              "%s: %d bytes, %d jamo, %d escapes", utf8, f.bytes, f.jamo, f.escapes);
    unit_decode(kind, v, ids, n, out, NULL);
    cr_assert_str_eq(out, back);
    free(out);
    free(ids);
    free(symbols);
    free(of_known);
    vocab_free(v);
}

Test(unit, every_text_comes_back_from_every_unit)
{
    static const char *const texts[] = {"a", "한글은 좋다.\n", "값이 없읎다! 👍 漢字 ㅋㅋ\tx",
                                        "\u1112\u119E\u11AB"}; /* the last: an old syllable */
    for (int kind = 0; kind < UNIT_KINDS; kind++)
        for (int i = 0; i < 3; i++)
            comes_back((unit_kind) kind, texts[i], 0, texts[i], texts[i], (unit_faults){0, 0, 0});
    comes_back(UNIT_CHAR, texts[3], 0, texts[3], "ㅎ\u119Eㄴ", (unit_faults){0, 2, 0});
}

Test(unit, counts_are_those_of_the_lesson)
{
    static const struct {
        unit_kind kind;
        int n;
        uint32_t symbols[9];
    } expected[] = {
        {UNIT_BYTE, 8, {0xEA, 0xB0, 0x81, ' ', 0xEC, 0x95, 0x84, '\n'}},
        {UNIT_CHAR, 4, {0xAC01, ' ', 0xC544, '\n'}},
        {UNIT_JAMO, 7, {0x1100, 0x1161, 0x11A8, ' ', 0x110B, 0x1161, '\n'}},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        int n;
        uint32_t *symbols = split(expected[i].kind, "각 아\n", &n);
        cr_assert_eq(n, expected[i].n);
        cr_assert_eq(memcmp(symbols, expected[i].symbols, (size_t) n * sizeof *symbols), 0);
        free(symbols);
    }
}

Test(unit, decomposed_text_is_composed_first)
{
    text t = text_of("\u1100\u1161\u11A8 \uAC00\u11A8x\u11A8\u1100");
    cr_assert_eq(t.length, 9);
    cr_assert_eq(unit_compose(&t), 3);
    cr_assert_str_eq(t.bytes, "각 각x\u11A8\u1100");
    cr_assert_eq(t.length, 6);
    cr_assert_eq(t.size, strlen(t.bytes));
    cr_assert_eq(unit_compose(&t), 0);
    text_free(&t);
}

Test(unit, jamo_are_the_same_whether_a_text_is_composed_or_not)
{
    int n, m;
    uint32_t *composed = split(UNIT_JAMO, "각", &n),
             *apart = split(UNIT_JAMO, "\u1100\u1161\u11A8", &m);
    cr_assert_eq(n, m);
    cr_assert_eq(memcmp(composed, apart, (size_t) n * sizeof *apart), 0);
    free(composed);
    free(apart);
}

Test(unit, initial_and_final_consonants_differ)
{
    int n, m;
    uint32_t *one = split(UNIT_JAMO, "각아", &n), *other = split(UNIT_JAMO, "가가", &m);
    cr_assert(n == 5 && m == 4);
    cr_assert_neq(one[2], one[0]);
    cr_assert_eq(other[2], other[0]);
    free(one);
    free(other);
}

Test(unit, rare_symbols_are_left_to_the_escape)
{
    int n;
    uint32_t *symbols = split(UNIT_CHAR, "aabbbc", &n);
    static const int size[] = {3, 4, 3, 2, 1};
    for (int least = 0; least < 5; least++) {
        vocab *v = unit_vocab(symbols, n, least);
        cr_assert_eq(v->size, size[least]);
        cr_assert_eq(vocab_ix(v, UNIT_ESCAPE), least ? 0 : -1);
        for (int k = 1; k < v->size; k++) cr_assert_gt(v->ix_to_char[k], v->ix_to_char[k - 1]);
        vocab_free(v);
    }
    cr_assert_null(unit_vocab(symbols, 0, 0));
    free(symbols);
}

Test(unit, unknown_symbols_are_counted_and_shown)
{
    comes_back(UNIT_CHAR, "가나가나", 2, "가다나", "가\uFFFD나", (unit_faults){0, 0, 1});
    comes_back(UNIT_JAMO, "가나가나", 2, "가다나", "가\uFFFDㅏ나", (unit_faults){0, 1, 1});
    comes_back(UNIT_BYTE, "가나가나", 2, "가다나", "가\uFFFD\uFFFD\uFFFD나",
               (unit_faults){1, 0, 2});
    int n, ids[2];
    uint32_t *symbols = split(UNIT_CHAR, "ab", &n);
    vocab *v = unit_vocab(symbols, 1, 0);
    cr_assert_eq(unit_encode(v, symbols, n, ids), 1);
    cr_assert(ids[0] == 0 && ids[1] == -1);
    vocab_free(v);
    free(symbols);
}

Test(unit, the_price_of_an_escape)
{
    static const double all[UNIT_KINDS] = {255, 0x110000 - 0x800 - 1, 0x110000 - 0x800 - 1 - 11172};
    for (int kind = 0; kind < UNIT_KINDS; kind++) {
        int n;
        uint32_t *symbols = split((unit_kind) kind, "가 가", &n);
        for (int least = 0; least < 3; least++) {
            vocab *v = unit_vocab(symbols, n, least);
            const int known = v->size - (least > 0);
            cr_assert(near(unit_escape_bits((unit_kind) kind, v), log2(all[kind] - known), 1e-14));
            vocab_free(v);
        }
        free(symbols);
    }
    uint32_t byte[255];
    for (uint32_t k = 0; k < 255; k++) byte[k] = k + 1;
    for (int n = 254; n <= 255; n++) {
        vocab *v = unit_vocab(byte, n, 1);
        cr_assert_eq(unit_escape_bits(UNIT_BYTE, v), 0);
        vocab_free(v);
    }
}

/* Any ids: what comes out is a text, no longer than promised; without faults it gives the same ids again. */
Test(unit, strange_sequences_become_texts)
{
    enum { N = 40 };
    static const char known[] = "각 낡다 없읎 ㅋ漢👍x\n";
    rng draws;
    rng_seed(&draws, 13);
    for (int kind = 0; kind < UNIT_KINDS; kind++) {
        int n, ids[N], again[4 * N], faulty = 0;
        uint32_t *symbols = split((unit_kind) kind, known, &n), back[4 * N];
        vocab *v = unit_vocab(symbols, n, 1);
        for (int trial = 0; trial < 5000; trial++) {
            char out[4 * N + 1];
            unit_faults f;
            error e;
            text t;
            const int length = 1 + (int) (rng_uniform(&draws) * N);
            for (int i = 0; i < length; i++) ids[i] = (int) (rng_uniform(&draws) * v->size);
            const int bytes = unit_decode((unit_kind) kind, v, ids, length, out, &f);
            cr_assert(bytes > 0 && bytes <= 4 * length);
            cr_assert_eq(text_valid(out, (size_t) bytes), (size_t) bytes);
            cr_assert_eq(out[bytes], '\0');
            const bool good = f.bytes + f.jamo + f.escapes == 0;
            faulty += !good;
            if (!good) continue;
            cr_assert(text_from(&t, out, "sample", &e));
            cr_assert_eq(unit_split((unit_kind) kind, &t, back), length);
            cr_assert_eq(unit_encode(v, back, length, again), 0);
            cr_assert_eq(memcmp(ids, again, (size_t) length * sizeof *ids), 0);
            text_free(&t);
        }
        cr_assert_gt(faulty, 0);
        vocab_free(v);
        free(symbols);
    }
}
