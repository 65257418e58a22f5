/* main.c: chapter 13. One Korean text as bytes, as characters and as jamo: what does each of them pay for it? */
#include "args.h"
#include "compare.h"
#include "hangul.h"
#include "live.h"
#include "runlog.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RARE = 2 }; /* symbols that occur less often are left to the escape */

/* What the program was asked for. */
typedef struct hangul_options {
    const char *path;   /* the text */
    int characters;     /* of it, from its start; 0: all */
    double held_out;    /* fraction of it */
    budget b;           /* of each network; its H is that of characters */
    int seeds;          /* networks of each unit */
    bool equal_weights; /* H of the other units: with as many weights */
    int sample;         /* characters of a sample */
} hangul_options;

/* ---- syllables and jamo ---- */

static void print_shown(uint32_t c) { fputs(text_show((char[TEXT_ROOM]){0}, c), stdout); }

/* A jamo with its place. */
static void print_placed(uint32_t c)
{
    static const char *const en[] = {"", "-initial", "-medial", "-final", ""}, *const ko[] = {
                                                                                   "", "(초)",
                                                                                   "(중)", "(종)",
                                                                                   ""};
    putchar(' ');
    print_shown(hangul_letter(c));
    fputs(say(en[hangul_place_of(c)], ko[hangul_place_of(c)]), stdout);
}

static void show_syllables(const char *word)
{
    while (*word) {
        uint32_t jamo[3];
        const uint32_t c = text_next(&word);
        const int n = hangul_decompose(c, jamo);
        fputs("  ", stdout);
        print_shown(c);
        printf(" U+%04X =", (unsigned) c);
        for (int i = 0; i < n; i++) print_placed(jamo[i]);
        for (int i = 0; i < n; i++) printf("%s U+%04X", i ? "" : " =", (unsigned) jamo[i]);
        putchar('\n');
    }
}

/* Every syllable taken apart and put together, and every triple of jamo put together and taken apart. */
static void show_all(void)
{
    int syllables = 0, triples = 0;
    for (uint32_t i = 0; i < HANGUL_SYLLABLES; i++) {
        uint32_t jamo[3];
        const int n = hangul_decompose(0xAC00 + i, jamo);
        syllables += hangul_compose(jamo, n) == 1 && jamo[0] == 0xAC00 + i;
    }
    for (uint32_t i = 0; i < HANGUL_SYLLABLES; i++) {
        const uint32_t final = i % HANGUL_FINALS,
                       given[3] = {0x1100 + i / HANGUL_FINALS / HANGUL_MEDIALS,
                                   0x1161 + i / HANGUL_FINALS % HANGUL_MEDIALS, 0x11A7 + final};
        uint32_t c[3] = {given[0], given[1], given[2]}, jamo[3];
        const int n = final ? 3 : 2;
        triples += hangul_compose(c, n) == 1 && hangul_decompose(c[0], jamo) == n &&
                   memcmp(jamo, given, (size_t) n * sizeof *jamo) == 0;
    }
    printf(say("  syllables that come back from their jamo: %d of %d\n"
               "  jamo that come back from their syllable: %d of %d\n",
               "  낱자로 풀었다가 되돌아온 글자: %d/%d\n"
               "  글자로 모았다가 되돌아온 낱자 묶음: %d/%d\n"),
           syllables, HANGUL_SYLLABLES, triples, HANGUL_SYLLABLES);
}

static void show_composed(const char *what, const char *utf8)
{
    uint32_t c[8];
    int n = 0;
    printf("  %s:", what);
    while (*utf8) {
        c[n] = text_next(&utf8);
        print_placed(c[n++]);
    }
    n = hangul_compose(c, n);
    fputs(" ->", stdout);
    for (int i = 0; i < n; i++) print_placed(c[i]);
    putchar('\n');
}

static void show_hangul(void)
{
    puts(say("1. Syllables and jamo", "1. 글자와 낱자"));
    show_syllables("한글값");
    show_all();
    show_composed(say("decomposed text", "풀어쓴 글"), "\u1112\u1161\u11AB\u1100\u1173\u11AF");
    show_composed(say("two initials", "초성 둘"), "\u1100\u1100\u1161");
    show_composed(say("two medials", "중성 둘"), "\u1100\u1161\u1161\u11A8");
    show_composed(say("two finals", "종성 둘"), "\u1100\u1161\u11A8\u11AF");
    show_composed(say("backwards", "거꾸로"), "\u11A8\u1161\u1100");
}

/* ---- the text ---- */

