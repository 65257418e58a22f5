/* lexicon.c: symbols of any unit and their ids. See lexicon.h. */
#include "lexicon.h"

#include "hangul.h"
#include "require.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char LINE_END[] = "<eos>"; /* as corpus.h has it */

/* The text as symbols; NULL on out of memory. */
static uint32_t *split(int unit, const text *t, int *count)
{
    uint32_t *symbols = calloc(t->size + 1, sizeof *symbols);
    if (symbols) *count = unit_split((unit_kind) unit, t, symbols);
    return symbols;
}

bool lexicon_of(lexicon *x, int unit, const text *t, int most)
{
    *x = (lexicon){.unit = unit};
    if (unit == LEXICON_WORD) {
        x->c = corpus_new(t, most, 0);
        x->V = x->c ? x->c->V : 0;
    } else {
        int count = 0;
        uint32_t *symbols = split(unit, t, &count);
        if (symbols) x->v = unit_vocab(symbols, most && most < count ? most : count, 0);
        x->V = x->v ? x->v->size : 0;
        free(symbols);
    }
    if (x->V > 0) return true;
    lexicon_free(x);
    return false;
}

void lexicon_free(lexicon *x)
{
    vocab_free(x->v);
    corpus_free(x->c);
    *x = (lexicon){0};
}

static int *encode_words(const corpus *known, const text *t, int *count)
{
    corpus *c = corpus_new(t, 0, 0);
    int *ids = c ? calloc((size_t) c->count + 1, sizeof *ids) : NULL;
    for (int i = 0; ids && i < c->count; i++) ids[i] = corpus_find(known, c->word[c->ids[i]]);
    if (ids) *count = c->count;
    corpus_free(c);
    return ids;
}

int *lexicon_encode(const lexicon *x, const text *t, int *count)
{
    if (x->unit == LEXICON_WORD) return encode_words(x->c, t, count);
    uint32_t *symbols = split(x->unit, t, count);
    int *ids = symbols ? calloc((size_t) *count + 1, sizeof *ids) : NULL;
    if (ids) unit_encode(x->v, symbols, *count, ids);
    free(symbols);
    return ids;
}

static char *decode_words(const corpus *c, const int *ids, int n)
{
    size_t size = 1;
    for (int i = 0; i < n; i++) size += strlen(c->word[ids[i]]) + 1;
    char *out = calloc(size, 1), *to = out;
    for (int i = 0; out && i < n; i++) {
        const bool line_end = strcmp(c->word[ids[i]], LINE_END) == 0;
        const bool apart = to > out && to[-1] != '\n' && !line_end;
        to += snprintf(to, size - (size_t) (to - out), "%s%s", apart ? " " : "",
                       line_end ? "\n" : c->word[ids[i]]);
    }
    return out;
}

char *lexicon_decode(const lexicon *x, const int *ids, int n)
{
    if (x->unit == LEXICON_WORD) return decode_words(x->c, ids, n);
    char *out = malloc(4 * (size_t) n + 1);
    if (out && unit_decode((unit_kind) x->unit, x->v, ids, n, out, NULL) >= 0) return out;
    free(out);
    return NULL;
}

const char *lexicon_show(char *out, const lexicon *x, int id)
{
    REQUIRE(id, >=, 0);
    REQUIRE(id, <, x->V);
    if (x->unit == LEXICON_WORD) return text_shown(out, TEXT_SHOWN_ROOM, x->c->word[id]);
    const uint32_t c = x->v->ix_to_char[id];
    if (x->unit != UNIT_BYTE || c < 0x80) return text_show(out, hangul_letter(c));
    snprintf(out, TEXT_SHOWN_ROOM, "\\x%02x", (unsigned) c);
    return out;
}

int lexicon_start(const lexicon *x)
{
    const int id = x->c ? corpus_find(x->c, LINE_END) : vocab_ix(x->v, '\n');
    return id < 0 ? 0 : id;
}

bool lexicon_decomposed(const lexicon *x)
{
    char one[TEXT_ROOM];
    bool some = false;
    if (x->unit == UNIT_BYTE || x->unit == UNIT_JAMO) return false;
    for (int k = 0; k < x->V && !some; k++) {
        if (x->v) text_put(one, x->v->ix_to_char[k]);
        some = text_decomposed(x->v ? one : x->c->word[k]);
    }
    return some;
}
