/* unit.c: a text as bytes, characters or jamo. See unit.h. */
#include "unit.h"

#include "fn.h"
#include "hangul.h"
#include "require.h"

#include <stdlib.h>
#include <string.h>

const char *const unit_name[UNIT_KINDS] = {"byte", "char", "jamo"};

enum { NO_TEXT = 0xFFFD /* the replacement character */ };

int unit_compose(text *t)
{
    const char *from = t->bytes, *const end = from + t->size;
    char *to = t->bytes, *last = to; /* `last` is where the last character written starts */
    uint32_t c = 0;
    const int length = t->length;
    while (from < end) {
        const uint32_t next = text_next(&from), joined = hangul_join(c, next);
        char one[TEXT_ROOM];
        if (joined)
            t->length--;
        else
            last = to;
        c = joined ? joined : next;
        const int bytes = text_put(one, c);
        memcpy(last, one, (size_t) bytes);
        to = last + bytes;
    }
    *to = '\0';
    t->size = (size_t) (to - t->bytes);
    return length - t->length;
}

int unit_split(unit_kind kind, const text *t, uint32_t *out)
{
    const char *at = t->bytes, *const end = at + t->size;
    int n = 0;
    while (at < end)
        if (kind == UNIT_BYTE)
            out[n++] = (unsigned char) *at++;
        else if (kind == UNIT_CHAR)
            out[n++] = text_next(&at);
        else { /* a syllable has 3 bytes, and at most 3 jamo */
            uint32_t jamo[3];
            const int parts = hangul_decompose(text_next(&at), jamo);
            for (int i = 0; i < parts; i++) out[n++] = jamo[i];
        }
    return n;
}

vocab *unit_vocab(const uint32_t *symbols, int n, int least)
{
    int *times = calloc(TEXT_CODES, sizeof *times), V = 0;
    uint32_t *sorted = NULL;
    vocab *v = NULL;
    if (!times) return NULL;
    for (int i = 0; i < n; i++) {
        REQUIRE(symbols[i], <, TEXT_CODES);
        times[symbols[i]]++;
    }
    for (uint32_t c = 1; c < TEXT_CODES; c++) V += times[c] > 0 && times[c] >= least;
    V += least > 0;
    if (V > 0) sorted = calloc((size_t) V, sizeof *sorted);
    if (sorted) {
        int k = least > 0; /* UNIT_ESCAPE, which is 0, comes first */
        for (uint32_t c = 1; c < TEXT_CODES; c++)
            if (times[c] > 0 && times[c] >= least) sorted[k++] = c;
        v = vocab_in_order(sorted, V);
    }
    free(sorted);
    free(times);
    return v;
}

int unit_encode(const vocab *v, const uint32_t *symbols, int n, int *ids)
{
    const int escape = vocab_ix(v, UNIT_ESCAPE);
    int unknown = 0;
    for (int i = 0; i < n; i++) {
        ids[i] = vocab_ix(v, symbols[i]);
        if (ids[i] >= 0 && ids[i] != escape) continue;
        ids[i] = escape;
        unknown++;
    }
    return unknown;
}

double unit_escape_bits(unit_kind kind, const vocab *v)
{
    enum { SURROGATES = 0x800, NUL = 1 };
    const int all = kind == UNIT_BYTE   ? 256 - NUL
                    : kind == UNIT_CHAR ? TEXT_CODES - SURROGATES - NUL
                                        : TEXT_CODES - SURROGATES - NUL - HANGUL_SYLLABLES,
              left = all - (v->size - (vocab_ix(v, UNIT_ESCAPE) >= 0));
    return left > 1 ? fn_log(left) / fn_log(2) : 0;
}

/* Copy the characters among n bytes; what is none becomes U+FFFD. */
static int write_bytes(const char *bytes, int n, char *out, unit_faults *faults)
{
    int written = 0;
    for (int at = 0; at < n; at++) {
        const int good = (int) text_valid(bytes + at, (size_t) (n - at));
        memcpy(out + written, bytes + at, (size_t) good);
        written += good;
        at += good;
        if (at == n) break;
        if (bytes[at] == UNIT_ESCAPE)
            faults->escapes++;
        else
            faults->bytes++;
        written += text_put(out + written, NO_TEXT);
    }
    out[written] = '\0';
    return written;
}

/* Write code points; lone jamo become letters. */
static int write_codes(const uint32_t *codes, int n, char *out, unit_faults *faults)
{
    int written = 0;
    *out = '\0';
    for (int i = 0; i < n; i++) {
        const uint32_t letter = hangul_letter(codes[i]);
        faults->jamo += letter != codes[i];
        faults->escapes += letter == UNIT_ESCAPE;
        written += text_put(out + written, letter == UNIT_ESCAPE ? NO_TEXT : letter);
    }
    return written;
}

int unit_decode(unit_kind kind, const vocab *v, const int *ids, int n, char *out,
                unit_faults *faults)
{
    unit_faults ignored, *f = faults ? faults : &ignored;
    const size_t room = (size_t) n + 1;
    char *bytes = malloc(room);
    uint32_t *codes = malloc(room * sizeof *codes);
    int written = -1;
    *f = (unit_faults){0, 0, 0};
    if (bytes && codes) {
        for (int i = 0; i < n; i++) {
            REQUIRE(ids[i], >=, 0);
            REQUIRE(ids[i], <, v->size);
            codes[i] = v->ix_to_char[ids[i]];
            bytes[i] = (char) codes[i];
        }
        written =
            kind == UNIT_BYTE
                ? write_bytes(bytes, n, out, f)
                : write_codes(codes, kind == UNIT_JAMO ? hangul_compose(codes, n) : n, out, f);
    }
    free(bytes);
    free(codes);
    return written;
}