/* Keep the first characters, up to the last line end among them. */
static void shorten(text *t, int characters)
{
    const char *at = t->bytes;
    size_t kept = t->size;
    if (characters == 0 || characters >= t->length) return;
    kept = 0;
    t->length = 0;
    for (int i = 1; i <= characters; i++)
        if (text_next(&at) == '\n') {
            kept = (size_t) (at - t->bytes);
            t->length = i;
        }
    t->bytes[kept] = '\0';
    t->size = kept;
}

/* Read the text, composed, with a line end at its end. */
static bool read_text(const hangul_options *o, text *t, error *e)
{
    text given;
    if (!text_read(&given, o->path, e)) return false;
    char *ended = need(malloc(given.size + 2));
    const bool has_end = given.bytes[given.size - 1] == '\n';
    snprintf(ended, given.size + 2, "%s%s", given.bytes, has_end ? "" : "\n");
    text_free(&given);
    const bool good = text_from(t, ended, o->path, e);
    free(ended);
    if (!good) return false;
    const int joined = unit_compose(t);
    if (joined)
        printf(say("%s is decomposed (NFD): composed, it has %d characters fewer\n",
                   "%s: 풀어쓴 글(NFD)입니다. 모으니 문자가 %d개 줄었습니다\n"),
               o->path, joined);
    shorten(t, o->characters);
    const char *end = memchr(t->bytes, '\n', t->size);
    if (end && end + 1 < t->bytes + t->size) return true;
    text_free(t);
    return error_set(e,
                     say("%s: one line to read; at least two are needed, one to learn and one to "
                         "hold out",
                         "%s: 읽을 줄이 하나입니다. 배울 줄과 떼어 둘 줄, 적어도 두 줄이 있어야 "
                         "합니다"),
                     o->path);
}

/* ---- the units ---- */

/* The budget of a unit: all the same, or H for as many weights as those of the network of characters. */
static budget budget_of(const hangul_options *o, reading *const r[], int kind)
{
    budget b = o->b;
    if (o->equal_weights)
        b.hidden = compare_hidden(r[kind]->v->size, b.wordvec,
                                  compare_weights(r[UNIT_CHAR]->v->size, b.wordvec, o->b.hidden));
    return b;
}

/* Enough symbols for a block, and enough memory? */
static bool can_train(const hangul_options *o, reading *const r[], error *e)
{
    for (int kind = 0; kind < UNIT_KINDS; kind++) {
        const budget b = budget_of(o, r, kind);
        const double V = r[kind]->v->size, D = b.wordvec, H = b.hidden,
                     T = compare_steps(&b, r[kind]), NT = b.batch * T;
        if (r[kind]->count <= NT)
            return error_set(
                e,
                say("%s: %d characters to learn are too few for --batch %d and --time %d",
                    "%s: 배울 문자 %d개는 너무 적습니다. --batch %d와 --time %d에 모자랍니다"),
                o->path, r[kind]->characters, b.batch, b.time);
        if (!memory_fits(
                e,
                (3 * (V * D + D * H + H * H + H + H * V + V) + NT * (2 * D + 4 * H + 3 * V)) *
                    sizeof(real),
                fmax(NT, fmax(D, H) * fmax(H, V)),
                say("--batch %d, --time %d, --wordvec %d and --hidden %d",
                    "--batch %d, --time %d, --wordvec %d, --hidden %d"),
                b.batch, b.time, b.wordvec, b.hidden))
            return false;
    }
    return true;
}

static void show_units(const hangul_options *o, reading *const r[])
{
    printf(say("\n2. One text in three units: %d characters to learn, %d held out\n",
               "\n2. 글 하나를 세 단위로: 배울 문자 %d개, 떼어 둔 문자 %d개\n"),
           r[0]->characters, r[0]->held_characters);
    puts(say("  unit  symbols V  per character  held out   unknown    T    H   weights",
             "  단위     어휘 V    문자당 기호   떼어 둠      모름    T    H    가중치"));
    for (int kind = 0; kind < UNIT_KINDS; kind++) {
        const reading *u = r[kind];
        const budget b = budget_of(o, r, kind);
        printf("  %-5s %9d %14s %9d %9d %4d %4d %9ld\n", unit_name[kind], u->v->size,
               NUM("%.3f", (double) u->count / u->characters), u->held_count - 1, u->unknown,
               compare_steps(&b, u), b.hidden, compare_weights(u->v->size, b.wordvec, b.hidden));
    }
}

/* ---- prices ---- */

/* The mean of n numbers; its standard error, nan if there is only one. */
static double mean_of(const double *x, int n, double *uncertainty)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) sum += x[i];
    for (int i = 0; i < n; i++) squares += (x[i] - sum / n) * (x[i] - sum / n);
    *uncertainty = n > 1 ? sqrt(squares / (n - 1) / n) : NAN;
    return sum / n;
}

