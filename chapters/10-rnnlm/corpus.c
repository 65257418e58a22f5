/* corpus.c: a text as words. See corpus.h. */
#include "corpus.h"

#include "hash.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char END_OF_LINE[] = "<eos>";

/* Finds the ids of words while the vocabulary grows: a hash table with open addressing. */
typedef struct table {
    int *slot; /* id + 1; 0: empty */
    size_t slots;
} table;

/* The word's slot, or the empty slot to put it in. */
static int *look_up(const table *t, char *const *word, const char *wanted)
{
    size_t at = (size_t) hash_bytes(HASH_START, wanted, strlen(wanted)) % t->slots;
    while (t->slot[at] && strcmp(word[t->slot[at] - 1], wanted) != 0) at = (at + 1) % t->slots;
    return &t->slot[at];
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

/* Copy the next word at *at to `word` and advance; false at the end of the text. A line end is a word, too. */
static bool next_word(const char **at, char *word)
{
    const char *from = *at;
    while (is_space(*from)) from++;
    if (*from == '\n') {
        memcpy(word, END_OF_LINE, sizeof END_OF_LINE);
        *at = from + 1;
        return true;
    }
    const char *end = from;
    while (*end && *end != '\n' && !is_space(*end)) end++;
    memcpy(word, from, (size_t) (end - from));
    word[end - from] = '\0';
    *at = end;
    return end > from;
}

static corpus *blank(size_t size, size_t words)
{
    corpus *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->ids = malloc((words + 1) * sizeof *c->ids);
    c->word = malloc((words + 1) * sizeof *c->word);
    /* The words with their NULs, and the word being read. */
    c->bytes = malloc(2 * size + sizeof END_OF_LINE);
    if (c->ids && c->word && c->bytes) return c;
    corpus_free(c);
    return NULL;
}

corpus *corpus_new(const text *t, int known, int most)
{
    const size_t words = t->size; /* each word takes at least one byte */
    corpus *c = blank(t->size, words);
    table seen = {NULL, 2 * words + 3};
    if (c) seen.slot = calloc(seen.slots, sizeof *seen.slot);
    if (!c || !seen.slot) {
        corpus_free(c);
        return NULL;
    }
    const char *at = t->bytes;
    char *to = c->bytes; /* memory for the next new word */
    while ((most == 0 || c->count < most) && next_word(&at, to)) {
        int *slot = look_up(&seen, c->word, to);
        if (!*slot && (known == 0 || c->count < known)) {
            c->word[c->V++] = to;
            *slot = c->V;
            to += strlen(to) + 1;
        }
        c->ids[c->count++] = *slot ? *slot - 1 : CORPUS_UNKNOWN;
    }
    free(seen.slot);
    c->known = known == 0 || c->count < known ? c->count : known;
    return c;
}

corpus *corpus_of_words(const char *words, size_t size)
{
    size_t lines = 0;
    for (size_t i = 0; i < size; i++) lines += words[i] == '\n';
    corpus *c = blank(size, lines);
    if (!c) return NULL;
    memcpy(c->bytes, words, size);
    c->bytes[size] = '\0';
    char *at = c->bytes;
    for (char *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        *end = '\0';
        if (*at == '\0' || corpus_find(c, at) != CORPUS_UNKNOWN) {
            corpus_free(c);
            return NULL;
        }
        c->word[c->V++] = at;
    }
    return c;
}

void corpus_free(corpus *c)
{
    if (!c) return;
    free(c->ids);
    free(c->word);
    free(c->bytes);
    free(c);
}

int corpus_find(const corpus *c, const char *word)
{
    for (int k = 0; k < c->V; k++)
        if (strcmp(c->word[k], word) == 0) return k;
    return CORPUS_UNKNOWN;
}
