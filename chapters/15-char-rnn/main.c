/* main.c: chapter 15. char-rnn, the program to use: `train` learns a text, `sample` writes, `score` and `show` tell. */
#include "charuse.h"
#include "trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "char-rnn", TRAIN[] = "char-rnn train", SAMPLE[] = "char-rnn sample",
                  SCORE[] = "char-rnn score", SHOW[] = "char-rnn show";

/* ---- sample ---- */

/* Everything a call of `sample` needs. */
typedef struct writer {
    writing w;
    const char *prime_file, *stop;
    bool line, skip;
    int top_k, count;
    charrun c;
} writer;

static int sample_args(writer *w, int argc, char **argv)
{
    args_option shared[WRITING_ROWS];
    writing_rows(&w->w, shared);
    const args_option options[] = {
        {.kind = ARGS_ROWS, .value = shared},
        {"prime-file", ARGS_FILE, &w->prime_file, 0, 0,
         "a file with how the text begins; -: the standard input",
         "첫머리 글이 든 파일, -는 표준 입력"},
        {"skip-unknown", ARGS_FLAG, &w->skip, 0, 0, "leave out what the vocabulary lacks",
         "어휘에 없는 것을 뺌"},
        {"top-k", ARGS_INT, &w->top_k, 0, INT_MAX,
         "choose among the N likeliest only; 0: among all",
         "그럴듯한 N개 가운데에서만 고름, 0이면 모두에서"},
        {"samples", ARGS_INT, &w->count, 1, 1000000, "samples, with the seeds N, N + 1, ...",
         "표본의 수. 시드는 N, N + 1, ..."},
        {"stop", ARGS_TEXT, &w->stop, 0, 0, "stop behind this text", "이 글을 쓰면 멈춤"},
        {"line", ARGS_FLAG, &w->line, 0, 0, "stop behind a line end", "줄이 끝나면 멈춤"},
        {.kind = ARGS_END},
    };
    const args a = {
        SAMPLE, "CHECKPOINT", 1, "Write with a trained network.", "학습한 신경망으로 글을 씁니다.",
        options};
    return args_read(&a, argc, argv, &w->w.path);
}

/* The ids of a string, or of a file; NULL and no error if neither is given. */
static bool take_ids(const writer *w, const char *string, const char *file, const char *what,
                     int **ids, int *count, error *e)
{
    text t;
    int left = 0;
    if (!file && (!string || !*string)) return true;
    if (!(file ? text_read(&t, charuse_path(file), e) : text_from(&t, string, what, e)))
        return false;
    *ids = charuse_encode(&w->c.x, &t, what, w->skip, count, &left, e);
    text_free(&t);
    if (*ids && left)
        fprintf(stderr,
                say("%s: %d symbols are not in the vocabulary and left out\n",
                    "%s: 어휘에 없는 기호 %d개를 뺐습니다\n"),
                what, left);
    return *ids != NULL;
}

static bool write_samples(writer *w, error *e)
{
    int *prime = NULL, primes = 0, *stop = NULL, stops = 0, drawn = 0;
    const int start = lexicon_start(&w->c.x);
    bool good = take_ids(w, w->w.prime, w->prime_file, w->prime_file ? "--prime-file" : "--prime",
                         &prime, &primes, e) &&
                take_ids(w, w->line ? "\n" : w->stop, NULL, w->line ? "--line" : "--stop", &stop,
                         &stops, e);
    int *ids = need(calloc((size_t) primes + (size_t) w->w.length + 1, sizeof *ids));
    const charuse_sampling how = {w->w.length, w->w.temperature, w->top_k, stop, stops};
    for (int i = 0; good && i < primes; i++) ids[i] = prime[i];
    for (int k = 0; good && k < w->count; k++) {
        rng draws;
        rng_seed(&draws, w->w.seed + (uint32_t) k);
        good = charuse_sample(w->c.r->one, primes ? prime : &start, primes ? primes : 1, &how,
                              &draws, ids + primes, &drawn, e);
        char *txt = need(lexicon_decode(&w->c.x, ids, primes + drawn));
        const bool ended = w->line && *txt && txt[strlen(txt) - 1] == '\n';
        if (good) printf("%s%s%s", k ? "----\n" : "", txt, ended ? "" : "\n");
        free(txt);
    }
    free(prime);
    free(stop);
    free(ids);
    return good;
}

static int sample_main(int argc, char **argv)
{
    error e;
    writer w = {.w = {.program = SAMPLE, .length = 200}, .count = 1};
    const int status = sample_args(&w, argc, argv);
    if (status != ARGS_GO_ON) return status;
    const bool good = charuse_open(&w.c, w.w.path, &e) && write_samples(&w, &e);
    charrun_free(&w.c);
    return good ? EXIT_SUCCESS : say_error(SAMPLE, &e);
}

/* ---- score and show ---- */

/* What both need: a checkpoint, a text, a table. */
typedef struct reader {
    const char *program, *path[2], *table;
    charrun c;
    text t;
    runlog log;
} reader;

static bool reader_open(reader *r, error *e)
{
    const char *path = charuse_path(r->path[1]);
    return charuse_open(&r->c, r->path[0], e) && text_read(&r->t, path, e) &&
           runlog_apart(path, r->table, e) && runlog_apart(r->path[0], r->table, e) &&
           runlog_table(&r->log, r->table, e);
}

static int reader_close(reader *r, bool good, error *e)
{
    error of_log;
    const bool closed = runlog_close(&r->log, &of_log);
    charrun_free(&r->c);
    text_free(&r->t);
    return good && closed ? EXIT_SUCCESS : say_error(r->program, good ? &of_log : e);
}

