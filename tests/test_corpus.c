/* test_corpus.c: a text as words. */
#include "corpus.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static corpus *from(const char *utf8, int known, int most)
{
    text t;
    error e;
    cr_assert(text_from(&t, utf8, "test", &e), "%s", e.text);
    corpus *c = corpus_new(&t, known, most);
    text_free(&t);
    return c;
}

static void is(const corpus *c, const char *expected)
{
    char ids[300] = "";
    for (int i = 0; i < c->count; i++)
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), " %d", c->ids[i]);
    cr_assert_str_eq(ids, expected);
}

Test(corpus, the_walk_through_of_the_seed)
{
    corpus *c = from("you say goodbye and I say hello .", 0, 0);
    is(c, " 0 1 2 3 4 1 5 6");
    cr_assert_eq(c->V, 7);
    cr_assert_str_eq(c->word[5], "hello");
    cr_assert_eq(corpus_find(c, "goodbye"), 2);
    cr_assert_eq(corpus_find(c, "Hello"), CORPUS_UNKNOWN);
    corpus_free(c);
}

/* As in the Penn Treebank files: " a b \\n b c \\n" is a b <eos> b c <eos>. */
Test(corpus, line_ends_are_words)
{
    corpus *c = from(" a b \n b c \n", 0, 0);
    is(c, " 0 1 2 1 3 2");
    cr_assert_str_eq(c->word[2], "<eos>");
    corpus_free(c);
    c = from("\na\n\nb", 0, 0);
    is(c, " 0 1 0 0 2");
    cr_assert_str_eq(c->word[1], "a");
    cr_assert_str_eq(c->word[2], "b");
    corpus_free(c);
    c = from("x\ny", 0, 0);
    is(c, " 0 1 2");
    cr_assert_str_eq(c->word[0], "x");
    cr_assert_str_eq(c->word[2], "y");
    corpus_free(c);
}

Test(corpus, later_words_may_be_unknown)
{
    corpus *c = from("a b a c b d a", 3, 6);
    is(c, " 0 1 0 -1 1 -1");
    cr_assert_eq(c->V, 2);
    cr_assert_eq(c->known, 3);
    corpus_free(c);
    c = from("a b", 10, 0);
    cr_assert_eq(c->known, 2);
    corpus_free(c);
}

Test(corpus, korean_words)
{
    corpus *c = from("나 는 너 는\n나", 0, 0);
    is(c, " 0 1 2 1 3 0");
    cr_assert_str_eq(c->word[2], "너");
    corpus_free(c);
}

Test(corpus, nothing_but_space_has_line_ends_only)
{
    corpus *c = from(" \n \n", 0, 0);
    is(c, " 0 0");
    corpus_free(c);
    c = from("   ", 0, 0);
    cr_assert(c->count == 0 && c->V == 0);
    corpus_free(c);
}

Test(corpus, the_bundled_words_are_as_many_as_numpy_counts)
{
    text t;
    error e;
    cr_assert(text_read(&t, "chapters/10-rnnlm/texts/declaration_words.txt", &e), "%s", e.text);
    corpus *c = corpus_new(&t, 1000, 0);
    cr_assert(c->known == 1000 && c->V == 404 && c->count == 1711, "%d %d", c->V, c->count);
    corpus_free(c);
    text_free(&t);
}

/* Every text of up to 6 of these characters; under ASan, no word is written beyond its memory. */
Test(corpus, all_short_texts)
{
    static const char letters[] = "\n a<";
    enum { LETTERS = sizeof letters - 1, MOST = 6 };
    for (int length = 1; length <= MOST; length++) {
        int texts = 1;
        for (int i = 0; i < length; i++) texts *= LETTERS;
        for (int n = 0; n < texts; n++) {
            char utf8[MOST + 1] = "";
            int words = 0;
            for (int i = 0, rest = n; i < length; i++, rest /= LETTERS) {
                utf8[i] = letters[rest % LETTERS];
                const bool in_word = utf8[i] == 'a' || utf8[i] == '<';
                words += utf8[i] == '\n' || (in_word && (i == 0 || strchr(" \n", utf8[i - 1])));
            }
            corpus *c = from(utf8, n % 3, 0);
            cr_assert_eq(c->count, words, "%s", utf8);
            for (int k = 0; k < c->V; k++) cr_assert_eq(corpus_find(c, c->word[k]), k, "%s", utf8);
            corpus_free(c);
        }
    }
}

/* The words of a large vocabulary are found in a time that grows with their number, not with its square. */
Test(corpus, a_large_vocabulary_is_opened_in_linear_time, .timeout = 30)
{
    enum { WORDS = 300000, ROOM = 10 * WORDS };
    bool are_words;
    char *words = malloc(ROOM);
    size_t size = 0;
    for (int k = 0; k < WORDS; k++)
        size += (size_t) snprintf(words + size, ROOM - size, "w%d\n", k);
    corpus *c = corpus_of_words(words, size, &are_words);
    cr_assert_not_null(c);
    cr_assert_eq(c->V, WORDS);
    for (int k = 0; k < WORDS; k++) cr_assert_eq(corpus_find(c, c->word[k]), k);
    cr_assert_eq(corpus_find(c, "w"), CORPUS_UNKNOWN);
    corpus_free(c);
    free(words);
}

static uint64_t hash_of(const char *utf8, int known)
{
    corpus *c = from(utf8, known, 0);
    const uint64_t hash = corpus_hash(c);
    corpus_free(c);
    return hash;
}

Test(corpus, its_hash_is_of_the_known_words)
{
    cr_assert_eq(hash_of("a b a", 0), hash_of(" a  b\ta", 0));
    cr_assert_eq(hash_of("a b a c", 3), hash_of("a b a D E", 3));
    cr_assert_neq(hash_of("a b a", 0), hash_of("A B A", 0), "the same ids, other words");
    cr_assert_neq(hash_of("a b a", 0), hash_of("ab a", 0));
    cr_assert_neq(hash_of("a b a", 0), hash_of("a b a", 2));
    cr_assert_neq(hash_of("a b", 0), hash_of("b a", 0));
}

static void not_words(const char *words, size_t size)
{
    bool are_words = true;
    cr_assert_null(corpus_of_words(words, size, &are_words), "%s", words);
    cr_assert_not(are_words, "%s", words);
}

Test(corpus, a_vocabulary_from_its_words)
{
    bool are_words = false;
    corpus *c = corpus_of_words("a\n<eos>\nbc\n", 11, &are_words);
    cr_assert(are_words);
    cr_assert_eq(c->V, 3);
    cr_assert_str_eq(c->word[2], "bc");
    corpus_free(c);
    not_words("a\na\n", 4);
    not_words("a\n\n", 3);
    not_words("a\nb", 3);      /* no newline */
    not_words("a\nb c\n", 6);  /* a space */
    not_words(" a\n", 3);      /* a space */
    not_words("a\n\0\n", 4);   /* a NUL */
    not_words("a\nb\0", 4);    /* a NUL */
    not_words("a\n\xFF\n", 4); /* not UTF-8 */
    corpus_free(NULL);
}
