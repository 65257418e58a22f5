/* main.c: chapter 1. From characters to ids, and from ids to one-hot vectors. */
#include "args.h"
#include "rng.h"
#include "show.h"
#include "vocab.h"

#include <stdio.h>
#include <stdlib.h>

static void print_char(uint32_t c) { printf("'%s'", text_show((char[TEXT_ROOM]){0}, c)); }

static void print_vocab(const vocab *v)
{
    putchar('[');
    for (int i = 0; i < v->size; i++) {
        if (i > 0) fputs(", ", stdout);
        print_char(v->ix_to_char[i]);
    }
    puts("]");
}

static void print_char_to_ix(const vocab *v)
{
    putchar('{');
    for (int i = 0; i < v->size; i++) {
        if (i > 0) fputs(", ", stdout);
        print_char(v->ix_to_char[i]);
        printf(": %d", vocab_ix(v, v->ix_to_char[i]));
    }
    puts("}");
}

static void print_ids(const int *ix, int n)
{
    putchar('[');
    for (int i = 0; i < n; i++) printf(i > 0 ? ", %d" : "%d", ix[i]);
    puts("]");
}

/* Encode and decode: the four lines of the post. */
static void round_trip(const vocab *v, const text *t)
{
    int *ix = need(calloc((size_t) t->length, sizeof *ix));
    char *back = need(malloc(4 * (size_t) t->length + 1));
    vocab_encode(v, t, ix);
    vocab_decode(v, ix, t->length, back);
    printf(say("1. Original text: %s\n", "1. 원래 글: %s\n"), t->bytes);
    printf("%s", say("2. Encoded text: ", "2. 인코딩한 글: "));
    print_ids(ix, t->length);
    printf("%s[", say("3. Decoded text: ", "3. 디코딩한 글: "));
    for (int i = 0; i < t->length; i++) {
        if (i > 0) fputs(", ", stdout);
        print_char(v->ix_to_char[ix[i]]);
    }
    puts("]");
    printf(say("4. To string: %s\n", "4. 다시 문자열로: %s\n"), back);
    free(back);
    free(ix);
}

/* W x, once as a product and once as the column it picks out. */
static void pick_a_column(const vocab *v, int ix, uint32_t seed)
{
    enum { ROWS = 4 };
    rng draws;
    mat *x = need(mat_new(v->size, 1)), *W = need(mat_new(ROWS, v->size));
    mat *product = need(mat_new(ROWS, 1)), *column = need(mat_new(ROWS, 1));
    rng_seed(&draws, seed);
    for (int i = 0; i < mat_size(W); i++) W->v[i] = (real) (0.01 * rng_randn(&draws));
    one_hot(x, ix);
    printf("%s", say("one-hot encoding of ", "원-핫 인코딩: "));
    print_char(v->ix_to_char[ix]);
    show_vector("", "%.0f", x);
    printf(say("\nA matrix W of %d x %d times this vector x:\n",
               "\n%d x %d 행렬 W와 이 벡터 x의 곱입니다.\n"),
           ROWS, v->size);
    show_vector(say("  W x, row by row:   ", "  W x를 행마다 계산:  "), "% .8f",
                mat_add_ax(product, W, x));
    printf(say("  column %d of W:     ", "  W의 %d번 열:        "), ix);
    show_vector("", "% .8f", mat_add_column(column, W, ix));
    int same = 0;
    for (int i = 0; i < ROWS; i++) same += product->v[i] == column->v[i];
    printf(
        say("  equal: %d of %d numbers. The product takes %d multiplications, the column none.\n",
            "  같은 수: %d/%d. 곱에는 곱셈 %d번이 들고, 열을 고르는 데에는 한 번도 들지 "
            "않습니다.\n"),
        same, ROWS, mat_size(W));
    mat_free(x);
    mat_free(W);
    mat_free(product);
    mat_free(column);
}

int main(int argc, char **argv)
{
    const char *word = "vector";
    uint32_t seed = 0;
    error e;
    text t, with_end;
    const args_option options[] = {
        {"text", ARGS_TEXT, &word, 0, 0, "the word", "단어"},
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the random matrix", "난수 행렬의 시드"},
        {.kind = ARGS_END},
    };
    const args a = {"vocab",
                    "",
                    0,
                    "Chapter 1: characters, their numbers, one-hot vectors.",
                    "1장: 문자와 번호, 원-핫 벡터.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!text_from(&t, word, "--text", &e)) return say_error(a.program, &e);

    vocab *v = need(vocab_of(&t));
    printf("%s\n", t.bytes);
    print_vocab(v);
    printf(say("number of characters: %d\n", "서로 다른 문자의 수: %d\n"), v->size);
    fputs("char_to_ix: ", stdout);
    print_char_to_ix(v);
    putchar('\n');
    round_trip(v, &t);

    /* Each word of a text ends in '\n', a character like any other. */
    char *bytes = need(malloc(t.size + 2));
    snprintf(bytes, t.size + 2, "%s\n", t.bytes);
    if (!text_from(&with_end, bytes, "--text", &e)) return say_error(a.program, &e);
    vocab *ended = need(vocab_of(&with_end));
    printf(say("\nwith the end mark '\\n': V = %d -> %d\n",
               "\n끝 표시 '\\n'을 더하면: V = %d -> %d\n"),
           v->size, ended->size);
    fputs("char_to_ix: ", stdout);
    print_char_to_ix(ended);
    const char *first = t.bytes;
    pick_a_column(ended, vocab_ix(ended, text_next(&first)), seed);

    free(bytes);
    vocab_free(v);
    vocab_free(ended);
    text_free(&t);
    text_free(&with_end);
    return say_done(a.program, EXIT_SUCCESS);
}