static int score_main(int argc, char **argv)
{
    error e;
    charuse_score s;
    reader r = {.program = SCORE};
    const args_option options[] = {
        {"table", ARGS_FILE, &r.table, 0, 0, "table of each symbol's nat",
         "기호마다의 nat을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {SCORE,
                    "CHECKPOINT TEXT",
                    2,
                    "Tell how well a trained network expects a text.",
                    "학습한 신경망이 글을 얼마나 예상하는지 셉니다.",
                    options};
    const int status = args_read(&a, argc, argv, r.path);
    if (status != ARGS_GO_ON) return status;
    const bool good = reader_open(&r, &e);
    if (good && !charuse_read(&r.c, &r.t, r.log.stream, &s)) need(NULL);
    if (good)
        printf(say("%d symbols predicted, %d unknown: %s nat per symbol, perplexity %s, %s bits "
                   "per character\n",
                   "예측한 기호 %d개, 모르는 기호 %d개: 기호당 %s nat, 퍼플렉서티 %s, 문자당 "
                   "%s비트\n"),
               s.counted, s.unknown, NUM("%.4f", s.nat), NUM("%.3f", s.perplexity),
               NUM("%.4f", s.bits));
    return reader_close(&r, good, &e);
}

/* The cells that follow something the most. */
static void print_cells(const charuse_cells *k, int H)
{
    enum { SHOWN = 3 };
    const char *const feature[CHARUSE_FEATURES] = {say("place in the line", "줄에서의 자리"),
                                                   say("place in the word", "단어에서의 자리"),
                                                   say("within quotes", "따옴표 안")};
    for (int f = 0; f < CHARUSE_FEATURES; f++) {
        printf("  %s:", feature[f]);
        for (int shown = 0; shown < SHOWN && shown < H; shown++) {
            int best = 0;
            for (int j = 1; j < H; j++)
                if (fabs(k->follows[f][j]) > fabs(k->follows[f][best])) best = j;
            if (isnan(k->follows[f][best])) break; /* all are: nothing of this is in the text */
            printf("  %d (%s)", best, NUM("%.3f", k->follows[f][best]));
            k->follows[f][best] = 0;
        }
        putchar('\n');
    }
}

static int show_main(int argc, char **argv)
{
    error e;
    reader r = {.program = SHOW};
    charuse_cells k = {.state = 0};
    int layer = 0;
    args_choice state = {&k.state, {"h", "c"}, "h or c", "h나 c를"};
    const args_option options[] = {
        {"layer", ARGS_INT, &layer, 0, CELLNET_LAYERS, "which layer; 0: the last",
         "어느 계층, 0이면 마지막"},
        {"state", ARGS_CHOICE, &state, 0, 0, "h, or the memory c of an LSTM",
         "h 또는 LSTM의 기억 셀 c"},
        {"table", ARGS_FILE, &r.table, 0, 0, "table of the states at each symbol",
         "기호마다의 상태를 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {SHOW,
                    "CHECKPOINT TEXT",
                    2,
                    "Show what the cells of a trained network do over a text.",
                    "학습한 신경망의 셀이 글을 읽으며 무엇을 하는지 보입니다.",
                    options};
    const int status = args_read(&a, argc, argv, r.path);
    if (status != ARGS_GO_ON) return status;
    bool good = reader_open(&r, &e);
    k.layer = (layer ? layer : r.c.o.net.layers) - 1;
    if (good && layer > r.c.o.net.layers)
        good =
            error_set(&e, say("%s has %d layers, not %d", "%s의 계층은 %d개이고 %d개가 아닙니다"),
                      r.path[0], r.c.o.net.layers, layer);
    else if (good && k.state == 1 && r.c.o.net.cell != 0)
        good =
            error_set(&e, say("%s: only an LSTM has a c", "%s: c는 LSTM에만 있습니다"), r.path[0]);
    if (good && !charuse_show(&r.c, &r.t, &k, r.log.stream)) need(NULL);
    if (good) {
        printf(say("cells of layer %d that go with something in the text (correlation):\n",
                   "글의 무엇과 함께 움직이는 %d층의 셀(상관 계수):\n"),
               k.layer + 1);
        print_cells(&k, r.c.o.net.hidden);
    }
    charuse_cells_free(&k);
    return reader_close(&r, good, &e);
}

static int train_main(int argc, char **argv) { return trainer_main(TRAIN, argc, argv); }

int main(int argc, char **argv)
{
    static const struct {
        const char *name, *program;
        int (*main)(int argc, char **argv);
    } command[] = {{"train", TRAIN, train_main},
                   {"sample", SAMPLE, sample_main},
                   {"score", SCORE, score_main},
                   {"show", SHOW, show_main}};
    static const char *const give[] = {"train, sample, score or show",
                                       "train, sample, score, show 가운데 하나를"};
    static const args_option none[] = {{.kind = ARGS_END}};
    static const args a = {
        NAME,
        "train TEXT | sample CHECKPOINT | score CHECKPOINT TEXT | show CHECKPOINT TEXT",
        1,
        "A recurrent network for your own texts. `char-rnn train --help` and so on tell more.",
        "자기 글을 배우게 할 순환 신경망입니다. `char-rnn train --help` 등을 보십시오.",
        none};
    for (size_t k = 0; argc > 1 && k < sizeof command / sizeof *command; k++)
        if (strcmp(argv[1], command[k].name) == 0)
            return say_done(command[k].program, command[k].main(argc - 1, argv + 1));
    return session_commands(&a, give, argc, argv);
}
