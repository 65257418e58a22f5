/* vocab.c: characters to numbers and back. See vocab.h. */
#include "vocab.h"

#include "require.h"

#include <stdlib.h>

vocab *vocab_in_order(const uint32_t *chars, int V)
{
    REQUIRE(V, >, 0);
    vocab *v = calloc(1, sizeof *v);
    if (!v) return NULL;
    v->size = V;
    v->ix_to_char = calloc((size_t) V, sizeof *v->ix_to_char);
    v->char_to_ix = calloc(TEXT_CODES, sizeof *v->char_to_ix);
    if (!v->ix_to_char || !v->char_to_ix) {
        vocab_free(v);
        return NULL;
    }
    for (int ix = 0; ix < V; ix++) {
        REQUIRE(chars[ix], <, TEXT_CODES);
        REQUIRE(v->char_to_ix[chars[ix]], ==, 0); /* no duplicates */
        v->ix_to_char[ix] = chars[ix];
        v->char_to_ix[chars[ix]] = ix + 1;
    }
    return v;
}

vocab *vocab_of(const text *t)
{
    bool *seen = calloc(TEXT_CODES, sizeof *seen); /* set(text) */
    if (!seen) return NULL;
    int V = 0;
    const char *end = t->bytes + t->size;
    for (const char *at = t->bytes; at < end;) {
        const uint32_t c = text_next(&at);
        V += !seen[c];
        seen[c] = true;
    }
    uint32_t *sorted = V > 0 ? calloc((size_t) V, sizeof *sorted) : NULL;
    vocab *v = NULL;
    if (sorted) {
        int n = 0;
        for (uint32_t c = 0; n < V; c++)
            if (seen[c]) sorted[n++] = c;
        v = vocab_in_order(sorted, V);
    }
    free(sorted);
    free(seen);
    return v;
}

void vocab_free(vocab *v)
{
    if (!v) return;
    free(v->ix_to_char);
    free(v->char_to_ix);
    free(v);
}

int vocab_ix(const vocab *v, uint32_t c) { return c < TEXT_CODES ? v->char_to_ix[c] - 1 : -1; }

int vocab_encode(const vocab *v, const text *t, int *ix)
{
    int unknown = -1;
    const char *at = t->bytes;
    for (int i = 0; i < t->length; i++) {
        ix[i] = vocab_ix(v, text_next(&at));
        if (ix[i] < 0 && unknown < 0) unknown = i;
    }
    return unknown;
}

int vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    int bytes = 0;
    *out = '\0';
    for (int i = 0; i < n; i++) {
        REQUIRE(ix[i], >=, 0);
        REQUIRE(ix[i], <, v->size);
        char one[TEXT_ROOM];
        const int k = text_put(one, v->ix_to_char[ix[i]]);
        for (int j = 0; j <= k; j++) out[bytes + j] = one[j]; /* its NUL, too */
        bytes += k;
    }
    return bytes;
}

mat *one_hot(mat *x, int ix)
{
    REQUIRE(x->cols, ==, 1);
    REQUIRE(ix, >=, 0);
    REQUIRE(ix, <, x->rows);
    mat_zero(x);
    x->v[ix] = 1;
    return x;
}
