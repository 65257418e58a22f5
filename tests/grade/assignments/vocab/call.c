/* vocab/call.c: calls of the vocabulary's functions. Request: {bytes}, a text's bytes, {ids}, ids to decode. */
#include "vocab.h"
#include "worker.h"

#include <string.h>

__attribute__((weak)) vocab *vocab_of(const text *t)
{
    (void) t;
    worker_not_implemented();
}

__attribute__((weak)) vocab *vocab_in_order(const uint32_t *chars, int V)
{
    (void) chars, (void) V;
    worker_not_implemented();
}

__attribute__((weak)) int vocab_ix(const vocab *v, uint32_t c)
{
    (void) v, (void) c;
    worker_not_implemented();
}

__attribute__((weak)) int vocab_encode(const vocab *v, const text *t, int *ix)
{
    (void) v, (void) t, (void) ix;
    worker_not_implemented();
}

__attribute__((weak)) int vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    (void) v, (void) ix, (void) n, (void) out;
    worker_not_implemented();
}

__attribute__((weak)) mat *one_hot(mat *x, int ix)
{
    (void) x, (void) ix;
    worker_not_implemented();
}

enum { MOST = 400, STRANGER = 0x1F600 };

static text text_of(frame *request)
{
    const int size = *worker_ints(request, 1), *codes = worker_ints(request, size);
    text t = {.bytes = guard_bytes((size_t) size + 1, 1), .size = (size_t) size};
    for (int i = 0; i < size; i++) t.bytes[i] = (char) codes[i];
    for (const char *at = t.bytes; at < t.bytes + size; t.length++) text_next(&at);
    return t;
}

/* The reference vocabulary, sorted, so that a wrong vocab_of() does not affect the other functions. */
static vocab *sorted(const text *t)
{
    static int char_to_ix[TEXT_CODES];
    static uint32_t ix_to_char[MOST];
    static vocab v = {0, ix_to_char, char_to_ix};
    static bool seen[TEXT_CODES];
    memset(seen, 0, sizeof seen); /* the grader calls this more than once */
    memset(char_to_ix, 0, sizeof char_to_ix);
    for (const char *at = t->bytes; at < t->bytes + t->size;) seen[text_next(&at)] = true;
    v.size = 0;
    for (uint32_t c = 0; c < TEXT_CODES; c++) {
        if (!seen[c]) continue;
        if (v.size == MOST) worker_bad_request();
        ix_to_char[v.size] = c;
        char_to_ix[c] = ++v.size;
    }
    return &v;
}

static void describe(frame *answer, const char *size, const char *chars, const char *ids,
                     const vocab *v, int most)
{
    worker_say_number(answer, size, -1, v ? v->size : -1);
    for (int i = 0; i < most; i++)
        worker_say_number(answer, chars, i, v && i < v->size ? (double) v->ix_to_char[i] : -1);
    for (int i = 0; i < most; i++)
        worker_say_number(answer, ids, i,
                          v && i < v->size && v->ix_to_char[i] < TEXT_CODES
                              ? v->char_to_ix[v->ix_to_char[i]]
                              : -1);
}

void worker_call(frame *request, frame *answer)
{
    const int which = *worker_ints(request, 1);
    const text t = text_of(request);
    if (which == 0) { /* before our own vocabulary is in memory, where the answer could be found */
        describe(answer, "V", "ix_to_char", "char_to_ix", vocab_of(&t), t.length);
        text first = {.bytes = guard_bytes(t.size + 1, 1), .length = 1};
        const char *end = t.bytes;
        text_next(&end);
        first.size = (size_t) (end - t.bytes);
        memcpy(first.bytes, t.bytes, first.size);
        describe(answer, "V", "ix_to_char", "char_to_ix", vocab_of(&first), 1);
        return;
    }
    const vocab *ours = sorted(&t);
    const int V = ours->size;
    if (which == 1) {
        uint32_t *chars = guard_bytes((size_t) V * sizeof *chars, sizeof *chars);
        for (int i = 0; i < V; i++)
            chars[i] = ours->ix_to_char[V - 1 - i]; /* not the sorted order */
        describe(answer, "V", "ix_to_char", "char_to_ix", vocab_in_order(chars, V), V);
    } else if (which == 2) {
        const char *at = t.bytes;
        for (int i = 0; i < t.length; i++)
            worker_say_number(answer, "ix", i, vocab_ix(ours, text_next(&at)));
        worker_say_number(answer, "stranger", -1, vocab_ix(ours, STRANGER));
        worker_say_number(answer, "none", -1, vocab_ix(ours, 0x7FFFFFFF));
    } else if (which == 3) { /* a second text with some new characters */
        const text other = text_of(request);
        int *ix = guard_bytes((size_t) t.length * sizeof *ix, sizeof *ix);
        worker_say_number(answer, "place", -1, vocab_encode(ours, &t, ix));
        for (int i = 0; i < t.length; i++) worker_say_number(answer, "ids", i, ix[i]);
        int *more = guard_bytes((size_t) other.length * sizeof *more, sizeof *more);
        worker_say_number(answer, "missing", -1, vocab_encode(ours, &other, more));
        for (int i = 0; i < other.length; i++) worker_say_number(answer, "others", i, more[i]);
    } else if (which == 4) { /* reversed, each id moved by one: the request is not the answer */
        const int n = t.length;
        int *ix = guard_bytes((size_t) n * sizeof *ix, sizeof *ix);
        const char *at = t.bytes;
        for (int i = n - 1; i >= 0; i--) ix[i] = ours->char_to_ix[text_next(&at)] % V;
        char *out = guard_bytes(4 * (size_t) n + 1, 1);
        memset(out, '?', 4 * (size_t) n + 1);
        worker_say_number(answer, "bytes", -1, vocab_decode(ours, ix, n, out));
        for (int i = 0; i <= 4 * n; i++)
            worker_say_number(answer, "utf8", i, (unsigned char) out[i]);
    } else if (which ==
               6) { /* no characters, no ids: nothing is written but the end of the string */
        const text none = {.bytes = guard_bytes(1, 1)};
        char *out = guard_bytes(2, 1);
        int *ix = guard_bytes(sizeof *ix, sizeof *ix);
        memset(out, '?', 2);
        *ix = V;
        worker_say_number(answer, "place", -1, vocab_encode(ours, &none, ix));
        worker_say_number(answer, "ids", -1, *ix);
        *ix = 0;
        worker_say_number(answer, "bytes", -1, vocab_decode(ours, ix, 0, out));
        for (int i = 0; i < 2; i++) worker_say_number(answer, "utf8", i, (unsigned char) out[i]);
    } else {
        for (int i = 0; i < V; i++) {
            mat *x = guard_mat(V, 1, NULL);
            const mat *same = one_hot(x, i), *none = guard_mat(V, 1, NULL);
            worker_say_mat(answer, "x", i, x);
            /* Is the returned vector x? Then what is written into x now is in it. Another one cannot be read. */
            for (int k = 0; k < V; k++) x->v[k] = (real) ours->ix_to_char[(i + k) % V];
            worker_say_mat(answer, "returned", i, same == x ? x : none);
        }
    }
}