/* Train a unit's networks, print and log what they pay; returns the first one. NULL: a price is not finite. */
static lm *run_unit(const hangul_options *o, reading *const r[], int kind, FILE *log, error *e)
{
    enum { PARTS = 5 };
    const reading *u = r[kind];
    lm *first = NULL;
    double *x = need(calloc((size_t) (PARTS * o->seeds), sizeof *x)), mean[PARTS], uncertainty = 0;
    for (int i = 0; i < o->seeds; i++) {
        budget b = budget_of(o, r, kind);
        b.seed += (uint32_t) i;
        lm *m = need(compare_train(&b, u));
        const price p = compare_price(m, u);
        const double part[PARTS] = {p.total, p.escapes, p.ends, p.no_final, p.orders};
        for (int k = 0; k < PARTS; k++) x[k * o->seeds + i] = part[k] / u->held_characters;
        if (log) fprintf(log, "%s\t%d\t%u", unit_name[kind], b.hidden, (unsigned) b.seed);
        for (int k = 0; log && k < PARTS; k++)
            fprintf(log, "\t%s%s", NUM("%.17g", x[k * o->seeds + i]), k + 1 < PARTS ? "" : "\n");
        if (log) fflush(log);
        if (i == 0)
            first = m;
        else
            lm_free(m);
    }
    for (int k = PARTS - 1; k >= 0; k--)
        mean[k] = mean_of(x + k * o->seeds, o->seeds, &uncertainty);
    printf("  %-5s %9s %9s %11s %10s %10s %10s %10s\n", unit_name[kind], NUM("%.4f", mean[0]),
           o->seeds > 1 ? NUM("%.4f", uncertainty) : "-",
           NUM("%.4f", mean[0] * u->held_characters / (u->held_count - 1)), NUM("%.4f", mean[1]),
           NUM("%.4f", mean[2]), NUM("%.4f", mean[3]), NUM("%.4f", mean[4]));
    fflush(stdout);
    free(x);
    if (isfinite(mean[0])) return first;
    lm_free(first);
    error_set(e,
              say("the loss of the unit %s is no longer finite; give a smaller --learning-rate",
                  "단위 %s의 손실이 유한하지 않습니다. --learning-rate를 줄이십시오"),
              unit_name[kind]);
    return NULL;
}

/* How many syllables of a sample are nowhere in the text. */
static int count_unseen(const char *sample, const text *t, int *syllables)
{
    int unseen = 0;
    *syllables = 0;
    while (*sample) {
        char one[TEXT_ROOM];
        const uint32_t c = text_next(&sample);
        if (hangul_place_of(c) != HANGUL_SYLLABLE) continue;
        text_put(one, c);
        unseen += !strstr(t->bytes, one);
        ++*syllables;
    }
    return unseen;
}

static void print_sample(const hangul_options *o, lm *m, const reading *u, const text *t)
{
    const int n = (int) ((double) o->sample * u->count / u->characters);
    int *ids = need(calloc((size_t) n + 1, sizeof *ids)), syllables;
    char *out = need(malloc(4 * (size_t) n + 1));
    unit_faults f;
    rng draws;
    rng_seed(&draws, o->b.seed);
    const int drawn = lm_sample(m, u->held, 1, n, 1, &draws, ids);
    if (unit_decode(u->kind, u->v, ids, drawn, out, &f) < 0) need(NULL);
    const int unseen = count_unseen(out, t, &syllables);
    printf(say("  %s: %d syllables, %d of them nowhere in the text; broken bytes %d, lone jamo %d, "
               "unknown %d\n",
               "  %s: 글자 %d개, 그 가운데 글에 없는 것 %d개. 깨진 바이트 %d개, 홀로 남은 낱자 "
               "%d개, 모르는 기호 %d개\n"),
           unit_name[u->kind], syllables, unseen, f.bytes, f.jamo, f.escapes);
    for (char *line = out, *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        printf("    | %.*s\n", (int) (end - line), line);
        end += *end == '\n';
    }
    free(ids);
    free(out);
}

