/* assignment: vocab; expect: passed; points: 100 */
/* The smallest character that is larger than the last one, again and again; recursion; encode by way of helpers. */
#include "vocab.h"

#include <stdlib.h>

static int64_t smallest_after(const text *t, int64_t last)
{
    int64_t best = -1;
    const char *at = t->bytes;
    while (at < t->bytes + t->size) {
        const int64_t c = text_next(&at);
        if (c > last && (best < 0 || c < best)) best = c;
    }
    return best;
}

static int collect(const text *t, int64_t last, uint32_t *out, int n)
{
    const int64_t c = smallest_after(t, last);
    if (c < 0) return n;
    out[n] = (uint32_t) c;
    return collect(t, c, out, n + 1);
}

vocab *vocab_in_order(const uint32_t *chars, int V)
{
    vocab *v = calloc(1, sizeof(vocab) + (size_t) V * sizeof *chars);
    if (!v) return NULL;
    v->size = V;
    v->ix_to_char = (uint32_t *) (v + 1);
    v->char_to_ix = calloc(TEXT_CODES, sizeof(int));
    for (int i = 0; v->char_to_ix && i < V; i++) v->char_to_ix[v->ix_to_char[i] = chars[i]] = 1 + i;
    return v;
}

vocab *vocab_of(const text *t)
{
    uint32_t chars[8192];
    return vocab_in_order(chars, collect(t, -1, chars, 0));
}

int vocab_ix(const vocab *v, uint32_t c)
{
    return c >= TEXT_CODES || v->char_to_ix[c] == 0 ? -1 : v->char_to_ix[c] - 1;
}

static int encode(const vocab *v, const char *at, int i, int left, int *ix)
{
    if (left == 0) return -1;
    const int id = vocab_ix(v, text_next(&at));
    *ix = id;
    const int later = encode(v, at, i + 1, left - 1, ix + 1);
    return id < 0 ? i : later;
}

int vocab_encode(const vocab *v, const text *t, int *ix)
{
    return encode(v, t->bytes, 0, t->length, ix);
}

int vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    if (n == 0) return *out = 0;
    const int k = text_put(out, v->ix_to_char[ix[0]]);
    return k + vocab_decode(v, ix + 1, n - 1, out + k);
}

mat *one_hot(mat *x, int ix) { return mat_zero(x)->v[ix]++, x; }
