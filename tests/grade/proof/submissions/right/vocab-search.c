/* assignment: vocab; expect: passed; points: 100 */
/* Sorts by insertion, and searches where the reference has a table. */
#include "vocab.h"

#include <stdlib.h>
#include <string.h>

vocab *vocab_in_order(const uint32_t *chars, int V)
{
    vocab *v = malloc(sizeof *v);
    int *table = calloc(TEXT_CODES, sizeof *table);
    uint32_t *copy = malloc((size_t) V * sizeof *copy);
    if (!v || !table || !copy) {
        free(v);
        free(table);
        free(copy);
        return NULL;
    }
    memcpy(copy, chars, (size_t) V * sizeof *copy);
    for (int i = V; i > 0; i--) table[chars[i - 1]] = i;
    v->size = V;
    v->ix_to_char = copy;
    v->char_to_ix = table;
    return v;
}

vocab *vocab_of(const text *t)
{
    uint32_t *sorted = malloc((size_t) t->length * sizeof *sorted);
    int n = 0;
    const char *at = t->bytes;
    if (!sorted) return NULL;
    for (int i = 0; i < t->length; i++) {
        const uint32_t c = text_next(&at);
        int place = 0;
        while (place < n && sorted[place] < c) place++;
        if (place < n && sorted[place] == c) continue;
        memmove(sorted + place + 1, sorted + place, (size_t) (n - place) * sizeof *sorted);
        sorted[place] = c;
        n++;
    }
    vocab *v = vocab_in_order(sorted, n);
    free(sorted);
    return v;
}

int vocab_ix(const vocab *v, uint32_t c)
{
    for (int i = 0; i < v->size; i++)
        if (v->ix_to_char[i] == c) return i;
    return -1;
}

int vocab_encode(const vocab *v, const text *t, int *ix)
{
    int first = -1, i = 0;
    for (const char *at = t->bytes; i < t->length; i++) {
        ix[i] = vocab_ix(v, text_next(&at));
        if (ix[i] == -1 && first == -1) first = i;
    }
    return first;
}

int vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    char *at = out;
    for (*at = 0; n-- > 0; ix++) at += text_put(at, v->ix_to_char[*ix]);
    return (int) (at - out);
}

mat *one_hot(mat *x, int ix)
{
    for (int i = 0; i < mat_size(x); i++) x->v[i] = i == ix;
    return x;
}
