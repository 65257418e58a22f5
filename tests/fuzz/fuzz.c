/* fuzz.c: the readers of texts, files and command lines, given bytes that libFuzzer makes up. The variable FUZZ names
 * the reader. It is wrong if one crashes, if a sanitizer complains, or if what was read breaks a promise. See fuzz.sh. */
#define _POSIX_C_SOURCE 200809L

#include "args.h"
#include "charuse.h"
#include "checkpoint.h"
#include "lmfile.h"
#include "require.h"
#include "runlog.h"
#include "sample.h"
#include "tsv.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOLDS(promise) REQUIRE(promise, !=, false)

enum { MOST = 1000 }; /* bounds on what is tried with a run that has been read */

static char path[400];

static void remove_file(void) { unlink(path); }

/* Write a file of this process, which is removed at its end. Returns its name. */
static const char *file_of(const char *bytes, size_t size)
{
    if (!*path) {
        const char *folder = getenv("TMPDIR");
        snprintf(path, sizeof path, "%s/fuzz-%ld", folder ? folder : "/tmp", (long) getpid());
        atexit(remove_file);
    }
    FILE *f = fopen(path, "wb");
    HOLDS(f != NULL);
    fwrite(bytes, 1, size, f);
    fclose(f);
    return path;
}

/* A text's characters are as many as it says, and come back from their ids. */
static void try_text(const char *bytes, size_t size)
{
    text t;
    error e;
    if (!text_from_bytes(&t, bytes, size, "bytes", &e)) {
        HOLDS(strchr(e.text, '\n') == NULL);
        return;
    }
    HOLDS(strlen(t.bytes) == t.size);
    HOLDS(text_valid(t.bytes, t.size) == t.size);
    vocab *v = vocab_of(&t);
    int *ix = calloc((size_t) t.length, sizeof *ix);
    char *back = malloc(4 * (size_t) t.length + 1), shown[TEXT_ROOM];
    HOLDS(vocab_encode(v, &t, ix) == -1);
    HOLDS((size_t) vocab_decode(v, ix, t.length, back) == t.size);
    HOLDS(strcmp(back, t.bytes) == 0);
    for (int k = 0; k < v->size; k++) text_show(shown, v->ix_to_char[k]);
    free(ix);
    free(back);
    vocab_free(v);
    text_free(&t);
}

/* A text comes back from every unit, composed; with half of a vocabulary, too, but for what is unknown. */
static void try_unit(const char *bytes, size_t size)
{
    text t;
    error e;
    if (!text_from_bytes(&t, bytes, size, "bytes", &e)) return;
    unit_compose(&t);
    HOLDS(strlen(t.bytes) == t.size && text_valid(t.bytes, t.size) == t.size);
    HOLDS(unit_compose(&t) == 0);
    uint32_t *symbols = calloc(t.size, sizeof *symbols);
    int *ids = calloc(t.size, sizeof *ids);
    char *back = malloc(4 * t.size + 1);
    for (int kind = 0; kind < UNIT_KINDS; kind++)
        for (int half = 0; half < 2; half++) {
            const unit_kind k = (unit_kind) kind;
            unit_faults f;
            const int n = unit_split(k, &t, symbols);
            vocab *v = unit_vocab(symbols, n / (1 + half), half);
            if (!v) continue;
            HOLDS(n > 0 && (size_t) n <= t.size && unit_escape_bits(k, v) >= 0);
            const int unknown = unit_encode(v, symbols, n, ids);
            HOLDS(half || unknown == 0);
            const int length = unit_decode(k, v, ids, n, back, &f);
            HOLDS(length >= 0 && text_valid(back, (size_t) length) == (size_t) length);
            HOLDS(f.escapes == unknown);
            HOLDS(unknown > 0 || f.jamo > 0 || strcmp(back, t.bytes) == 0);
            vocab_free(v);
        }
    free(symbols);
    free(ids);
    free(back);
    text_free(&t);
}

