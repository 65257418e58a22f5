/* vocab/mutants.c: the vocabulary with its known mistakes. See mutants.h. */
#include "mutants.h"
#include "vocab.h"

#include <stdlib.h>

enum {
    FIRST_SEEN,
    BYTES_COUNTED,
    REPEATS_KEPT,
    NUL_COUNTED,
    NEWLINE_DROPPED,
    GIVEN_ORDER_LOST,
    NO_PLUS_ONE,
    NO_MINUS_ONE_OF_IX,
    STRANGER_IS_0,
    ENCODE_BYTES,
    ENCODE_LAST_MISSING,
    ENCODE_COUNTS_MISSING,
    DECODE_LOW_BYTE,
    DECODE_NO_NUL,
    DECODE_COUNTS_NUL,
    DECODE_COUNTS_CHARACTERS,
    ONE_HOT_NOT_CLEARED,
    MUTANTS
};

#define AT "vocab", ""
static const known_bug table[MUTANTS] = {
    [FIRST_SEEN] = {"first-seen-order", 1,
                    "The characters stand in the order of the text; sort them by code point.",
                    "문자가 글에 나온 차례로 놓였습니다. 코드 포인트 차례로 정렬해야 합니다.", AT,
                    NULL, NULL},
    [BYTES_COUNTED] = {"bytes-for-characters", 1,
                       "The vocabulary is of bytes; a Korean character has three: use text_next.",
                       "어휘가 바이트로 이루어졌습니다. 한글 한 글자는 3바이트이므로 text_next를 "
                       "써야 합니다.",
                       AT, NULL, NULL},
    [REPEATS_KEPT] = {"repeats-kept", 1,
                      "Every character of the text gets an id; each different one gets one.",
                      "글의 문자마다 번호를 주었습니다. 서로 다른 문자에 하나씩만 주어야 합니다.",
                      AT, NULL, NULL},
    [NUL_COUNTED] = {"nul-counted", 1,
                     "The NUL after the text counts as a character; stop at bytes + size.",
                     "글 뒤의 NUL을 문자로 셌습니다. bytes + size에서 멈춰야 합니다.", AT, NULL,
                     NULL},
    [NEWLINE_DROPPED] = {"newline-dropped", 1,
                         "The line end is left out; it is a character like any other.",
                         "줄바꿈 문자가 빠졌습니다. 줄바꿈도 다른 문자와 같은 문자입니다.", AT,
                         NULL, NULL},
    [GIVEN_ORDER_LOST] = {"given-order-lost", 1,
                          "vocab_in_order sorts the characters; keep the order that is given.",
                          "vocab_in_order가 문자를 정렬했습니다. 주어진 차례를 지켜야 합니다.", AT,
                          NULL, NULL},
    [NO_PLUS_ONE] = {"no-plus-one", 1,
                     "char_to_ix holds the id; it holds the id plus 1, for 0 means not there.",
                     "char_to_ix에 번호를 그대로 넣었습니다. 0이 없는 문자를 뜻하므로 번호에 1을 "
                     "더해 넣어야 합니다.",
                     AT, NULL, NULL},
    [NO_MINUS_ONE_OF_IX] = {"ix-not-minus-one", 1,
                            "vocab_ix returns what char_to_ix holds, the id plus 1; subtract 1.",
                            "vocab_ix가 char_to_ix의 값, 곧 번호 더하기 1을 반환합니다. 1을 빼야 "
                            "합니다.",
                            AT, NULL, NULL},
    [STRANGER_IS_0] = {"stranger-is-0", 1,
                       "vocab_ix returns 0 for a character that is not there; return -1.",
                       "없는 문자에 vocab_ix가 0을 반환합니다. -1을 반환해야 합니다.", AT, NULL,
                       NULL},
    [ENCODE_BYTES] = {"encode-bytes", 1,
                      "vocab_encode reads bytes; read characters with text_next.",
                      "vocab_encode가 바이트를 읽습니다. text_next로 문자를 읽어야 합니다.", AT,
                      NULL, NULL},
    [ENCODE_LAST_MISSING] = {"encode-last-missing", 1,
                             "vocab_encode returns the last unknown character's place; return the "
                             "first one's.",
                             "vocab_encode가 마지막 모르는 문자의 자리를 반환합니다. 첫 자리를 "
                             "반환해야 합니다.",
                             AT, NULL, NULL},
    [ENCODE_COUNTS_MISSING] = {"encode-counts-missing", 1,
                               "vocab_encode returns how many characters are unknown; return the "
                               "place of the first, or -1.",
                               "vocab_encode가 모르는 문자의 개수를 반환합니다. 첫 자리나 -1을 "
                               "반환해야 합니다.",
                               AT, NULL, NULL},
    [DECODE_LOW_BYTE] = {"decode-low-byte", 1,
                         "vocab_decode writes one byte for each character; write UTF-8 with "
                         "text_put.",
                         "vocab_decode가 문자마다 1바이트만 씁니다. text_put으로 UTF-8을 써야 "
                         "합니다.",
                         AT, NULL, NULL},
    [DECODE_NO_NUL] = {"decode-no-nul", 1, "vocab_decode writes no NUL at the end.",
                       "vocab_decode가 끝에 NUL을 쓰지 않았습니다.", AT, NULL, NULL},
    [DECODE_COUNTS_NUL] = {"decode-counts-nul", 1,
                           "vocab_decode counts the NUL; return the bytes without it.",
                           "vocab_decode가 NUL까지 셌습니다. NUL을 뺀 바이트 수를 반환해야 합니다.",
                           AT, NULL, NULL},
    [DECODE_COUNTS_CHARACTERS] = {"decode-counts-characters", 1,
                                  "vocab_decode returns the number of characters; return the "
                                  "number of bytes.",
                                  "vocab_decode가 문자의 수를 반환합니다. 바이트의 수를 반환해야 "
                                  "합니다.",
                                  AT, NULL, NULL},
    [ONE_HOT_NOT_CLEARED] = {"one-hot-not-cleared", 1,
                             "one_hot sets the 1 only; all the others must become 0.",
                             "one_hot이 1만 썼습니다. 나머지를 모두 0으로 만들어야 합니다.", AT,
                             NULL, NULL},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(vocab_of) mutant_vocab_of;
__typeof__(vocab_in_order) mutant_vocab_in_order;
__typeof__(vocab_ix) mutant_vocab_ix;
__typeof__(vocab_encode) mutant_vocab_encode;
__typeof__(vocab_decode) mutant_vocab_decode;
__typeof__(one_hot) mutant_one_hot;

static int by_code(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
    return (x > y) - (x < y);
}

static uint32_t next(const char **at)
{
    return mutant_makes(BYTES_COUNTED) ? (unsigned char) *(*at)++ : text_next(at);
}

vocab *mutant_vocab_in_order(const uint32_t *chars, int V)
{
    vocab *v = calloc(1, sizeof *v);
    if (!v) abort();
    v->size = V;
    v->ix_to_char = calloc((size_t) V, sizeof *v->ix_to_char);
    v->char_to_ix = calloc(TEXT_CODES, sizeof *v->char_to_ix);
    if (!v->ix_to_char || !v->char_to_ix) abort();
    for (int ix = 0; ix < V; ix++) v->ix_to_char[ix] = chars[ix];
    if (mutant_makes(GIVEN_ORDER_LOST))
        qsort(v->ix_to_char, (size_t) V, sizeof *v->ix_to_char, by_code);
    for (int ix = 0; ix < V; ix++)
        v->char_to_ix[v->ix_to_char[ix]] = mutant_makes(NO_PLUS_ONE) ? ix : ix + 1;
    return v;
}

vocab *mutant_vocab_of(const text *t)
{
    bool *seen = calloc(TEXT_CODES, sizeof *seen);
    uint32_t *chars = calloc(t->size + 1, sizeof *chars);
    int V = 0;
    if (!seen || !chars) abort();
    const char *end = t->bytes + t->size + (mutant_makes(NUL_COUNTED) ? 1 : 0);
    for (const char *at = t->bytes; at < end;) {
        const uint32_t c = next(&at);
        if (c == '\n' && mutant_makes(NEWLINE_DROPPED)) continue;
        if (!seen[c] || mutant_makes(REPEATS_KEPT)) chars[V++] = c;
        seen[c] = true;
    }
    if (!mutant_makes(FIRST_SEEN) && !mutant_makes(REPEATS_KEPT))
        qsort(chars, (size_t) V, sizeof *chars, by_code);
    vocab *v = mutant_vocab_in_order(chars, V);
    free(chars);
    free(seen);
    return v;
}

int mutant_vocab_ix(const vocab *v, uint32_t c)
{
    const int held = c < TEXT_CODES ? v->char_to_ix[c] : 0;
    if (mutant_makes(NO_MINUS_ONE_OF_IX)) return held;
    return held == 0 && mutant_makes(STRANGER_IS_0) ? 0 : held - 1;
}

int mutant_vocab_encode(const vocab *v, const text *t, int *ix)
{
    int first = -1, last = -1, count = 0;
    const char *at = t->bytes;
    for (int i = 0; i < t->length; i++) {
        ix[i] =
            mutant_vocab_ix(v, mutant_makes(ENCODE_BYTES) ? (unsigned char) *at++ : text_next(&at));
        if (ix[i] >= 0) continue;
        if (first < 0) first = i;
        last = i;
        count++;
    }
    return mutant_makes(ENCODE_LAST_MISSING)     ? last
           : mutant_makes(ENCODE_COUNTS_MISSING) ? count
                                                 : first;
}

int mutant_vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    int bytes = 0;
    for (int i = 0; i < n; i++) {
        char one[TEXT_ROOM];
        int k = text_put(one, v->ix_to_char[ix[i]]);
        if (mutant_makes(DECODE_LOW_BYTE)) {
            one[0] = (char) (unsigned char) v->ix_to_char[ix[i]];
            k = 1;
        }
        for (int j = 0; j < k; j++) out[bytes++] = one[j];
    }
    if (!mutant_makes(DECODE_NO_NUL)) out[bytes] = '\0';
    return mutant_makes(DECODE_COUNTS_CHARACTERS) ? n
           : mutant_makes(DECODE_COUNTS_NUL)      ? bytes + 1
                                                  : bytes;
}

mat *mutant_one_hot(mat *x, int ix)
{
    if (!mutant_makes(ONE_HOT_NOT_CLEARED)) mat_zero(x);
    x->v[ix] = 1;
    return x;
}
