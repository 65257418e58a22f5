/* assignment: vocab; expect: passed; points: 100 */
/* Reads and writes UTF-8 itself, sorts with qsort, static tables. */
#include "vocab.h"

#include <stdlib.h>

static uint32_t next(const unsigned char **at)
{
    const unsigned char *p = *at;
    uint32_t c = *p++;
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    if (more) c &= 0x3fu >> more;
    for (; more > 0; more--) c = c << 6 | (*p++ & 0x3fu);
    *at = p;
    return c;
}

static char *put(char *out, uint32_t c)
{
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    const int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = n - 1; i > 0; i--, c >>= 6) out[i] = (char) (0x80 | (c & 0x3f));
    out[0] = (char) (first[n] | c);
    return out + n;
}

static int less(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
    return (x > y) - (x < y);
}

vocab *vocab_in_order(const uint32_t *chars, int V)
{
    static uint32_t to_char[4096];
    static int to_ix[TEXT_CODES];
    static vocab v = {0, to_char, to_ix};
    v.size = V;
    for (int i = 0; i < V; i++) to_char[i] = chars[i], to_ix[chars[i]] = i + 1;
    return &v;
}

vocab *vocab_of(const text *t)
{
    static uint32_t all[1 << 16];
    const unsigned char *at = (const unsigned char *) t->bytes, *end = at + t->size;
    int n = 0, different = 0;
    while (at < end) all[n++] = next(&at);
    qsort(all, (size_t) n, sizeof *all, less);
    for (int i = 0; i < n; i++)
        if (i == 0 || all[i] != all[i - 1]) all[different++] = all[i];
    return vocab_in_order(all, different);
}

int vocab_ix(const vocab *v, uint32_t c)
{
    if (c >= TEXT_CODES) return -1;
    return v->char_to_ix[c] - 1;
}

int vocab_encode(const vocab *v, const text *t, int *ix)
{
    const unsigned char *at = (const unsigned char *) t->bytes;
    int unknown = t->length;
    for (int i = 0; i < t->length; i++)
        if ((ix[i] = vocab_ix(v, next(&at))) < 0 && i < unknown) unknown = i;
    return unknown < t->length ? unknown : -1;
}

int vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    char *at = out;
    for (int i = 0; i < n; i++) at = put(at, v->ix_to_char[ix[i]]);
    *at = '\0';
    return (int) (at - out);
}

mat *one_hot(mat *x, int ix)
{
    int i = x->rows;
    while (i-- > 0) x->v[i] = 0;
    x->v[ix] = 1.0;
    return x;
}