/* All words of a text are found, and a vocabulary comes back from its words. The first two bytes are the options. */
static void try_corpus(const char *bytes, size_t size)
{
    text t;
    error e;
    bool are_words;
    corpus_free(corpus_of_words(bytes, size, &are_words));
    if (size < 2 || !text_from_bytes(&t, bytes + 2, size - 2, "bytes", &e)) return;
    corpus *c = corpus_new(&t, (unsigned char) bytes[0], (unsigned char) bytes[1]);
    char *words = calloc(t.size + 10, 1), *to = words;
    for (int k = 0; k < c->V; k++) {
        HOLDS(corpus_find(c, c->word[k]) == k);
        to += sprintf(to, "%s\n", c->word[k]);
    }
    for (int i = 0; i < c->count; i++) HOLDS(c->ids[i] < c->V);
    corpus *again = corpus_of_words(words, (size_t) (to - words), &are_words);
    HOLDS(again != NULL && are_words);
    HOLDS(again->V == c->V);
    corpus_hash(c);
    free(words);
    corpus_free(again);
    corpus_free(c);
    text_free(&t);
}

static npy *npy_of(const char *bytes, size_t size)
{
    error e;
    char *copy = malloc(size + 1);
    memcpy(copy, bytes, size);
    return npy_from_bytes(copy, size, "bytes", &e);
}

static void try_npy(const char *bytes, size_t size)
{
    error e;
    npy *file = npy_of(bytes, size);
    if (!file) return;
    npy_hash(file->field, file->fields);
    savefile_check(file, "bytes", &e);
    npy_free(file);
}

static int saved_int(const npy *file, const char *name)
{
    int x = 0;
    npy_get(file, &(npy_field){name, 'i', 4, 0, 0, &x});
    return x;
}

/* The checksum is not looked at: bytes that change hit it otherwise, and nothing behind it. */
static void try_checkpoint(const char *bytes, size_t size)
{
    error e;
    train_options o;
    vocab *v = NULL;
    npy *file = npy_of(bytes, size);
    if (file && checkpoint_options(file, "bytes", &o, &v, &e)) {
        const int length = saved_int(file, "length");
        rnn *net = rnn_new(o.hidden, v->size);
        if (checkpoint_weights(file, "bytes", net, &e)) {
            int ixes[9];
            char text[40];
            rng draws;
            rng_seed(&draws, 1);
            mat *h = mat_new(o.hidden, 1);
            sampler *s = sampler_new(o.hidden, v->size);
            vocab_decode(v, ixes, sample(net, h, 0, 9, 1, -1, &draws, s, ixes), text);
            sampler_free(s);
            mat_free(h);
        }
        rnn_free(net);
        int *ix = calloc(MOST, sizeof *ix);
        if (length > o.seq_length && length <= MOST) {
            train *r = train_new(&o, ix, length, v->size);
            if (checkpoint_state(file, "bytes", r, &e) && r->n < INT_MAX) train_step(r);
            train_free(r);
        }
        free(ix);
    }
    vocab_free(v);
    npy_free(file);
}

static void try_lmfile(const char *bytes, size_t size)
{
    error e;
    lm_options o;
    corpus *c = NULL;
    npy *file = npy_of(bytes, size);
    if (file && lmfile_options(file, "bytes", &o, &c, &e) && lm_least(&o) <= MOST) {
        int ids[9], *text = calloc(MOST, sizeof *text);
        const int prime = c->V - 1;
        rng draws;
        rng_seed(&draws, 1);
        lm *m = lm_new(&o, NULL, 0, c->V);
        if (lmfile_state(file, "bytes", m, &e)) lm_sample(m, &prime, 1, 9, 1, &draws, ids);
        lm_free(m);
        m = lm_new(&o, text, MOST, c->V);
        if (lmfile_state(file, "bytes", m, &e)) lm_step(m);
        lm_free(m);
        free(text);
    }
    corpus_free(c);
    npy_free(file);
}

/* A run of char-rnn: what is opened can write, and go on. */
static void try_charrun(const char *bytes, size_t size)
{
    error e;
    charrun c = {.o = charrun_defaults};
    charnet_options *o = &c.o.net;
    npy *file = npy_of(bytes, size);
    if (file && charrun_options_of(file, "bytes", &c, &e) &&
        (long) o->batch * o->seq_length < MOST) {
        const charuse_sampling how = {.length = 9, .temperature = 1};
        const lm_options block = {.batch = o->batch, .time = o->seq_length};
        const int prime = lexicon_start(&c.x);
        int ids[9], drawn;
        rng draws;
        rng_seed(&draws, 1);
        c.trained = (int) lm_least(&block);
        c.ids = calloc((size_t) c.trained, sizeof *c.ids);
        HOLDS(c.ids && charrun_start(&c, &e));
        if (charrun_state_of(file, "bytes", &c, &e)) {
            if (charuse_sample(c.r->one, &prime, 1, &how, &draws, ids, &drawn, &e))
                free(lexicon_decode(&c.x, ids, drawn));
            if (c.r->n < INT_MAX && charnet_begin(c.r, &e)) charnet_step(c.r);
        }
    }
    charrun_free(&c);
    npy_free(file);
}