static bool compare(const hangul_options *o, reading *const r[], const text *t, FILE *log, error *e)
{
    lm *m[UNIT_KINDS] = {NULL};
    bool good = true;
    printf(say("\n3. Bits per character of the part held out, after %d epochs, %d seeds; of these, "
               "what for\n",
               "\n3. 떼어 둔 글의 문자당 비트(%d에폭 뒤, 시드 %d개), 그 가운데 어디에 쓴 것인지\n"),
           o->b.epochs, o->seeds);
    puts(
        say("  unit  bits/char     error bits/symbol    escapes  line ends   no final     orders",
            "  단위  비트/문자      오차   비트/기호       탈출    줄의 끝  종성 없음  없는 차례"));
    if (log) fputs("unit\thidden\tseed\tbits\tescapes\tends\tno_final\torders\n", log);
    for (int kind = 0; good && kind < UNIT_KINDS; kind++) {
        m[kind] = run_unit(o, r, kind, log, e);
        good = m[kind] != NULL;
    }
    if (good && o->sample > 0) {
        printf(say("\n4. What each of them writes, about %d characters\n",
                   "\n4. 저마다 쓴 글, 약 %d문자\n"),
               o->sample);
        for (int kind = 0; kind < UNIT_KINDS; kind++) print_sample(o, m[kind], r[kind], t);
    }
    for (int kind = 0; kind < UNIT_KINDS; kind++) lm_free(m[kind]);
    return good;
}

static bool run(const hangul_options *o, FILE *log, error *e)
{
    text t;
    reading *r[UNIT_KINDS];
    show_hangul();
    if (!read_text(o, &t, e)) return false;
    for (int kind = 0; kind < UNIT_KINDS; kind++)
        r[kind] = need(reading_new((unit_kind) kind, &t, o->held_out, RARE));
    bool good = can_train(o, r, e);
    if (good) {
        show_units(o, r);
        good = compare(o, r, &t, log, e);
    }
    for (int kind = 0; kind < UNIT_KINDS; kind++) reading_free(r[kind]);
    text_free(&t);
    return good;
}

int main(int argc, char **argv)
{
    hangul_options o = {.path = "chapters/13-hangul/texts/lessons.txt",
                        .held_out = 0.1,
                        .b = {64, 32, 10, 24, 1, 0.1, 5, 0},
                        .seeds = 1,
                        .sample = 80};
    const char *log_path = NULL;
    error e;
    runlog log;
    const args_option options[] = {
        {"text", ARGS_FILE, &o.path, 0, 0, "the text, UTF-8", "UTF-8 글"},
        {"characters", ARGS_INT, &o.characters, 0, INT_MAX,
         "read only the lines within the first N characters; 0: all",
         "처음 N문자 안에 있는 줄만 읽음, 0이면 전부"},
        {"held-out", ARGS_REAL, &o.held_out, 0, 0.9, "fraction of the text to hold out, at its end",
         "글의 끝에서 떼어 둘 비율"},
        {"hidden", ARGS_INT, &o.b.hidden, 1, 2000, "size of the hidden state", "은닉 상태의 크기"},
        {"equal-weights", ARGS_FLAG, &o.equal_weights, 0, 0,
         "give bytes and jamo a larger H, so that all have as many weights as characters",
         "바이트와 낱자의 H를 늘려 가중치의 수를 문자와 같게 함"},
        {"wordvec", ARGS_INT, &o.b.wordvec, 1, 2000, "size of a symbol's vector",
         "기호 벡터의 크기"},
        {"batch", ARGS_INT, &o.b.batch, 1, 1000, "sequences side by side",
         "나란히 읽는 시퀀스의 수"},
        {"time", ARGS_INT, &o.b.time, 1, 1000, "characters of a block", "블록 하나의 문자 수"},
        {"epochs", ARGS_INT, &o.b.epochs, 0, 10000, "how often the text is read", "글을 읽는 횟수"},
        {"learning-rate", ARGS_REAL, &o.b.learning_rate, 0, 1000, "learning rate of Adagrad",
         "Adagrad의 학습률"},
        {"clip", ARGS_REAL, &o.b.clip, 1e-300, 1e300, "where the gradient's norm is clipped",
         "기울기의 노름을 자르는 값"},
        {"seed", ARGS_SEED, &o.b.seed, 0, 0, "seed of the first network", "첫 신경망의 시드"},
        {"seeds", ARGS_INT, &o.seeds, 1, 1000, "networks of each unit",
         "단위마다 학습할 신경망의 수"},
        {"sample", ARGS_INT, &o.sample, 0, 100000, "characters of a sample", "표본의 문자 수"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of what each network pays",
         "신경망마다 치른 값을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"hangul",
                    "",
                    0,
                    "Chapter 13: bytes, characters, jamo, and their price in bits per character.",
                    "13장: 바이트, 문자, 낱자와 문자당 비트.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!runlog_apart(o.path, log_path, &e) || !runlog_table(&log, log_path, &e))
        return say_error(a.program, &e);
    const bool good = run(&o, log.stream, &e);
    error of_log;
    const bool closed = runlog_close(&log, &of_log);
    if (!good || !closed) return say_error(a.program, good ? &of_log : &e);
    return say_done(a.program, EXIT_SUCCESS);
}
