/* main.c: chapter 10. A language model of words: `train` learns a text and tells its perplexity, `sample` writes. */
#define _POSIX_C_SOURCE 200809L

#include "args.h"
#include "corpus.h"
#include "file.h"
#include "live.h"
#include "lmfile.h"
#include "lmtrain.h"
#include "runlog.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char TRAIN[] = "rnnlm train", SAMPLE[] = "rnnlm sample";

/* ---- train ---- */

/* All that one call of `train` holds. */
typedef struct job {
    const char *text_path, *log_path, *checkpoint_path, *resume_path;
    int epochs, words, held_out, save_every;
    bool quiet, no_speed, check;
    lm_options o;
    text t;
    corpus *c;
    lm *m;
    runlog log;
    live live;
    double saved;   /* when */
    double spent;   /* seconds of training in the epoch at hand */
    double started; /* when the part of it began */
    int from;       /* iterations of this epoch that were done before */
    error e;
    bool failed;
} job;

static void job_free(job *j)
{
    text_free(&j->t);
    corpus_free(j->c);
    lm_free(j->m);
    if (j->log.stream) fclose(j->log.stream);
}

static int read_command_line(job *j, int argc, char **argv)
{
    lm_options *o = &j->o;
    const args_option options[] = {
        {"batch", ARGS_INT, &o->batch, 1, 100000, "sequences side by side",
         "나란히 읽는 시퀀스의 수"},
        {"wordvec", ARGS_INT, &o->wordvec, 1, 100000, "numbers that stand for a word",
         "단어 하나를 나타내는 수의 개수"},
        {"hidden", ARGS_INT, &o->hidden, 1, 46340, "size of the hidden state", "은닉 상태의 크기"},
        {"time", ARGS_INT, &o->time, 1, 100000, "steps of a block", "한 번에 펼치는 단계 수"},
        {"learning-rate", ARGS_REAL, &o->learning_rate, 0, 1e6, "learning rate of gradient descent",
         "경사 하강법의 학습률"},
        {"seed", ARGS_SEED, &o->seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {"epochs", ARGS_INT, &j->epochs, 0, INT_MAX, "epochs in all, also after --resume",
         "전체 에폭 수(--resume 뒤에도 전체)"},
        {"words", ARGS_INT, &j->words, 0, INT_MAX, "train on the first N words; 0: on all",
         "처음 N개 단어로 학습, 0이면 전부"},
        {"held-out", ARGS_INT, &j->held_out, 0, INT_MAX,
         "test on the N words after them; 0: do not", "그다음 N개 단어로 시험, 0이면 하지 않음"},
        {"log", ARGS_FILE, &j->log_path, 0, 0, "table of the perplexities", "퍼플렉서티를 적을 표"},
        {"checkpoint", ARGS_FILE, &j->checkpoint_path, 0, 0, "where to save the run",
         "학습 상태를 저장할 파일"},
        {"save-every", ARGS_INT, &j->save_every, 1, INT_MAX,
         "seconds from save to save: a crash costs no more", "저장하고 다시 저장하기까지의 초"},
        {"resume", ARGS_FILE, &j->resume_path, 0, 0, "go on from this checkpoint",
         "이 체크포인트에서 이어 감"},
        {"check", ARGS_FLAG, &j->check, 0, 0, "check a sample of the gradient before and after",
         "앞뒤로 기울기의 표본을 검사"},
        {"no-speed", ARGS_FLAG, &j->no_speed, 0, 0,
         "leave out words/s, which differs from run to run", "돌릴 때마다 다른 초당 단어 수를 뺌"},
        {"quiet", ARGS_FLAG, &j->quiet, 0, 0, "say nothing but errors",
         "오류 말고는 아무것도 보이지 않음"},
        {.kind = ARGS_END},
    };
    const args a = {TRAIN,
                    "TEXT",
                    1,
                    "Train a language model on the words of a UTF-8 text.",
                    "UTF-8 글의 단어들로 언어 모델을 학습합니다.",
                    options};
    return args_read(&a, argc, argv, &j->text_path);
}

static bool read_text(job *j, error *e)
{
    if (!text_read(&j->t, j->text_path, e)) return false;
    if (j->words > INT_MAX - j->held_out) j->held_out = INT_MAX - j->words;
    j->c = need(corpus_new(&j->t, j->words, j->words ? j->words + j->held_out : 0));
    if (j->c->V < 2)
        return error_set(e,
                         say("%s: %d different words; there is nothing to learn",
                             "%s: 서로 다른 단어가 %d개입니다. 배울 것이 없습니다"),
                         j->text_path, j->c->V);
    if (j->c->known < lm_least(&j->o))
        return error_set(
            e,
            say("%s: %d words to train on are too few; --batch %d and --time %d need %ld",
                "%s: 학습할 단어 %d개는 너무 적습니다. --batch %d와 --time %d에는 %ld개가 있어야 "
                "합니다"),
            j->text_path, j->c->known, j->o.batch, j->o.time, lm_least(&j->o));
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
static bool take_options(job *j, const npy *file, int argc, char **argv, error *e)
{
    lm_options saved;
    corpus *words = NULL;
    const char *path = j->resume_path;
    if (!lmfile_options(file, path, &saved, &words, e)) return false;
    corpus_free(words);
    j->o = saved;
    read_command_line(j, argc, argv); /* it was without fault the first time */
    return same_size(e, path, "batch", j->o.batch, saved.batch) &&
           same_size(e, path, "wordvec", j->o.wordvec, saved.wordvec) &&
           same_size(e, path, "hidden", j->o.hidden, saved.hidden) &&
           same_size(e, path, "time", j->o.time, saved.time) &&
           same_size(e, path, "seed", j->o.seed, saved.seed);
}

static bool take_state(job *j, const npy *file, error *e)
{
    if (!lmfile_text_is(file, j->c->ids, j->c->known))
        return error_set(e,
                         say("%s was saved while training on other words than the first %d of %s",
                             "%s: 처음 %d개 단어가 %s의 것과 다른 글로 학습하던 것입니다"),
                         j->resume_path, j->c->known, j->text_path);
    if (!lmfile_state(file, j->resume_path, j->m, e)) return false;
    if (j->m->epoch > j->epochs)
        return error_set(e,
                         say("%s has %d epochs behind it, more than --epochs %d",
                             "%s: 이미 %d에폭을 마쳤습니다. --epochs %d보다 많습니다"),
                         j->resume_path, j->m->epoch, j->epochs);
    return true;
}

/* The weights with their gradients, the block with its gradients, and the network for one word at a time. */
static bool fits_memory(const lm_options *o, int V, error *e)
{
    const double D = o->wordvec, H = o->hidden, NT = (double) o->batch * o->time;
    const double bytes =
        (2 * (V * D + D * H + H * H + H + H * V + V) + NT * (2 * D + 4 * H + 2 * V)) * sizeof(real);
    return memory_fits(
        e, bytes, fmax(NT, fmax(D, H) * fmax(H, V)),
        say("--batch %d, --wordvec %d, --hidden %d, --time %d and %d different words",
            "--batch %d, --wordvec %d, --hidden %d, --time %d, 서로 다른 단어 %d개"),
        o->batch, o->wordvec, o->hidden, o->time, V);
}

static bool start(job *j, int argc, char **argv, error *e)
{
    npy *file = j->resume_path ? npy_read(j->resume_path, e) : NULL;
    bool good = !j->resume_path || (file && take_options(j, file, argc, argv, e));
    good = good && read_text(j, e) && fits_memory(&j->o, j->c->V, e);
    if (good) {
        j->m = need(lm_new(&j->o, j->c->ids, j->c->known, j->c->V));
        good = !file || take_state(j, file, e);
    }
    npy_free(file);
    return good;
}

static bool open_files(job *j, error *e)
{
    file_out out;
    if (!file_begin(&out, j->checkpoint_path, e)) return false;
    file_discard(&out);
    const int done = j->m->epoch, any = done > 0 || j->m->iteration > 0;
    if (!runlog_open(&j->log, j->log_path, RUNLOG_ROWS, any ? done + 1 : 0, 0, e)) return false;
    if (j->log.stream && j->log.fresh) fputs("epoch\tperplexity\theld_out\n", j->log.stream);
    return runlog_flush(&j->log, e);
}

static bool save(job *j)
{
    j->saved = live_seconds();
    return runlog_flush(&j->log, &j->e) && lmfile_save(j->checkpoint_path, j->m, j->c, &j->e);
}

static int words_an_iteration(const job *j) { return j->o.batch * j->o.time; }

static bool go_on(job *j)
{
    if (live_stopped()) return false;
    if (live_due(&j->live)) {
        const double spent = j->spent + live_seconds() - j->started;
        fprintf(stderr,
                say("%sepoch %d, %d of %d, %.0f words/s%s", "%s에폭 %d, %d/%d, 초당 단어 %.0f개%s"),
                live_before(&j->live), j->m->epoch + 1, j->m->iteration, lm_iterations(j->m),
                spent > 0 ? (j->m->iteration - j->from) * words_an_iteration(j) / spent : 0,
                live_after(&j->live));
    }
    if (live_seconds() - j->saved >= j->save_every && !save(j)) {
        j->failed = true;
        return false;
    }
    return true;
}

static lm_score test_held_out(job *j)
{
    return lm_test(j->m, j->c->ids + j->c->known, j->c->count - j->c->known);
}

/* A perplexity; "-" where no word was predicted. */
static const char *shown(char *out, double perplexity, bool any)
{
    snprintf(out, NUM_ROOM, "%s", any ? NUM("%.2f", perplexity) : "-");
    return out;
}

static bool epoch_done(job *j, double perplexity)
{
    char rate[32] = "-";
    const double spent = j->spent + live_seconds() - j->started;
    const int done = lm_iterations(j->m) - j->from;
    if (!j->no_speed && spent > 0)
        snprintf(rate, sizeof rate, "%.0f", done * words_an_iteration(j) / spent);
    const lm_score score = test_held_out(j);
    const double held_out = score.perplexity;
    live_clear(&j->live);
    if (!j->quiet) {
        printf(say("| epoch %d | perplexity %s | held-out %s | %s words/s |\n",
                   "| 에폭 %d | 퍼플렉서티 %s | 떼어 둔 글 %s | 초당 단어 %s개 |\n"),
               j->m->epoch, NUM("%.2f", perplexity),
               shown((char[NUM_ROOM]){0}, held_out, score.counted > 0), rate);
        fflush(stdout);
    }
    if (j->log.stream)
        fprintf(j->log.stream, "%d\t%s\t%s\n", j->m->epoch, NUM("%.17g", perplexity),
                NUM("%.17g", held_out));
    j->from = 0;
    j->spent = 0;
    j->started = live_seconds();
    if (isfinite(perplexity)) return true;
    error_set(&j->e,
              say("the loss is no number any more in epoch %d; lower --learning-rate",
                  "에폭 %d에서 손실이 더는 수가 아닙니다. --learning-rate를 낮추십시오"),
              j->m->epoch);
    j->failed = true;
    return false;
}

static void print_head(job *j)
{
    lm_baselines of_train, of_test;
    const corpus *c = j->c;
    printf(say("corpus size: %d, vocabulary size: %d\n", "말뭉치 크기: %d, 어휘 수: %d\n"),
           c->known, c->V);
    if (!lm_count(c->ids, c->known, c->V, c->ids, c->known, &of_train) ||
        !lm_count(c->ids, c->known, c->V, c->ids + c->known, c->count - c->known, &of_test))
        return;
    const bool any = !isnan(of_test.unigram);
    printf(say("perplexity of counting words: uniform %d; one word %s, held out %s; pairs %s, held "
               "out %s\n",
               "단어를 세기만 했을 때의 퍼플렉서티: 고르게 %d, 한 단어 %s(떼어 둔 글 %s), 두 단어 "
               "%s(떼어 둔 글 %s)\n"),
           c->V, NUM("%.2f", of_train.unigram), shown((char[NUM_ROOM]){0}, of_test.unigram, any),
           NUM("%.2f", of_train.bigram), shown((char[NUM_ROOM]){0}, of_test.bigram, any));
}

/* A sample of the gradient of the first block, in the state at hand. */
static void check_gradients(job *j)
{
    enum { SAMPLE_SIZE = 20 };
    gc_tensor tensor[TIMENET_TENSORS];
    gc_report report;
    lm *m = j->m;
    const int time_idx = m->time_idx;
    mat *before = need(mat_new(j->o.batch, j->o.hidden));
    const bool has = m->s->rnn->has_state;
    mat_copy(before, m->s->rnn->h);
    lm_batch(m);
    timecheck c = {m->s, j->o.time, m->xs, m->ts, has ? before : NULL};
    const gc_problem problem = timecheck_problem(&c, tensor);
    gc_check(&problem, &(gc_options){.sample = SAMPLE_SIZE}, &report);
    printf(say("gradient after %d epochs, %d elements of each tensor (analytic = yours):\n",
               "%d에폭 뒤의 기울기, 텐서마다 원소 %d개(analytic = 우리 코드):\n"),
           m->epoch, SAMPLE_SIZE);
    gc_print(stdout, &problem, &report);
    fflush(stdout);
    m->time_idx = time_idx;
    timernn_set_state(m->s->rnn, before);
    if (!has) timernn_reset_state(m->s->rnn);
    mat_free(before);
}

/* Every word that the network writes. */
static void write_words(const corpus *c, const int *ids, int n)
{
    for (int i = 0; i < n; i++) {
        const bool line = strcmp(c->word[ids[i]], "<eos>") == 0;
        printf("%s%s", i ? " " : "", line ? "\n" : c->word[ids[i]]);
    }
    putchar('\n');
}

static void report(job *j)
{
    enum { WORDS = 30 };
    int ids[WORDS];
    rng draws;
    const lm_score score = test_held_out(j);
    live_clear(&j->live);
    if (!j->quiet && j->c->count > j->c->known)
        printf(say("held out: %d words predicted, %d skipped that are not in the vocabulary\n",
                   "떼어 둔 글: 예측한 단어 %d개, 어휘에 없어 건너뛴 단어 %d개\n"),
               score.counted, score.skipped);
    if (!j->quiet) {
        rng_seed(&draws, j->o.seed);
        write_words(j->c, ids, lm_sample(j->m, j->c->ids, 1, WORDS, 1, &draws, ids));
    }
    fflush(stdout);
    if (j->quiet) return;
    if (live_stopped())
        fprintf(stderr, say("stopped after %d epochs\n", "%d에폭을 마치고 멈췄습니다\n"),
                j->m->epoch);
    if (j->log_path) fprintf(stderr, say("log: %s\n", "기록: %s\n"), j->log_path);
    fprintf(stderr, say("checkpoint: %s\n", "체크포인트: %s\n"), j->checkpoint_path);
}

static int train_main(int argc, char **argv)
{
    job j = {.epochs = 100,
             .save_every = 60,
             .words = 1000,
             .held_out = 1000,
             .checkpoint_path = "rnnlm.npy",
             .o = lm_defaults};
    const int status = read_command_line(&j, argc, argv);
    if (status != ARGS_GO_ON) return status;
    live_catch();
    bool good = start(&j, argc, argv, &j.e) && open_files(&j, &j.e);
    if (good) {
        double perplexity;
        if (!j.quiet) print_head(&j);
        if (j.check && !j.quiet) check_gradients(&j);
        j.live = live_begin(!j.quiet);
        j.from = j.m->iteration;
        j.started = j.saved = live_seconds();
        while (j.m->epoch < j.epochs && go_on(&j)) {
            lm_step(j.m);
            if (lm_epoch_done(j.m, &perplexity) && !epoch_done(&j, perplexity)) break;
        }
        live_clear(&j.live);
        good = !j.failed && save(&j);
    }
    if (good) {
        report(&j);
        if (j.check && !j.quiet) check_gradients(&j);
        good = runlog_close(&j.log, &j.e);
    } else if (j.log.stream)
        fflush(j.log.stream);
    job_free(&j);
    if (!good) return say_error(TRAIN, &j.e);
    return live_stopped() ? 128 + live_stopped() : EXIT_SUCCESS;
}

/* ---- sample ---- */

/* The ids of the words to begin with; without any, the first of the vocabulary. */
static corpus *read_prime(const corpus *c, const char *prime, const char *path, error *e)
{
    text t;
    if (!text_from(&t, prime ? prime : c->word[0], "--prime", e)) return NULL;
    corpus *p = need(corpus_new(&t, 0, 0));
    text_free(&t);
    for (int i = 0; i < p->count; i++) {
        const char *word = p->word[p->ids[i]];
        const int id = corpus_find(c, word);
        if (id == CORPUS_UNKNOWN) {
            error_set(e,
                      say("--prime: '%s' is not in the vocabulary of %s",
                          "--prime: '%s' 단어가 %s의 어휘에 없습니다"),
                      word, path);
            corpus_free(p);
            return NULL;
        }
    }
    if (p->count > 0) return p;
    error_set(e, "%s", say("--prime: no word in it", "--prime: 단어가 없습니다"));
    corpus_free(p);
    return NULL;
}

static bool write_sample(const char *path, const char *prime, int n, double temperature,
                         uint32_t seed, error *e)
{
    lm_options o;
    corpus *c = NULL, *p = NULL;
    lm *m = NULL;
    int *ids = NULL;
    npy *file = npy_read(path, e);
    bool good = file && lmfile_options(file, path, &o, &c, e) && fits_memory(&o, c->V, e);
    if (good) {
        m = need(lm_new(&o, NULL, 0, c->V));
        good = lmfile_state(file, path, m, e);
    }
    if (good) good = (p = read_prime(c, prime, path, e)) != NULL;
    if (good) {
        rng draws;
        rng_seed(&draws, seed);
        ids = need(malloc(((size_t) p->count + (size_t) n) * sizeof *ids));
        for (int i = 0; i < p->count; i++) ids[i] = corpus_find(c, p->word[p->ids[i]]);
        const int drawn = lm_sample(m, ids, p->count, n, temperature, &draws, ids + p->count);
        write_words(c, ids, p->count + drawn);
        if (drawn < n)
            good = error_set(e,
                             say("%s: the network's numbers are no longer finite",
                                 "%s: 신경망의 수가 유한하지 않습니다"),
                             path);
    }
    free(ids);
    corpus_free(p);
    corpus_free(c);
    lm_free(m);
    npy_free(file);
    return good;
}

static int sample_main(int argc, char **argv)
{
    error e;
    const char *path = NULL, *prime = NULL;
    int length = 50;
    double temperature = 1;
    uint32_t seed = 0;
    const args_option options[] = {
        {"length", ARGS_INT, &length, 0, 10000000, "words to write", "쓸 단어 수"},
        {"temperature", ARGS_REAL, &temperature, 0, 1e6,
         "below 1: the likelier; 0: always the likeliest; above 1: wilder",
         "1보다 낮으면 그럴듯하게, 0이면 늘 가장 그럴듯한 단어, 높으면 거칠게"},
        {"prime", ARGS_TEXT, &prime, 0, 0, "words to begin with", "첫머리 단어들"},
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {.kind = ARGS_END},
    };
    const args a = {SAMPLE,
                    "CHECKPOINT",
                    1,
                    "Write words with a trained network.",
                    "학습한 신경망으로 단어를 잇습니다.",
                    options};
    const int status = args_read(&a, argc, argv, &path);
    if (status != ARGS_GO_ON) return status;
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
        "rnnlm",
        "train TEXT | sample CHECKPOINT",
        1,
        "A language model of words. `rnnlm train --help` and `rnnlm sample --help` tell more.",
        "단어의 언어 모델입니다. `rnnlm train --help`와 `rnnlm sample --help`를 보십시오.",
        none};
    const char *what = NULL;
    const int status = args_read(&a, argc, argv, &what);
    if (status != ARGS_GO_ON) return say_done("rnnlm", status);
    error e;
    error_set(&e,
              say("%s: give train or sample; see --help",
                  "%s: train이나 sample을 주십시오. --help를 보십시오"),
              what);
    say_error("rnnlm", &e);
    return 2;
}