/* Of a log, some bytes from its start are kept; or it is refused, and stays as it is. The first two bytes are the iteration
 * and a sample's length. */
static void try_runlog(const char *bytes, size_t size)
{
    if (size < 2) return;
    for (int kind = RUNLOG_ROWS; kind <= RUNLOG_SAMPLES; kind++) {
        const runlog_form form = {.kind = (runlog_kind) kind,
                                  .head = kind == RUNLOG_ROWS ? "# head\niteration\tloss\n" : "",
                                  .from = (unsigned char) bytes[0],
                                  .end = 1000,
                                  .every = 1,
                                  .length = (unsigned char) bytes[1],
                                  .resumed = true};
        runlog l;
        error e;
        struct stat st;
        const bool kept = runlog_plan(&l, file_of(bytes + 2, size - 2), &form, &e);
        if (kept && runlog_open(&l, &e) && runlog_begin(&l, &e)) runlog_close(&l, &e);
        HOLDS(stat(path, &st) == 0);
        HOLDS((size_t) st.st_size <= size - 2 + strlen(form.head));
        HOLDS(kept || (size_t) st.st_size == size - 2);
    }
}

static void try_tsv(const char *bytes, size_t size)
{
    error e;
    tsv *t = tsv_read(file_of(bytes, size), &e);
    if (!t) return;
    for (int i = 0; i < t->rows; i++) {
        double x[9];
        int n = 0;
        while (n < 9 && t->row[i][n]) n++;
        tsv_numbers(t->row[i], n, x);
    }
    tsv_find(t, "hs", "0");
    tsv_free(t);
}

/* The arguments are the lines of the bytes. */
static void try_args(const char *bytes, size_t size)
{
    bool flag = false;
    int whole = 3, chosen = 0;
    uint32_t seed = 0;
    double number = 0.5;
    const char *string = "", *name = NULL, *operand = NULL;
    args_choice choice = {&chosen, {"seed", "full"}, "seed or full", "seed나 full을"};
    const args_option options[] = {
        {"flag", ARGS_FLAG, &flag, 0, 0, "", ""},
        {"whole", ARGS_INT, &whole, -5, 1000, "", ""},
        {"seed", ARGS_SEED, &seed, 0, 0, "", ""},
        {"number", ARGS_REAL, &number, 0, 1e6, "", ""},
        {"string", ARGS_TEXT, &string, 0, 0, "", ""},
        {"file", ARGS_FILE, &name, 0, 0, "", ""},
        {"choice", ARGS_CHOICE, &choice, 0, 0, "", ""},
        {.kind = ARGS_END},
    };
    const args a = {"fuzz", "TEXT", 1, "Nothing.", "없음.", options};
    char *copy = malloc(size + 1), *argv[20] = {"fuzz"};
    int argc = 1;
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    for (char *word = strtok(copy, "\n"); word && argc < 19; word = strtok(NULL, "\n"))
        argv[argc++] = word;
    const int status = args_read(&a, argc, argv, &operand);
    HOLDS(status == ARGS_GO_ON || status == 0 || status == 2);
    if (status == ARGS_GO_ON) {
        HOLDS(whole >= -5 && whole <= 1000 && (chosen == 0 || chosen == 1));
        HOLDS(number >= 0 && number <= 1e6 && operand != NULL);
        HOLDS(args_number(&a, "whole") == whole);
    }
    free(copy);
}

static const struct reader {
    const char *name;
    void (*try)(const char *bytes, size_t size);
} readers[] = {
    {"text", try_text},     {"corpus", try_corpus},
    {"npy", try_npy},       {"checkpoint", try_checkpoint},
    {"lmfile", try_lmfile}, {"runlog", try_runlog},
    {"tsv", try_tsv},       {"args", try_args},
    {"unit", try_unit},     {"charrun", try_charrun},
};

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    const char *name = getenv("FUZZ");
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++)
        if (name && strcmp(name, readers[k].name) == 0) {
            readers[k].try((const char *) bytes, size);
            return 0;
        }
    fputs("FUZZ names no reader of fuzz.c\n", stderr);
    abort();
}
