/* corpus.c: a text as words. See corpus.h. */
#include "corpus.h"

#include "hash.h"

#include <stdlib.h>
#include <string.h>

static const char END_OF_LINE[] = "<eos>";

/* A word's slot in the hash table, or the empty slot to put it in. The table always has an empty one. */
static int *look_up(const corpus *c, const char *word, size_t length)
{
    size_t at = (size_t) hash_bytes(HASH_START, word, length) % c->slots;
    for (; c->slot[at]; at = (at + 1) % c->slots) {
        const char *other = c->word[c->slot[at] - 1];
        if (strncmp(other, word, length) == 0 && other[length] == '\0') break;
    }
    return &c->slot[at];
}

/* Make room for one more word: whenever half of the slots are used, twice as many. */
static bool grow(corpus *c)
{
    if ((size_t) c->V < c->slots / 2) return true;
    if (c->slots > SIZE_MAX / 4 / sizeof *c->word) return false;
    const size_t slots = c->slots ? 2 * c->slots : 64;
    char **word = realloc(c->word, slots / 2 * sizeof *word);
    if (word) c->word = word;
    int *slot = word ? calloc(slots, sizeof *slot) : NULL;
    if (!slot) return false;
    free(c->slot);
    c->slot = slot;
    c->slots = slots;
    for (int k = 0; k < c->V; k++) *look_up(c, c->word[k], strlen(c->word[k])) = k + 1;
    return true;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

/* Find the next word at *at and move past it; false at the end. A line end is a word, too. */
static bool next_word(const char **at, const char *end, const char **word, size_t *length)
{
    while (*at < end && is_space(**at)) (*at)++;
    if (*at == end) return false;
    const char *from = *at;
    while (*at < end && **at != '\n' && !is_space(**at)) (*at)++;
    const bool line_end = *at == from;
    if (line_end) (*at)++;
    *word = line_end ? END_OF_LINE : from;
    *length = line_end ? sizeof END_OF_LINE - 1 : (size_t) (*at - from);
    return true;
}

/* A corpus without words, for `count` of them in `size` bytes. */
static corpus *blank(size_t count, size_t size)
{
    corpus *c = size < SIZE_MAX - sizeof END_OF_LINE ? calloc(1, sizeof *c) : NULL;
    if (!c) return NULL;
    c->ids = calloc(count + 1, sizeof *c->ids);
    /* Each word is copied once, with a NUL. A word of the text has a separator or the end of the text behind it: that
     * makes size + 1 bytes. Only END_OF_LINE is longer than what it stands for. */
    c->bytes = malloc(size + 1 + sizeof END_OF_LINE);
    if (c->ids && c->bytes && grow(c)) return c;
    corpus_free(c);
    return NULL;
}

/* Add a word to the vocabulary, at `to`. Returns where the next one goes; NULL on out of memory. */
static char *add(corpus *c, char *to, const char *word, size_t length)
{
    if (!grow(c)) return NULL;
    memcpy(to, word, length);
    to[length] = '\0';
    *look_up(c, to, length) = c->V + 1;
    c->word[c->V++] = to;
    return to + length + 1;
}

corpus *corpus_new(const text *t, int known, int most)
{
    const char *at = t->bytes, *end = at + t->size, *word;
    size_t count = 0, length;
    while ((most == 0 || count < (size_t) most) && next_word(&at, end, &word, &length)) count++;
    corpus *c = blank(count, t->size);
    char *to = c ? c->bytes : NULL;
    at = t->bytes;
    while (to && (size_t) c->count < count && next_word(&at, end, &word, &length)) {
        int id = *look_up(c, word, length) - 1;
        if (id < 0 && (known == 0 || c->count < known)) {
            id = c->V;
            to = add(c, to, word, length);
        }
        c->ids[c->count++] = id;
    }
    if (!to) {
        corpus_free(c);
        return NULL;
    }
    c->known = known == 0 || c->count < known ? c->count : known;
    return c;
}

corpus *corpus_of_words(const char *words, size_t size, bool *are_words)
{
    const char *at = words, *end = words + size, *word;
    size_t length;
    bool good = text_valid(words, size) == size;
    corpus *c = good ? blank(0, size) : NULL;
    char *to = c ? c->bytes : NULL;
    while (to && at < end) {
        const char *from = at;
        good = next_word(&at, end, &word, &length) && word == from && at < end && *at == '\n' &&
               !*look_up(c, word, length);
        to = good ? add(c, to, word, length) : NULL;
        at++; /* the newline */
    }
    *are_words = good;
    if (to) return c;
    corpus_free(c);
    return NULL;
}

void corpus_free(corpus *c)
{
    if (!c) return;
    free(c->ids);
    free(c->word);
    free(c->bytes);
    free(c->slot);
    free(c);
}

int corpus_find(const corpus *c, const char *word) { return *look_up(c, word, strlen(word)) - 1; }

uint64_t corpus_hash(const corpus *c)
{
    uint64_t h = HASH_START;
    for (int i = 0; i < c->known; i++) {
        const char *word = c->word[c->ids[i]];
        h = hash_bytes(h, word, strlen(word) + 1); /* with its NUL: "a b" is not "ab" */
    }
    return h;
}
