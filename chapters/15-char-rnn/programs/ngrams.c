/* ngrams.c: what counting alone knows of a text: the floor that a network has to beat.
 *
 * After a context of k characters that was seen n times, with t different characters behind it, character x has
 *
 *     p_k(x) = (count(context x) + t p_{k-1}(x)) / (n + t)        Witten and Bell (1991)
 *
 * where p_{k-1} is that of the context without its first character, and the shortest of all is p_{-1} = 1 / V. */
#include "args.h"
#include "fn.h"
#include "hash.h"
#include "lexicon.h"

#include <stdio.h>
#include <stdlib.h>

static const char NAME[] = "ngrams";

/* What was counted of a string of ids. */
typedef struct entry {
    uint64_t key; /* its hash; 0: not used */
    int times;    /* how often it occurs with something behind it; the last of a text has nothing */
    int different; /* different ids behind it */
} entry;

/* A hash table. Strings are told by 64 bits of hash: two of a text will not be the same by chance. */
typedef struct table {
    entry *at;
    size_t slots; /* a power of two, more than twice the strings */
} table;

static entry *look_up(const table *t, const int *ids, int n)
{
    const uint64_t hash = hash_bytes(HASH_START + (uint64_t) n, ids, (size_t) n * sizeof *ids),
                   key = hash ? hash : 1;
    size_t i = (size_t) key & (t->slots - 1);
    while (t->at[i].key && t->at[i].key != key) i = (i + 1) & (t->slots - 1);
    t->at[i].key = key;
    return &t->at[i];
}

/* Count all contexts of k characters, and what comes behind them. */
static void count(const table *t, const int *ids, int n, int k)
{
    for (size_t i = 0; i < t->slots; i++) t->at[i] = (entry){0, 0, 0};
    for (int i = 0; i + k < n; i++) {
        entry *context = look_up(t, ids + i, k), *whole = look_up(t, ids + i, k + 1);
        context->different += whole->times == 0;
        context->times++;
        whole->times++;
    }
}

/* p[i], that of id i after the k - 1 before it, becomes that after the k before it. */
static void refine(const table *t, const int *ids, int n, int k, double *p)
{
    for (int i = k; i < n; i++) {
        const entry *context = look_up(t, ids + i - k, k);
        const int times = context->times, different = context->different;
        if (times > 0)
            p[i] = (look_up(t, ids + i - k, k + 1)->times + different * p[i]) / (times + different);
    }
}

static void print_orders(const int *ids, int trained, int held, int V, int most)
{
    table t = {.slots = 64};
    while (t.slots < 5 * ((size_t) trained + (size_t) held)) t.slots *= 2;
    t.at = need(calloc(t.slots, sizeof *t.at));
    double *p = need(calloc((size_t) held, sizeof *p));
    for (int i = 0; i < held; i++) p[i] = 1.0 / V;
    puts(say("  context  nat/char  bits/char", "  맥락    문자당 nat  문자당 비트"));
    for (int k = 0; k <= most; k++) {
        double sum = 0;
        count(&t, ids, trained, k);
        refine(&t, ids + trained, held, k, p);
        for (int i = 1; i < held; i++) sum -= fn_log(p[i]); /* as for a network: not the first */
        printf(say("  %7d %9s %10s\n", "  %4d %13s %12s\n"), k, NUM("%.4f", sum / (held - 1)),
               NUM("%.4f", sum / (held - 1) / fn_log(2)));
    }
    free(t.at);
    free(p);
}

int main(int argc, char **argv)
{
    const char *path = NULL;
    double held_out = 0.1;
    int most = 7, length;
    text t;
    lexicon x;
    error e;
    const args_option options[] = {
        {"held-out", ARGS_REAL, &held_out, 0, 0.9, "fraction of the text, at its end, to test on",
         "시험할 뒷부분의 비율"},
        {"most", ARGS_INT, &most, 0, 20, "characters of the longest context",
         "가장 긴 맥락의 문자 수"},
        {.kind = ARGS_END},
    };
    const args a = {NAME,
                    "TEXT",
                    1,
                    "What counting the characters of a text predicts of its end.",
                    "글의 문자를 세기만 해서 뒷부분을 얼마나 맞히는지 봅니다.",
                    options};
    const int status = args_read(&a, argc, argv, &path);
    if (status != ARGS_GO_ON) return say_done(NAME, status);
    if (!text_read(&t, path, &e)) return say_error(NAME, &e);
    if (!lexicon_of(&x, UNIT_CHAR, &t, 0)) need(NULL);
    int *ids = need(lexicon_encode(&x, &t, &length));
    const int held = (int) (held_out * length);
    const bool good =
        held >= 2 || error_set(&e,
                               say("%s: --held-out %s leaves %d characters; 2 are needed",
                                   "%s: --held-out %s이면 %d문자입니다. 2문자는 있어야 합니다"),
                               path, NUM("%g", held_out), held);
    if (good) {
        printf(say("%d characters counted, %d predicted, %d different:\n",
                   "센 문자 %d개, 맞힐 문자 %d개, 서로 다른 것 %d개:\n"),
               length - held, held, x.V);
        print_orders(ids, length - held, held, x.V, most);
    }
    free(ids);
    lexicon_free(&x);
    text_free(&t);
    return say_done(NAME, good ? EXIT_SUCCESS : say_error(NAME, &e));
}
