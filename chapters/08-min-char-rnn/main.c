/* main.c: chapter 8. The whole min-char-rnn: `train` learns a text, `sample` writes in its manner. */
#define _POSIX_C_SOURCE 200809L

#include "args.h"
#include "checkpoint.h"
#include "fn.h"
#include "file.h"
#include "hash.h"
#include "live.h"
#include "rnncheck.h"
#include "runlog.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char TRAIN[] = "min-char-rnn train", SAMPLE[] = "min-char-rnn sample";

/* ---- progress ---- */

static double bits_per_char(const train *r)
{
    return r->smooth_loss / (r->options.seq_length * fn_log(2));
}

static void progress_line(const live *l, const train *r, int from, int iterations)
{
    const double spent = live_seconds() - l->start;
    const double rate = spent > 0 ? (r->n - from) / spent : 0;
    const long left = rate > 0 ? (long) ((iterations - r->n) / rate + 0.5) : 0;
    fprintf(stderr,
            say("%siteration %d/%d, loss %s, %s bits/char, %.0f characters/s, %ld:%02ld left%s",
                "%s반복 %d/%d, 손실 %s, 문자당 %s비트, 초당 %.0f자, 남은 시간 %ld:%02ld%s"),
            live_before(l), r->n, iterations, NUM("%.3f", r->smooth_loss),
            NUM("%.3f", bits_per_char(r)), rate * r->options.seq_length, left / 60, left % 60,
            live_after(l));
}

/* ---- train ---- */

/* All that one call of `train` holds. */
typedef struct job {
    const char *text_path, *window, *log_path, *samples_path, *checkpoint_path, *resume_path;
    int iterations, log_every, save_every;
    bool quiet, check;
    train_options o;
    text t;
    vocab *v;
    int *ix;              /* the whole text as ids: the part to train on, then the part held out */
    int trained_on, held; /* lengths of the two */
    uint64_t hash;
    train *r;
    sampler *s;
    int *sample_ix;
    char *sample_text;
    runlog log, samples;
    live live;
    int from; /* iterations that were done at the start */
} job;

static void job_free(job *j)
{
    text_free(&j->t);
    vocab_free(j->v);
    free(j->ix);
    train_free(j->r);
    sampler_free(j->s);
    free(j->sample_ix);
    free(j->sample_text);
    if (j->log.stream) fclose(j->log.stream);
    if (j->samples.stream) fclose(j->samples.stream);
}

