/* test_hangul.c: syllables and jamo. */
#include "hangul.h"
#include "rng.h"
#include "text.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <string.h>

enum { GA = 0xAC00, GAK = 0xAC01, HIH = 0xD7A3, L_G = 0x1100, V_A = 0x1161, T_G = 0x11A8 };

Test(hangul, all_syllables_come_back_from_their_jamo)
{
    uint32_t expected[3] = {0x1100, 0x1161, 0x11A7};
    int two = 0;
    for (uint32_t c = GA; c <= HIH; c++) {
        uint32_t jamo[3];
        const int n = hangul_decompose(c, jamo);
        for (int i = 0; i < n; i++) {
            cr_assert_eq(jamo[i], expected[i], "U+%04X, jamo %d", (unsigned) c, i);
            cr_assert_eq(hangul_place_of(jamo[i]), HANGUL_INITIAL + (hangul_place) i);
        }
        cr_assert_eq(n, expected[2] == 0x11A7 ? 2 : 3);
        two += n == 2;
        cr_assert_eq(hangul_compose(jamo, n), 1);
        cr_assert_eq(jamo[0], c);
        if (++expected[2] <= 0x11C2) continue; /* the next one, counted as on a clock */
        expected[2] = 0x11A7;
        if (++expected[1] <= 0x1175) continue;
        expected[1] = 0x1161;
        expected[0]++;
    }
    cr_assert_eq(expected[0], 0x1113);
    cr_assert_eq(two, HANGUL_INITIALS * HANGUL_MEDIALS);
}

Test(hangul, all_triples_make_all_syllables_in_order)
{
    uint32_t c = GA;
    for (uint32_t l = 0; l < HANGUL_INITIALS; l++)
        for (uint32_t v = 0; v < HANGUL_MEDIALS; v++) {
            const uint32_t open = hangul_join(0x1100 + l, 0x1161 + v);
            for (uint32_t t = 0; t < HANGUL_FINALS; t++, c++)
                cr_assert_eq(t ? hangul_join(open, 0x11A7 + t) : open, c);
        }
    cr_assert_eq(c, HIH + 1);
}

Test(hangul, only_these_have_a_place)
{
    int count[HANGUL_SYLLABLE + 1] = {0};
    for (uint32_t c = 0; c < TEXT_CODES; c++) {
        uint32_t jamo[3];
        const hangul_place place = hangul_place_of(c);
        count[place]++;
        cr_assert_eq(hangul_decompose(c, jamo) > 1, place == HANGUL_SYLLABLE);
        cr_assert_eq(hangul_letter(c) != c,
                     place == HANGUL_INITIAL || place == HANGUL_MEDIAL || place == HANGUL_FINAL);
    }
    cr_assert_eq(count[HANGUL_INITIAL], 19);
    cr_assert_eq(count[HANGUL_MEDIAL], 21);
    cr_assert_eq(count[HANGUL_FINAL], 27);
    cr_assert_eq(count[HANGUL_SYLLABLE], 11172);
    /* the neighbours of each range: old jamo, and U+11A7 */
    static const uint32_t none[] = {0x10FF, 0x1113, 0x1160, 0x1176, 0x11A7, 0x11C3, 0xABFF, 0xD7A4};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        cr_assert_eq(hangul_place_of(none[i]), HANGUL_NONE);
}

/* Compose `from`, a string, and compare. */
static void composes(const char *from, const char *to)
{
    uint32_t c[40];
    char out[200] = "";
    int n = 0;
    while (*from) c[n++] = text_next(&from);
    n = hangul_compose(c, n);
    for (int i = 0, bytes = 0; i < n; i++) bytes += text_put(out + bytes, c[i]);
    cr_assert_str_eq(out, to);
}

Test(hangul, puts_together_what_makes_syllables_and_leaves_the_rest)
{
    composes("", "");
    composes("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글");
    composes("\uAC00\u11A8", "각");                       /* a syllable and a final */
    composes("\uAC01\u11A8", "각\u11A8");                 /* it has one */
    composes("\u1100\u1161\u1161", "가\u1161");           /* two vowels */
    composes("\u1100\u1100\u1161", "\u1100가");           /* two initials */
    composes("\u1161\u11A8\u1100", "\u1161\u11A8\u1100"); /* backwards */
    composes("\u1100 \u1161", "\u1100 \u1161");
    composes("\u1100\u1161x\u11A8", "가x\u11A8");
    composes("ㄱㅏ", "ㄱㅏ");                             /* letters of a keyboard have no place */
    composes("\u1112\u119E\u11AB", "\u1112\u119E\u11AB"); /* an old vowel */
}

Test(hangul, letters_are_those_of_the_keyboard)
{
    static const char *const pair[][2] = {{"\u1100", "ㄱ"}, {"\u1101", "ㄲ"}, {"\u1112", "ㅎ"},
                                          {"\u1161", "ㅏ"}, {"\u116A", "ㅘ"}, {"\u1175", "ㅣ"},
                                          {"\u11A8", "ㄱ"}, {"\u11AA", "ㄳ"}, {"\u11B9", "ㅄ"},
                                          {"\u11BB", "ㅆ"}, {"\u11C2", "ㅎ"}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        const char *jamo = pair[i][0], *letter = pair[i][1];
        cr_assert_eq(hangul_letter(text_next(&jamo)), text_next(&letter), "%s", pair[i][1]);
    }
}

/* Any sequence: composing again changes nothing, and the jamo are still the same in the same order. */
Test(hangul, strange_sequences_keep_their_jamo)
{
    enum { N = 50 };
    rng draws;
    int joined = 0;
    rng_seed(&draws, 13);
    for (int trial = 0; trial < 20000; trial++) {
        uint32_t c[N], jamo[3 * N], again[3 * N];
        int n = 0, m = 0, k = 0;
        for (int i = 0; i < N; i++) {
            static const uint32_t from[] = {0x10FE, 0x115F, 0x11A6, 0xABFE, 0xD7A0, 'a', 0x3131};
            c[i] = from[(int) (rng_uniform(&draws) * 7)] + (uint32_t) (rng_uniform(&draws) * 31);
            n += hangul_decompose(c[i], jamo + n);
        }
        m = hangul_compose(c, N);
        joined += N - m;
        for (int i = 0; i < m; i++) k += hangul_decompose(c[i], again + k);
        cr_assert_eq(k, n);
        cr_assert_eq(memcmp(jamo, again, (size_t) n * sizeof *jamo), 0);
        cr_assert_eq(hangul_compose(c, m), m);
    }
    cr_assert_gt(joined, 0);
}
