/* main.c: chapter 14. min-char-rnn once more, fast: the same weights by every step, for any number of threads. */
#include "args.h"
#include "fast.h"
#include "fn.h"
#include "hash.h"
#include "live.h"
#include "shards.h"
#include "vocab.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char NAME[] = "fast";

/* The command line, and the text. */
typedef struct trainer {
    fast_options o;
    int iterations;
    bool each, speed;
    const char *path;
    text text;
    vocab *v;
    int *ix;
} trainer;

static int read_command_line(trainer *t, int argc, char **argv)
{
    fast_options *o = &t->o;
    const args_option options[] = {
        {"hidden", ARGS_INT, &o->hidden, 1, 46000, "size of the hidden state", "은닉 상태의 크기"},
        {"seq-length", ARGS_INT, &o->seq_length, 1, 1000000, "steps of a window",
         "한 번에 펼치는 단계 수"},
        {"learning-rate", ARGS_REAL, &o->learning_rate, 0, 1e6, "Adagrad's learning rate",
         "Adagrad의 학습률"},
        {"clip", ARGS_REAL, &o->clip, 0, 1e300, "clip gradients to +-X; 0: do not",
         "기울기를 ±X로 자름, 0이면 자르지 않음"},
        {"seed", ARGS_SEED, &o->seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {"streams", ARGS_INT, &o->streams, 1, fast_most_streams,
         "parts of the text read side by side", "나란히 읽는 글의 수"},
        {"shards", ARGS_INT, &o->shards, 1, fast_most_shards,
         "shards that the streams are divided into", "스트림을 나눌 몫의 수"},
        {"threads", ARGS_INT, &o->threads, 1, fast_most_threads, "threads", "스레드의 수"},
        {"each", ARGS_FLAG, &t->each, 0, 0, "train with 1, 2, ... threads, up to --threads",
         "스레드 1개, 2개부터 --threads까지 차례로 학습"},
        {"iterations", ARGS_INT, &t->iterations, 0, INT_MAX, "iterations", "반복 횟수"},
        {"speed", ARGS_FLAG, &t->speed, 0, 0, "print characters/s, which differs from run to run",
         "돌릴 때마다 다른 초당 문자 수를 보임"},
        {.kind = ARGS_END},
    };
    const args a = {NAME,
                    "TEXT",
                    1,
                    "Train a character RNN on a UTF-8 text, fast.",
                    "UTF-8 글로 문자 단위 RNN을 빠르게 학습합니다.",
                    options};
    return args_read(&a, argc, argv, &t->path);
}

static bool fits_memory(const trainer *t, error *e)
{
    const fast_options *o = &t->o;
    const double H = o->hidden, V = t->v->size, T = o->seq_length, N = o->streams;
    const double nets = 2 + o->shards, weights = H * H + 2 * H * V + H + V;
    const double bands = (double) o->threads * (int) FAST_BAND * H, padding = 32;
    const double numbers = nets * weights + H * H + H * V + N * T * (3 * H + 2 * V) + bands;
    return memory_fits(e, numbers * sizeof(real), (fmax(H, N) + padding) * (fmax(H, V) + padding),
                       say("--hidden %d, --seq-length %d, --streams %d and %d characters",
                           "--hidden %d, --seq-length %d, --streams %d, 문자 %d개"),
                       o->hidden, o->seq_length, o->streams, t->v->size);
}

static bool read_text(trainer *t, error *e)
{
    const fast_options *o = &t->o;
    if (!text_read(&t->text, t->path, e)) return false;
    t->v = need(vocab_of(&t->text));
    t->ix = need(calloc((size_t) t->text.length, sizeof *t->ix));
    vocab_encode(t->v, &t->text, t->ix);
    if (o->streams % o->shards != 0)
        return error_set(e,
                         say("--streams %d cannot be divided into --shards %d equal parts",
                             "--streams %d: --shards %d개의 같은 몫으로 나눌 수 없습니다"),
                         o->streams, o->shards);
    if (t->text.length / o->streams <= o->seq_length)
        return error_set(
            e,
            say("%s: %d characters are too few; --streams %d and --seq-length %d need %ld",
                "%s: 문자 %d개는 너무 적습니다. --streams %d --seq-length %d에는 %ld개가 "
                "있어야 합니다"),
            t->path, t->text.length, o->streams, o->seq_length,
            (long) o->streams * (o->seq_length + 1));
    return fits_memory(t, e);
}

/* One number that tells whether the weights are the same to the last bit. */
static uint64_t hash_of(const rnn *net)
{
    uint64_t h = HASH_START;
    for (int k = 0; k < 5; k++)
        h = hash_bytes(h, net->all[k]->v, (size_t) mat_size(net->all[k]) * sizeof(real));
    return h;
}

static void train(const trainer *t, const fast_options *o)
{
    fast *r = need(fast_new(o, t->ix, t->text.length, t->v->size));
    rnn *net = need(rnn_new(o->hidden, t->v->size));
    const double since = live_seconds();
    while (r->n < t->iterations) fast_step(r);
    const double spent = live_seconds() - since;
    fast_weights(net, r);
    printf(say("streams %d, shards %d, threads %d: loss %s, weights %016llx",
               "스트림 %d, 몫 %d, 스레드 %d: 손실 %s, 가중치 %016llx"),
           o->streams, o->shards, o->threads, NUM("%f", r->smooth_loss),
           (unsigned long long) hash_of(net));
    if (t->speed && spent > 0)
        printf(say(", %.0f characters/s", ", 초당 %.0f자"),
               (double) t->iterations * o->seq_length * o->streams / spent);
    putchar('\n');
    fast_free(r);
    rnn_free(net);
}

int main(int argc, char **argv)
{
    error e;
    trainer t = {.o = {.hidden = 100,
                       .seq_length = 25,
                       .learning_rate = 0.1,
                       .clip = 5,
                       .streams = 1,
                       .shards = 1,
                       .threads = 1},
                 .iterations = 1000};
    const int status = read_command_line(&t, argc, argv);
    if (status != ARGS_GO_ON) return say_done(NAME, status);
    const bool good = read_text(&t, &e);
    fast_options o = t.o;
    for (o.threads = t.each ? 1 : o.threads; good && o.threads <= t.o.threads; o.threads++)
        train(&t, &o);
    text_free(&t.text);
    vocab_free(t.v);
    free(t.ix);
    return say_done(NAME, good ? EXIT_SUCCESS : say_error(NAME, &e));
}
