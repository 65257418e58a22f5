/* main.c: chapter 8. The complete min-char-rnn: `train` learns a text, `sample` writes in its style. */
#include "checkpoint.h"
#include "fn.h"
#include "hash.h"
#include "rnncheck.h"
#include "sample.h"
#include "session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "min-char-rnn", TRAIN[] = "min-char-rnn train",
                  SAMPLE[] = "min-char-rnn sample";

/* ---- train ---- */

/* Everything a call of `train` needs. */
typedef struct trainer {
    session s;
    train_options o;
    text text;
    vocab *v;
    int *ix;              /* the ids of the text: the part to train on, then the held-out part */
    int trained_on, held; /* the lengths of these parts */
    uint64_t hash;
    train *r;
    sampler *sampler;
    int *sample_ix;
    char *sample_text;
} trainer;

static void trainer_free(trainer *t)
{
    text_free(&t->text);
    vocab_free(t->v);
    free(t->ix);
    train_free(t->r);
    sampler_free(t->sampler);
    free(t->sample_ix);
    free(t->sample_text);
}

static int read_command_line(trainer *t, int argc, char **argv)
{
    static const char *const fixed[] = {"hidden", "seq-length", "held-out", "seed", NULL};
    train_options *o = &t->o;
    args_choice window = {&o->full_window, {"seed", "full"}, "seed or full", "seed나 full을"};
    args_option shared[SESSION_ROWS];
    session_rows(&t->s, shared);
    const args_option options[] = {
        {"hidden", ARGS_INT, &o->hidden, 1, 46340, "size of the hidden state", "은닉 상태의 크기"},
        {"seq-length", ARGS_INT, &o->seq_length, 1, 1000000, "steps of a window",
         "한 번에 펼치는 단계 수"},
        {"learning-rate", ARGS_REAL, &o->learning_rate, 0, 1e6, "Adagrad's learning rate",
         "Adagrad의 학습률"},
        {"seed", ARGS_SEED, &o->seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {"clip", ARGS_REAL, &o->clip, 0, 1e300, "clip gradients to +-X; 0: do not",
         "기울기를 ±X로 자름, 0이면 자르지 않음"},
        {"clip-norm", ARGS_REAL, &o->clip_norm, 0, 1e300,
         "clip the gradient's norm to X; 0: do not", "기울기의 노름을 X로 자름, 0이면 자르지 않음"},
        {"window", ARGS_CHOICE, &window, 0, 0,
         "seed: as the original; full: also the last one that fits",
         "seed: 원본의 규칙, full: 들어맞는 마지막 창까지"},
        {"sample-every", ARGS_INT, &o->sample_every, 0, INT_MAX,
         "iterations from sample to sample; 0: none", "표본을 보이는 반복 간격, 0이면 없음"},
        {"sample-length", ARGS_INT, &o->sample_length, 0, 1000000, "characters of a sample",
         "표본의 문자 수"},
        {"held-out", ARGS_REAL, &o->held_out, 0, 0.9,
         "fraction of the text, at its end, to test on only",
         "학습에 쓰지 않고 떼어 둘 뒷부분의 비율"},
        {.kind = ARGS_ROWS, .value = shared},
        {.kind = ARGS_END},
    };
    return session_args(&t->s, options, fixed, "Train a character RNN on a UTF-8 text.",
                        "UTF-8 글로 문자 단위 RNN을 학습합니다.", argc, argv);
}

/* Refuse sizes that exceed the memory or an int, before the system swaps or kills the program. */
static bool fits_memory(const train_options *o, int V, error *e)
{
    const double H = o->hidden, T = o->seq_length;
    const double bytes =
        (3 * (H * H + 2 * H * V + H + V) + (T + 8) * H + (2 * T + 8) * V) * sizeof(real);
    return memory_fits(e, bytes, H * fmax(H, V),
                       say("--hidden %d, --seq-length %d and %d characters",
                           "--hidden %d, --seq-length %d, 문자 %d개"),
                       o->hidden, o->seq_length, V);
}

static bool read_text(trainer *t, error *e)
{
    if (!session_text(&t->s, &t->text)) return false;
    t->v = need(vocab_of(&t->text));
    t->ix = need(calloc((size_t) t->text.length, sizeof *t->ix));
    vocab_encode(t->v, &t->text, t->ix);
    t->hash = hash_bytes(HASH_START, t->text.bytes, t->text.size);
    t->held = (int) (t->o.held_out * t->text.length);
    t->trained_on = t->text.length - t->held;
    if (t->v->size < 2)
        return error_set(e,
                         say("%s: one character repeated; there is nothing to learn",
                             "%s: 한 문자만 되풀이됩니다. 배울 것이 없습니다"),
                         t->s.text_path);
    if (t->trained_on <= t->o.seq_length)
        return error_set(
            e,
            say("%s: %d characters to train on are too few; --seq-length %d needs %d",
                "%s: 학습할 문자 %d개는 너무 적습니다. --seq-length %d에는 %d개가 있어야 합니다"),
            t->s.text_path, t->trained_on, t->o.seq_length, t->o.seq_length + 1);
    if (t->o.held_out > 0 && t->held < 2)
        return error_set(e,
                         say("%s: --held-out %s leaves %d characters to test on; 2 are needed",
                             "%s: --held-out %s이면 시험할 문자가 %d개입니다. 2개는 있어야 합니다"),
                         t->s.text_path, NUM("%g", t->o.held_out), t->held);
    return fits_memory(&t->o, t->v->size, e);
}

static bool start(trainer *t, int argc, char **argv)
{
    session *s = &t->s;
    const train_options *o = &t->o;
    savefile one = {0};
    if (!session_begin(s)) return false;
    /* The options of the saved run, overridden by the command line. */
    if (s->saved && !(checkpoint_options(s->saved, s->resume, &t->o, NULL, &s->e) &&
                      read_command_line(t, argc, argv) == ARGS_GO_ON))
        return false;
    if (!read_text(t, &s->e)) return false;
    t->r = need(train_new(o, t->ix, t->trained_on, t->v->size));
    t->sampler = need(sampler_new(o->hidden, t->v->size));
    t->sample_ix = need(calloc((size_t) o->sample_length + 1, sizeof *t->sample_ix));
    t->sample_text = need(malloc(4 * (size_t) o->sample_length + 1));
    if (s->saved &&
        !(session_same_text(s, t->hash) && checkpoint_state(s->saved, s->resume, t->r, &s->e)))
        return false;
    checkpoint_run(&one, &t->o, &t->v->size, &t->hash);
    s->sample_every = o->sample_every;
    s->sample_length = o->sample_length;
    return session_open(s, &one, t->r->n,
                        "# min-char-rnn: characters %d, vocabulary %d, hidden %d, seq_length %d, "
                        "learning_rate %.17g, seed %lu, text %016llx\n"
                        "iteration\tloss\tsmooth_loss\tbits_per_char\theld_out\n",
                        t->text.length, t->v->size, o->hidden, o->seq_length, o->learning_rate,
                        (unsigned long) o->seed, (unsigned long long) t->hash);
}

static bool save(trainer *t)
{
    const bool flushed = session_sync(&t->s);
    return checkpoint_save(t->s.checkpoint, t->r, t->v, t->hash, &t->s.e) && flushed;
}

static double bits_per_char(const train *r)
{
    return r->smooth_loss / (r->options.seq_length * fn_log(2));
}

static void show_progress(const trainer *t, bool stays)
{
    const train *r = t->r;
    const double rate = session_rate(&t->s, r->n);
    const long left = rate > 0 ? (long) ((t->s.until - r->n) / rate + 0.5) : 0;
    session_line(&t->s, stays,
                 say("iteration %d/%d, loss %s, %s bits/char, %.0f characters/s, %ld:%02ld left",
                     "반복 %d/%d, 손실 %s, 문자당 %s비트, 초당 %.0f자, 남은 시간 %ld:%02ld"),
                 r->n, t->s.until, NUM("%.3f", r->smooth_loss), NUM("%.3f", bits_per_char(r)),
                 rate * r->options.seq_length, left / 60, left % 60);
}

/* Draw a sample that continues from the start of the next window. */
static const char *draw_sample(trainer *t, rng *draws)
{
    const int *inputs = train_window(t->r);
    const int n = sample(t->r->net, t->r->hprev, inputs[0], t->o.sample_length, 1, -1, draws,
                         t->sampler, t->sample_ix);
    vocab_decode(t->v, t->sample_ix, n, t->sample_text);
    return t->sample_text;
}

/* The loss of the held-out text; nan if there is none. */
static double held_out_loss(trainer *t)
{
    return t->held ? train_held_out(t->r, t->ix + t->trained_on, t->held) : NAN;
}

static void print_loss(const trainer *t, int n, double held_out)
{
    printf("iter %d, loss: %s\n", n, NUM("%f", t->r->smooth_loss));
    if (t->held)
        printf(say("held out: %s nat/char, perplexity %s, %s bits/char\n",
                   "떼어 둔 글: 문자당 %s nat, 퍼플렉서티 %s, 문자당 %s비트\n"),
               NUM("%.6f", held_out), NUM("%.6f", fn_exp(held_out)),
               NUM("%.6f", held_out / fn_log(2)));
    fflush(stdout);
}

/* Check a sample of the next window's gradient, before clipping, against differences. */
static void check_gradients(trainer *t)
{
    enum { SAMPLE_SIZE = 20 };
    train *r = t->r;
    rnncheck c = {.net = r->net, .d = r->d, .tr = r->tr, .w = r->w, .hprev = r->hprev};
    if (!t->s.check || t->s.quiet) return;
    c.inputs = train_window(r);
    c.targets = c.inputs + 1;
    r->tr->T = t->o.seq_length;
    printf(
        say("gradient at iteration %d, %d elements of each tensor (analytic = yours, by "
            "backpropagation; numeric = by differences of the loss, known to +-; a/n = 1: "
            "right):\n",
            "반복 %d의 기울기, 텐서마다 원소 %d개(analytic = 우리 코드의 역전파, numeric = 손실의 "
            "차분, +-까지 압니다. a/n이 1이면 맞습니다):\n"),
        r->n, SAMPLE_SIZE);
    rnncheck_print(&c, &(gc_options){.sample = SAMPLE_SIZE}, stdout);
    fflush(stdout);
}

static void report(trainer *t)
{
    rng draws = t->r->draws; /* a copy: the last sample does not advance the run's random numbers */
    show_progress(t, true);
    if (t->s.quiet) return;
    if (t->o.sample_length > 0) printf("----\n %s \n----\n", draw_sample(t, &draws));
    print_loss(t, t->r->n, held_out_loss(t));
    session_report(&t->s, t->r->n);
}

static void print_head(const trainer *t)
{
    char one[TEXT_ROOM];
    if (t->s.quiet) return;
    printf(say("data has %d characters, %d unique.\n",
               "데이터는 %d개의 글자로 되어 있고, %d개의 고유한 문자가 있습니다.\n"),
           t->text.length, t->v->size);
    putchar('\'');
    for (int i = 0; i < t->v->size; i++) fputs(text_show(one, t->v->ix_to_char[i]), stdout);
    puts("'");
}

static bool run(trainer *t)
{
    session *s = &t->s;
    train *r = t->r;
    print_head(t);
    check_gradients(t);
    while (session_goes_on(s, r->n)) {
        const int n = r->n;
        const bool shown = t->o.sample_every > 0 && n % t->o.sample_every == 0;
        double held_out = NAN;
        if (shown) {
            const char *txt = draw_sample(t, &r->draws);
            held_out = held_out_loss(t);
            if (s->samples.stream) fprintf(s->samples.stream, "---- iter %d\n%s\n", n, txt);
            live_clear(&s->live);
            if (!s->quiet) printf("----\n %s \n----\n", txt);
        }
        const double loss = train_step(r);
        if (shown && !s->quiet) print_loss(t, n, held_out);
        if (s->log.stream && n % s->log_every == 0)
            fprintf(s->log.stream, "%d\t%s\t%s\t%s\t%s\n", n, NUM("%.17g", loss),
                    NUM("%.17g", r->smooth_loss), NUM("%.17g", bits_per_char(r)),
                    NUM("%.17g", held_out));
        if (!session_is_finite(s, loss, n)) return false;
        if (session_line_due(s)) show_progress(t, false);
        if ((session_save_due(s) || (shown && !session_flush(s))) && !save(t)) return false;
    }
    if (!save(t)) return false;
    report(t);
    check_gradients(t);
    return true;
}

static int train_main(int argc, char **argv)
{
    trainer t = {.o = train_defaults};
    t.s = (session){.program = TRAIN, .until = 100000, .checkpoint = "min-char-rnn.npy"};
    t.s.has_samples = true;
    int status = read_command_line(&t, argc, argv);
    if (status != ARGS_GO_ON) return status;
    status = session_end(&t.s, start(&t, argc, argv) && run(&t));
    trainer_free(&t);
    return status;
}

/* ---- sample ---- */

/* Did the network learn a decomposed text? */
static bool is_decomposed(const vocab *v)
{
    char one[TEXT_ROOM];
    bool some = false;
    for (int i = 0; i < v->size && !some; i++) {
        text_put(one, v->ix_to_char[i]);
        some = text_decomposed(one);
    }
    return some;
}

/* Encode the prime; false if a character is not in the vocabulary. */
static bool encode_prime(const vocab *v, const text *prime, const char *path, int *ix, error *e)
{
    char one[TEXT_ROOM];
    const char *at = prime->bytes;
    const int unknown = vocab_encode(v, prime, ix);
    if (unknown < 0) return true;
    for (int i = 0; i < unknown; i++) text_next(&at);
    const uint32_t c = text_next(&at);
    text_show(one, c);
    return error_set(e,
                     say("--prime: '%s' (U+%04X) is not in the vocabulary of %s%s",
                         "--prime: '%s'(U+%04X) 문자가 %s의 어휘에 없습니다%s"),
                     one, (unsigned) c, path, text_hint(one, is_decomposed(v)));
}

/* Load a checkpoint and print prime plus n sampled characters. */
static bool write_sample(const writing *w, error *e)
{
    train_options o;
    text t = {0};
    vocab *v = NULL;
    rnn *net = NULL;
    int *ix = NULL;
    npy *file = savefile_open(w->path, e);
    bool good = file && checkpoint_options(file, w->path, &o, &v, e) && fits_memory(&o, v->size, e);
    if (good) {
        net = need(rnn_new(o.hidden, v->size));
        good = checkpoint_weights(file, w->path, net, e) &&
               (!w->prime || !*w->prime || text_from(&t, w->prime, "--prime", e));
    }
    if (good) {
        ix = need(calloc((size_t) t.length + (size_t) w->length + 1, sizeof *ix));
        good = t.length == 0 || encode_prime(v, &t, w->path, ix, e);
    }
    if (good) {
        char *out = need(malloc(4 * ((size_t) t.length + (size_t) w->length) + 1));
        sampler *s = need(sampler_new(o.hidden, v->size));
        rng draws;
        rng_seed(&draws, w->seed);
        const int newline = vocab_ix(v, '\n');
        int x =
            newline >= 0 ? newline : 0; /* without a prime, start as at the beginning of a line */
        for (int i = 0; i < t.length; i++) {
            if (i > 0) {
                rnn_step(net, x, s->h, s->g, s->y, s->p);
                mat_copy(s->h, s->g);
            }
            x = ix[i];
        }
        const int n = sample(net, s->h, x, w->length, w->temperature, -1, &draws, s, ix + t.length);
        vocab_decode(v, ix, t.length + n, out);
        puts(out);
        good = writing_is_whole(w, n, e);
        sampler_free(s);
        free(out);
    }
    free(ix);
    rnn_free(net);
    vocab_free(v);
    text_free(&t);
    npy_free(file);
    return good;
}

static int sample_main(int argc, char **argv)
{
    error e;
    writing w = {.program = SAMPLE, .length = 200};
    const int status = writing_args(&w, "Write a text with a trained network.",
                                    "학습한 신경망으로 글을 씁니다.", argc, argv);
    if (status != ARGS_GO_ON) return status;
    return write_sample(&w, &e) ? EXIT_SUCCESS : say_error(SAMPLE, &e);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "train") == 0)
        return say_done(TRAIN, train_main(argc - 1, argv + 1));
    if (argc > 1 && strcmp(argv[1], "sample") == 0)
        return say_done(SAMPLE, sample_main(argc - 1, argv + 1));
    return session_usage(NAME, "A character RNN.", "문자 단위 RNN입니다.", argc, argv);
}