static int read_command_line(job *j, int argc, char **argv)
{
    train_options *o = &j->o;
    const args_option options[] = {
        {"hidden", ARGS_INT, &o->hidden, 1, 46340, "size of the hidden state", "은닉 상태의 크기"},
        {"seq-length", ARGS_INT, &o->seq_length, 1, 1000000, "steps of a window",
         "한 번에 펼치는 단계 수"},
        {"learning-rate", ARGS_REAL, &o->learning_rate, 0, 1e6, "Adagrad's learning rate",
         "Adagrad의 학습률"},
        {"seed", ARGS_SEED, &o->seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {"iterations", ARGS_INT, &j->iterations, 0, INT_MAX,
         "iterations in all, also after --resume", "전체 반복 횟수(--resume 뒤에도 전체)"},
        {"clip", ARGS_REAL, &o->clip, 0, 1e300, "clip gradients to +-X; 0: do not",
         "기울기를 ±X로 자름, 0이면 자르지 않음"},
        {"clip-norm", ARGS_REAL, &o->clip_norm, 0, 1e300,
         "clip the gradient's norm to X; 0: do not", "기울기의 노름을 X로 자름, 0이면 자르지 않음"},
        {"window", ARGS_TEXT, &j->window, 0, 0,
         "seed: as the original; full: also the last one that fits",
         "seed: 원본의 규칙, full: 들어맞는 마지막 창까지"},
        {"sample-every", ARGS_INT, &o->sample_every, 0, INT_MAX,
         "iterations from sample to sample; 0: none", "표본을 보이는 반복 간격, 0이면 없음"},
        {"sample-length", ARGS_INT, &o->sample_length, 0, 1000000, "characters of a sample",
         "표본의 문자 수"},
        {"held-out", ARGS_REAL, &o->held_out, 0, 0.9,
         "fraction of the text, at its end, to test on only",
         "학습에 쓰지 않고 떼어 둘 뒷부분의 비율"},
        {"log", ARGS_FILE, &j->log_path, 0, 0, "table of the losses", "손실을 적을 표"},
        {"log-every", ARGS_INT, &j->log_every, 1, INT_MAX, "iterations from row to row",
         "표에 적는 반복 간격"},
        {"samples", ARGS_FILE, &j->samples_path, 0, 0, "where to write the samples, too",
         "표본을 적을 파일"},
        {"checkpoint", ARGS_FILE, &j->checkpoint_path, 0, 0, "where to save the run",
         "학습 상태를 저장할 파일"},
        {"save-every", ARGS_INT, &j->save_every, 1, INT_MAX,
         "seconds from save to save: a crash costs no more", "저장하고 다시 저장하기까지의 초"},
        {"resume", ARGS_FILE, &j->resume_path, 0, 0, "go on from this checkpoint",
         "이 체크포인트에서 이어 감"},
        {"check", ARGS_FLAG, &j->check, 0, 0,
         "check a sample of the gradient, before the first iteration and after the last",
         "첫 반복 앞과 마지막 반복 뒤에 기울기의 표본을 검사"},
        {"quiet", ARGS_FLAG, &j->quiet, 0, 0, "say nothing but errors",
         "오류 말고는 아무것도 보이지 않음"},
        {.kind = ARGS_END},
    };
    const args a = {TRAIN,
                    "TEXT",
                    1,
                    "Train a character RNN on a UTF-8 text.",
                    "UTF-8 글로 문자 단위 RNN을 학습합니다.",
                    options};
    const int status = args_read(&a, argc, argv, &j->text_path);
    if (status != ARGS_GO_ON) return status;
    if (j->window) {
        error e;
        if (strcmp(j->window, "seed") != 0 && strcmp(j->window, "full") != 0) {
            error_set(&e,
                      say("--window %s: give seed or full", "--window %s: seed나 full을 주십시오"),
                      j->window);
            say_error(TRAIN, &e);
            return 2;
        }
        o->full_window = strcmp(j->window, "full") == 0;
    }
    return ARGS_GO_ON;
}

/* What is larger than the machine or an int is refused before the system starts to swap, or to kill. */
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

static bool read_text(job *j, error *e)
{
    if (!text_read(&j->t, j->text_path, e)) return false;
    j->v = need(vocab_of(&j->t));
    j->ix = need(malloc((size_t) j->t.length * sizeof *j->ix));
    vocab_encode(j->v, &j->t, j->ix);
    j->hash = hash_bytes(HASH_START, j->t.bytes, j->t.size);
    j->held = (int) (j->o.held_out * j->t.length);
    j->trained_on = j->t.length - j->held;
    if (j->v->size < 2)
        return error_set(e,
                         say("%s: one character repeated; there is nothing to learn",
                             "%s: 한 문자만 되풀이됩니다. 배울 것이 없습니다"),
                         j->text_path);
    if (j->trained_on <= j->o.seq_length)
        return error_set(
            e,
            say("%s: %d characters to train on are too few; --seq-length %d needs %d",
                "%s: 학습할 문자 %d개는 너무 적습니다. --seq-length %d에는 %d개가 있어야 합니다"),
            j->text_path, j->trained_on, j->o.seq_length, j->o.seq_length + 1);
    if (j->o.held_out > 0 && j->held < 2)
        return error_set(e,
                         say("%s: --held-out %s leaves %d characters to test on; 2 are needed",
                             "%s: --held-out %s이면 시험할 문자가 %d개입니다. 2개는 있어야 합니다"),
                         j->text_path, NUM("%g", j->o.held_out), j->held);
    return true;
}

static bool same_size(error *e, const char *path, const char *name, double given, double saved)
{
    if (given == saved) return true;
    return error_set(
        e,
        say("%s was saved with --%s %s, not %s; leave the option out or start anew",
            "%s: --%s 값이 %s(저장된 것)와 %s로 다릅니다. 그 선택을 빼거나 처음부터 시작하십시오"),
        path, name, NUM("%g", saved), NUM("%g", given));
}

/* The options of the saved run, with those of the command line over them. */
static bool take_options(job *j, const npy *file, int argc, char **argv, vocab **v, error *e)
{
    train_options saved;
    const char *path = j->resume_path;
    if (!checkpoint_options(file, path, &saved, v, e)) return false;
    j->o = saved;
    read_command_line(j, argc, argv); /* it was without fault the first time */
    return same_size(e, path, "hidden", j->o.hidden, saved.hidden) &&
           same_size(e, path, "seq-length", j->o.seq_length, saved.seq_length) &&
           same_size(e, path, "held-out", j->o.held_out, saved.held_out) &&
           same_size(e, path, "seed", j->o.seed, saved.seed);
}

static bool take_state(job *j, const npy *file, const vocab *v, error *e)
{
    if (!savefile_text_is(file, j->hash) || v->size != j->v->size)
        return error_set(e,
                         say("%s was saved while training on another text than %s",
                             "%s: %s 말고 다른 글로 학습하던 것입니다"),
                         j->resume_path, j->text_path);
    if (!checkpoint_state(file, j->resume_path, j->r, e)) return false;
    if (j->r->n > j->iterations)
        return error_set(e,
                         say("%s has %d iterations behind it, more than --iterations %d",
                             "%s: 이미 %d번 반복했습니다. --iterations %d보다 많습니다"),
                         j->resume_path, j->r->n, j->iterations);
    return true;
}

static bool start(job *j, int argc, char **argv, error *e)
{
    npy *file = j->resume_path ? npy_read(j->resume_path, e) : NULL;
    vocab *saved_vocab = NULL;
    bool good = !j->resume_path || (file && take_options(j, file, argc, argv, &saved_vocab, e));
    good = good && read_text(j, e) && fits_memory(&j->o, j->v->size, e);
    if (good) {
        j->r = need(train_new(&j->o, j->ix, j->trained_on, j->v->size));
        j->s = need(sampler_new(j->o.hidden, j->v->size));
        j->sample_ix = need(malloc(((size_t) j->o.sample_length + 1) * sizeof *j->sample_ix));
        j->sample_text = need(malloc(4 * (size_t) j->o.sample_length + 1));
        good = !file || take_state(j, file, saved_vocab, e);
    }
    vocab_free(saved_vocab);
    npy_free(file);
    return good;
}

/* Can the checkpoint be written? Better known now than after an hour. */
static bool try_checkpoint(const job *j, error *e)
{
    file_out out;
    if (!file_begin(&out, j->checkpoint_path, e)) return false;
    file_discard(&out);
    return true;
}

static bool open_files(job *j, error *e)
{
    const int n = j->r->n;
    if (!try_checkpoint(j, e)) return false;
    if (!runlog_open(&j->log, j->log_path, RUNLOG_ROWS, n, 0, e)) return false;
    if (!runlog_open(&j->samples, j->samples_path, RUNLOG_SAMPLES, n, j->o.sample_length, e))
        return false;
    if (j->log.stream && j->log.fresh)
        fprintf(j->log.stream,
                "# min-char-rnn: characters %d, vocabulary %d, hidden %d, seq_length %d, "
                "learning_rate %.17g, seed %lu\n"
                "iteration\tloss\tsmooth_loss\tbits_per_char\theld_out\n",
                j->t.length, j->v->size, j->o.hidden, j->o.seq_length, j->o.learning_rate,
                (unsigned long) j->o.seed);
    return runlog_flush(&j->log, e);
}

/* Draw a sample that goes on from where the next window starts. */
static const char *draw_sample(job *j, rng *draws)
{
    const int *inputs = train_window(j->r);
    const int n = sample(j->r->net, j->r->hprev, inputs[0], j->o.sample_length, 1, -1, draws, j->s,
                         j->sample_ix);
    vocab_decode(j->v, j->sample_ix, n, j->sample_text);
    return j->sample_text;
}

static void print_held_out(double held_out)
{
    printf(say("held out: %s nat/char, perplexity %s, %s bits/char\n",
               "떼어 둔 글: 문자당 %s nat, 퍼플렉서티 %s, 문자당 %s비트\n"),
           NUM("%.6f", held_out), NUM("%.6f", fn_exp(held_out)), NUM("%.6f", held_out / fn_log(2)));
}

/* What is shown every so often, before the update. Returns the held-out loss, nan where none is asked for. */
static double show_sample(job *j)
{
    const char *txt = draw_sample(j, &j->r->draws);
    const double held_out = j->held ? train_held_out(j->r, j->ix + j->trained_on, j->held) : NAN;
    if (j->samples.stream) fprintf(j->samples.stream, "---- iter %d\n%s\n", j->r->n, txt);
    live_clear(&j->live);
    if (!j->quiet) printf("----\n %s \n----\n", txt);
    return held_out;
}

static bool save(job *j, error *e)
{
    return runlog_flush(&j->log, e) && runlog_flush(&j->samples, e) &&
           checkpoint_save(j->checkpoint_path, j->r, j->v, j->hash, e);
}

/* The gradient of the window that comes next, before it is clipped: a sample of it against differences. */
static void check_gradients(job *j)
{
    enum { SAMPLE_SIZE = 20 };
    const int H = j->o.hidden, V = j->v->size, T = j->o.seq_length;
    const int *inputs = train_window(j->r);
    rnn *d = need(rnn_new(H, V));
    trace *tr = need(trace_new(H, V, T));
    work *w = need(work_new(H, V));
    rnncheck c = {.net = j->r->net,
                  .d = d,
                  .tr = tr,
                  .w = w,
                  .inputs = inputs,
                  .targets = inputs + 1,
                  .hprev = j->r->hprev};
    printf(say("gradient at iteration %d, %d elements of each tensor (analytic = yours):\n",
               "반복 %d의 기울기, 텐서마다 원소 %d개(analytic = 우리 코드):\n"),
           j->r->n, SAMPLE_SIZE);
    rnncheck_print(&c, &(gc_options){.sample = SAMPLE_SIZE}, stdout);
    fflush(stdout);
    work_free(w);
    trace_free(tr);
    rnn_free(d);
}

static bool run(job *j, error *e)
{
    train *r = j->r;
    double saved = live_seconds();
    while (r->n < j->iterations && !live_stopped()) {
        const int n = r->n;
        const bool shown = j->o.sample_every > 0 && n % j->o.sample_every == 0;
        const double held_out = shown ? show_sample(j) : NAN;
        const double loss = train_step(r);
        if (shown && !j->quiet) {
            printf("iter %d, loss: %s\n", n, NUM("%f", r->smooth_loss));
            if (j->held) print_held_out(held_out);
            fflush(stdout);
        }
        if (j->log.stream && n % j->log_every == 0)
            fprintf(j->log.stream, "%d\t%s\t%s\t%s\t%s\n", n, NUM("%.17g", loss),
                    NUM("%.17g", r->smooth_loss), NUM("%.17g", bits_per_char(r)),
                    NUM("%.17g", held_out));
        if (isnan(loss)) {
            runlog_flush(&j->log, e);
            return error_set(e,
                             say("the loss is no number any more at iteration %d; lower "
                                 "--learning-rate or set --clip",
                                 "반복 %d에서 손실이 더는 수가 아닙니다. --learning-rate를 "
                                 "낮추거나 --clip을 쓰십시오"),
                             n);
        }
        if (live_due(&j->live)) progress_line(&j->live, r, j->from, j->iterations);
        const double now = live_seconds();
        if (now - saved >= j->save_every) {
            if (!save(j, e)) return false;
            saved = now;
        } else if (shown && (!runlog_flush(&j->log, e) || !runlog_flush(&j->samples, e))) {
            return false;
        }
    }
    return save(j, e);
}

static void report(job *j)
{
    rng draws = j->r->draws; /* a copy: the last sample is not part of the run */
    live_clear(&j->live);
    if (j->live.wanted) {
        const live last = {true, false, j->live.start, 0}; /* a line that stays */
        progress_line(&last, j->r, j->from, j->iterations);
    }
    if (!j->quiet && j->o.sample_length > 0) printf("----\n %s \n----\n", draw_sample(j, &draws));
    if (!j->quiet) printf("iter %d, loss: %s\n", j->r->n, NUM("%f", j->r->smooth_loss));
    if (!j->quiet && j->held) print_held_out(train_held_out(j->r, j->ix + j->trained_on, j->held));
    fflush(stdout);
    if (j->quiet) return;
    if (live_stopped())
        fprintf(stderr, say("stopped after %d iterations\n", "%d번 반복하고 멈췄습니다\n"),
                j->r->n);
    if (j->log_path) fprintf(stderr, say("log: %s\n", "기록: %s\n"), j->log_path);
    if (j->samples_path) fprintf(stderr, say("samples: %s\n", "표본: %s\n"), j->samples_path);
    fprintf(stderr, say("checkpoint: %s\n", "체크포인트: %s\n"), j->checkpoint_path);
}

static void print_head(const job *j)
{
    char one[TEXT_ROOM];
    printf(say("data has %d characters, %d unique.\n",
               "데이터는 %d개의 글자로 되어 있고, %d개의 고유한 문자가 있습니다.\n"),
           j->t.length, j->v->size);
    putchar('\'');
    for (int i = 0; i < j->v->size; i++) fputs(text_show(one, j->v->ix_to_char[i]), stdout);
    puts("'");
}

static int train_main(int argc, char **argv)
{
    error e;
    job j = {.iterations = 100000,
             .log_every = 1,
             .save_every = 60,
             .checkpoint_path = "min-char-rnn.npy",
             .o = train_defaults};
    const int status = read_command_line(&j, argc, argv);
    if (status != ARGS_GO_ON) return status;
    live_catch();
    bool good = start(&j, argc, argv, &e) && open_files(&j, &e);
    if (good) {
        j.live = live_begin(!j.quiet);
        j.from = j.r->n;
        if (!j.quiet) print_head(&j);
        if (j.check && !j.quiet) check_gradients(&j);
        good = run(&j, &e);
        if (good) {
            report(&j);
            if (j.check && !j.quiet) check_gradients(&j);
        } else
            live_clear(&j.live);
    }
    if (good) good = runlog_close(&j.log, &e) && runlog_close(&j.samples, &e);
    job_free(&j);
    if (!good) return say_error(TRAIN, &e);
    return live_stopped() ? 128 + live_stopped() : EXIT_SUCCESS;
}

/* ---- sample ---- */

/* Everything up to here is read; write n characters that follow the first one. */
static bool write_sample(const char *path, const char *prime, int n, double temperature,
                         uint32_t seed, error *e)
{
    train_options o;
    text t = {NULL, 0, 0};
    vocab *v = NULL;
    rnn *net = NULL;
    sampler *s = NULL;
    int *ix = NULL;
    char *out = NULL;
    npy *file = npy_read(path, e);
    bool good = file && checkpoint_options(file, path, &o, &v, e) && fits_memory(&o, v->size, e);
    if (good) {
        net = need(rnn_new(o.hidden, v->size));
        s = need(sampler_new(o.hidden, v->size));
        good = checkpoint_weights(file, path, net, e) &&
               (!prime || text_from(&t, prime, "--prime", e));
    }
    if (good) {
        ix = need(malloc(((size_t) t.length + (size_t) n + 1) * sizeof *ix));
        out = need(malloc(4 * ((size_t) t.length + (size_t) n) + 1));
        const int unknown = vocab_encode(v, &t, ix);
        if (unknown >= 0) {
            const char *at = t.bytes;
            for (int i = 0; i < unknown; i++) text_next(&at);
            const uint32_t c = text_next(&at);
            char one[TEXT_ROOM];
            good = error_set(e,
                             say("--prime: '%s' (U+%04X) is not in the vocabulary of %s",
                                 "--prime: '%s'(U+%04X) 문자가 %s의 어휘에 없습니다"),
                             text_show(one, c), (unsigned) c, path);
        }
    }
    if (good) {
        rng draws;
        rng_seed(&draws, seed);
        const int newline = vocab_ix(v, '\n');
        int x = newline >= 0 ? newline : 0; /* without a text to go on from, as if a line began */
        for (int i = 0; i < t.length; i++) {
            if (i > 0) {
                rnn_step(net, x, s->h, s->g, s->y, s->p);
                mat_copy(s->h, s->g);
            }
            x = ix[i];
        }
        const int drawn = sample(net, s->h, x, n, temperature, -1, &draws, s, ix + t.length);
        vocab_decode(v, ix, t.length + drawn, out);
        puts(out);
        if (drawn < n)
            good = error_set(e,
                             say("%s: the network's numbers are no longer finite",
                                 "%s: 신경망의 수가 유한하지 않습니다"),
                             path);
    }
    free(out);
    free(ix);
    sampler_free(s);
    rnn_free(net);
    vocab_free(v);
    text_free(&t);
    npy_free(file);
    return good;
}

static int sample_main(int argc, char **argv)
{
    error e;
    const char *path = NULL, *prime = NULL;
    int length = 200;
    double temperature = 1;
    uint32_t seed = 0;
    const args_option options[] = {
        {"length", ARGS_INT, &length, 0, 100000000, "characters to write", "쓸 문자 수"},
        {"temperature", ARGS_REAL, &temperature, 0, 1e6,
         "below 1: the likelier; 0: always the likeliest; above 1: wilder",
         "1보다 낮으면 그럴듯하게, 0이면 늘 가장 그럴듯한 문자, 높으면 거칠게"},
        {"prime", ARGS_TEXT, &prime, 0, 0, "how the text begins", "첫머리 글"},
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {.kind = ARGS_END},
    };
    const args a = {SAMPLE,
                    "CHECKPOINT",
                    1,
                    "Write a text with a trained network.",
                    "학습한 신경망으로 글을 씁니다.",
                    options};
    const int status = args_read(&a, argc, argv, &path);
    if (status != ARGS_GO_ON) return status;
    if (prime && !*prime) prime = NULL;
    if (!write_sample(path, prime, length, temperature, seed, &e)) return say_error(SAMPLE, &e);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "train") == 0)
        return say_done(TRAIN, train_main(argc - 1, argv + 1));
    if (argc > 1 && strcmp(argv[1], "sample") == 0)
        return say_done(SAMPLE, sample_main(argc - 1, argv + 1));
    const args_option none[] = {{.kind = ARGS_END}};
    const args a = {
        "min-char-rnn",
        "train TEXT | sample CHECKPOINT",
        1,
        "A character RNN. `min-char-rnn train --help` and `min-char-rnn sample --help` tell more.",
        "문자 단위 RNN입니다. `min-char-rnn train --help`와 `min-char-rnn sample --help`를 "
        "보십시오.",
        none};
    const char *what = NULL;
    const int status = args_read(&a, argc, argv, &what);
    if (status != ARGS_GO_ON) return status;
    error e;
    error_set(&e,
              say("%s: give train or sample; see --help",
                  "%s: train이나 sample을 주십시오. --help를 보십시오"),
              what);
    say_error("min-char-rnn", &e);
    return 2;
}
