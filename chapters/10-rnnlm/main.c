/* main.c: chapter 10. A word language model: `train` learns a text and prints the perplexity, `sample` writes words. */
#include "corpus.h"
#include "lmfile.h"
#include "lmtrain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "rnnlm", TRAIN[] = "rnnlm train", SAMPLE[] = "rnnlm sample";

/* ---- train ---- */

/* Everything a call of `train` needs. */
typedef struct trainer {
    session s;
    int words, held_out;
    bool no_speed;
    lm_options o;
    corpus *c;
    lm *m;
} trainer;

static int read_command_line(trainer *t, int argc, char **argv)
{
    static const char *const fixed[] = {"batch", "wordvec", "hidden", "time", "seed", NULL};
    lm_options *o = &t->o;
    args_option shared[SESSION_ROWS];
    session_rows(&t->s, shared);
    const args_option options[] = {
        {"batch", ARGS_INT, &o->batch, 1, LM_MOST, "sequences side by side",
         "나란히 읽는 시퀀스의 수"},
        {"wordvec", ARGS_INT, &o->wordvec, 1, 100000, "numbers that stand for a word",
         "단어 하나를 나타내는 수의 개수"},
        {"hidden", ARGS_INT, &o->hidden, 1, 46340, "size of the hidden state", "은닉 상태의 크기"},
        {"time", ARGS_INT, &o->time, 1, LM_MOST, "steps of a block", "한 번에 펼치는 단계 수"},
        {"learning-rate", ARGS_REAL, &o->learning_rate, 0, 1e6, "learning rate of gradient descent",
         "경사 하강법의 학습률"},
        {"seed", ARGS_SEED, &o->seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {"words", ARGS_INT, &t->words, 0, INT_MAX, "train on the first N words; 0: on all",
         "처음 N개 단어로 학습, 0이면 전부"},
        {"held-out", ARGS_INT, &t->held_out, 0, INT_MAX,
         "test on the N words after them; 0: do not", "그다음 N개 단어로 시험, 0이면 하지 않음"},
        {.kind = ARGS_ROWS, .value = shared},
        {"no-speed", ARGS_FLAG, &t->no_speed, 0, 0,
         "leave out words/s, which differs from run to run", "돌릴 때마다 다른 초당 단어 수를 뺌"},
        {.kind = ARGS_END},
    };
    return session_args(&t->s, options, fixed,
                        "Train a language model on the words of a UTF-8 text.",
                        "UTF-8 글의 단어들로 언어 모델을 학습합니다.", argc, argv);
}

/* Counts weights and gradients, the matrices of a block and their gradients, and the network for one word at a time. */
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

static bool read_text(trainer *t, error *e)
{
    text whole;
    if (!session_text(&t->s, &whole)) return false;
    if (t->words > INT_MAX - t->held_out) t->held_out = INT_MAX - t->words;
    t->c = need(corpus_new(&whole, t->words, t->words ? t->words + t->held_out : 0));
    text_free(&whole);
    if (t->c->V < 2)
        return error_set(e,
                         say("%s: %d different words; there is nothing to learn",
                             "%s: 서로 다른 단어가 %d개입니다. 배울 것이 없습니다"),
                         t->s.text_path, t->c->V);
    if (t->c->known < lm_least(&t->o))
        return error_set(
            e,
            say("%s: %d words to train on are too few; --batch %d and --time %d need %ld",
                "%s: 학습할 단어 %d개는 너무 적습니다. --batch %d와 --time %d에는 %ld개가 있어야 "
                "합니다"),
            t->s.text_path, t->c->known, t->o.batch, t->o.time, lm_least(&t->o));
    return fits_memory(&t->o, t->c->V, e);
}

static bool take_state(trainer *t)
{
    session *s = &t->s;
    if (lmfile_text_is(s->saved, t->c)) return lmfile_state(s->saved, s->resume, t->m, &s->e);
    return error_set(&s->e,
                     say("%s was saved while training on other words than the first %d of %s",
                         "%s: 처음 %d개 단어가 %s의 것과 다른 글로 학습하던 것입니다"),
                     s->resume, t->c->known, s->text_path);
}

static bool start(trainer *t, int argc, char **argv)
{
    session *s = &t->s;
    if (!session_begin(s)) return false;
    /* The options of the saved run, overridden by the command line. */
    if (s->saved && !(lmfile_options(s->saved, s->resume, &t->o, NULL, &s->e) &&
                      read_command_line(t, argc, argv) == ARGS_GO_ON))
        return false;
    if (!read_text(t, &s->e)) return false;
    t->m = need(lm_new(&t->o, t->c->ids, t->c->known, t->c->V));
    return (!s->saved || take_state(t)) && lmfile_open(s, t->m, t->c);
}

static bool save(trainer *t)
{
    const bool flushed = session_sync(&t->s);
    return lmfile_save(t->s.checkpoint, t->m, t->c, &t->s.e) && flushed;
}

static lm_score test_held_out(trainer *t)
{
    return lm_test(t->m, t->c->ids + t->c->known, t->c->count - t->c->known);
}

/* A perplexity as text; "-" if no word was predicted. */
static const char *shown(char *out, double perplexity, bool any)
{
    snprintf(out, NUM_ROOM, "%s", any ? NUM("%.2f", perplexity) : "-");
    return out;
}

static bool end_epoch(trainer *t, double perplexity)
{
    session *s = &t->s;
    const double speed = session_rate(s, lm_iterations(t->m)) * t->o.batch * t->o.time;
    const lm_score score = test_held_out(t);
    live_clear(&s->live);
    if (!s->quiet) {
        printf(say("| epoch %d | perplexity %s | held-out %s | %s words/s |\n",
                   "| 에폭 %d | 퍼플렉서티 %s | 떼어 둔 글 %s | 초당 단어 %s개 |\n"),
               t->m->epoch, NUM("%.2f", perplexity),
               shown((char[NUM_ROOM]){0}, score.perplexity, score.counted > 0),
               t->no_speed || speed <= 0 ? "-" : NUM("%.0f", speed));
        fflush(stdout);
    }
    if (s->log.stream)
        fprintf(s->log.stream, "%d\t%s\t%s\n", t->m->epoch, NUM("%.17g", perplexity),
                NUM("%.17g", score.perplexity));
    session_lap(s, 0);
    return session_is_finite(s, perplexity, t->m->epoch);
}

static bool print_head(trainer *t)
{
    lm_baselines of_train, of_test;
    const corpus *c = t->c;
    printf(say("corpus size: %d, vocabulary size: %d\n", "말뭉치 크기: %d, 어휘 수: %d\n"),
           c->known, c->V);
    if (!lm_count(c->ids, c->known, c->V, c->ids, c->known, &of_train) ||
        !lm_count(c->ids, c->known, c->V, c->ids + c->known, c->count - c->known, &of_test))
        return error_no_memory(&t->s.e);
    const bool any = !isnan(of_test.unigram);
    printf(say("perplexity of counting words: uniform %d; one word %s, held out %s; pairs %s, held "
               "out %s\n",
               "단어를 세기만 했을 때의 퍼플렉서티: 고르게 %d, 한 단어 %s(떼어 둔 글 %s), 두 단어 "
               "%s(떼어 둔 글 %s)\n"),
           c->V, NUM("%.2f", of_train.unigram), shown((char[NUM_ROOM]){0}, of_test.unigram, any),
           NUM("%.2f", of_train.bigram), shown((char[NUM_ROOM]){0}, of_test.bigram, any));
    return true;
}

/* Check a sample of the first block's gradient, from the current state. */
static void check_gradients(trainer *t)
{
    enum { SAMPLE_SIZE = 20 };
    gc_tensor tensor[TIMENET_TENSORS];
    gc_report report;
    lm *m = t->m;
    if (!t->s.check || t->s.quiet) return;
    const int time_idx = m->time_idx;
    const bool has = m->s->rnn->has_state;
    mat *before = mat_copy(need(mat_new(t->o.batch, t->o.hidden)), m->s->rnn->h);
    lm_batch(m);
    timecheck c = {m->s, t->o.time, m->xs, m->ts, has ? before : NULL};
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

/* Print words separated by spaces. */
static void write_words(const corpus *c, const int *ids, int n)
{
    for (int i = 0; i < n; i++) {
        const bool line = strcmp(c->word[ids[i]], "<eos>") == 0;
        printf("%s%s", i ? " " : "", line ? "\n" : c->word[ids[i]]);
    }
    putchar('\n');
}

static void report(trainer *t)
{
    enum { WORDS = 30 };
    int ids[WORDS];
    rng draws;
    live_clear(&t->s.live);
    if (t->s.quiet) return;
    const lm_score score = test_held_out(t);
    if (t->c->count > t->c->known)
        printf(say("held out: %d words predicted, %d skipped that are not in the vocabulary\n",
                   "떼어 둔 글: 예측한 단어 %d개, 어휘에 없어 건너뛴 단어 %d개\n"),
               score.counted, score.skipped);
    rng_seed(&draws, t->o.seed);
    write_words(t->c, ids, lm_sample(t->m, t->c->ids, 1, WORDS, 1, &draws, ids));
    fflush(stdout);
    session_report(&t->s, t->m->epoch);
}

static bool run(trainer *t)
{
    session *s = &t->s;
    lm *m = t->m;
    double perplexity;
    if (!s->quiet && !print_head(t)) return false;
    check_gradients(t);
    session_lap(s, m->iteration);
    while (session_goes_on(s, m->epoch)) {
        if (!session_is_finite(s, lm_step(m), m->epoch + 1)) return false;
        if (lm_epoch_done(m, &perplexity) && !end_epoch(t, perplexity)) return false;
        if (session_line_due(s))
            session_line(
                s, false,
                say("epoch %d, %d of %d, %.0f words/s", "에폭 %d, %d/%d, 초당 단어 %.0f개"),
                m->epoch + 1, m->iteration, lm_iterations(m),
                session_rate(s, m->iteration) * t->o.batch * t->o.time);
        if (session_save_due(s) && !save(t)) return false;
    }
    if (!save(t)) return false;
    report(t);
    check_gradients(t);
    return true;
}

static int train_main(int argc, char **argv)
{
    trainer t = {.words = 1000, .held_out = 1000, .o = lm_defaults};
    t.s = (session){.program = TRAIN, .by_epochs = true, .until = 100, .checkpoint = "rnnlm.npy"};
    int status = read_command_line(&t, argc, argv);
    if (status != ARGS_GO_ON) return status;
    status = session_end(&t.s, start(&t, argc, argv) && run(&t));
    corpus_free(t.c);
    lm_free(t.m);
    return status;
}

/* ---- sample ---- */

/* Did the network learn a decomposed text? */
static bool is_decomposed(const corpus *c)
{
    bool some = false;
    for (int k = 0; k < c->V && !some; k++) some = text_decomposed(c->word[k]);
    return some;
}

/* The ids of the prime's words, or of the first word of the vocabulary, with room for the sampled words. */
static int *read_prime(const corpus *c, const writing *w, int *count, error *e)
{
    text t;
    if (!text_from(&t, w->prime ? w->prime : c->word[0], "--prime", e)) return NULL;
    corpus *p = need(corpus_new(&t, 0, 0));
    int *ids = need(calloc((size_t) p->count + (size_t) w->length + 1, sizeof *ids));
    bool good = p->count > 0 ||
                error_set(e, "%s", say("--prime: no word in it", "--prime: 단어가 없습니다"));
    for (int i = 0; i < p->count && good; i++) {
        const char *word = p->word[p->ids[i]];
        ids[i] = corpus_find(c, word);
        if (ids[i] == CORPUS_UNKNOWN)
            good = error_set(e,
                             say("--prime: '%s' is not in the vocabulary of %s%s",
                                 "--prime: '%s' 단어가 %s의 어휘에 없습니다%s"),
                             word, w->path, text_hint(word, is_decomposed(c)));
    }
    *count = p->count;
    corpus_free(p);
    text_free(&t);
    if (good) return ids;
    free(ids);
    return NULL;
}

/* Load a checkpoint and print the prime's words and the sampled words. */
static bool write_sample(const writing *w, error *e)
{
    lm_options o;
    corpus *c = NULL;
    lm *m = NULL;
    int *ids = NULL, primes;
    npy *file = savefile_open(w->path, e);
    bool good = file && lmfile_options(file, w->path, &o, &c, e) && fits_memory(&o, c->V, e);
    if (good) {
        m = need(lm_new(&o, NULL, 0, c->V));
        good = lmfile_state(file, w->path, m, e) && (ids = read_prime(c, w, &primes, e)) != NULL;
    }
    if (good) {
        rng draws;
        rng_seed(&draws, w->seed);
        const int n = lm_sample(m, ids, primes, w->length, w->temperature, &draws, ids + primes);
        write_words(c, ids, primes + n);
        good = writing_is_whole(w, n, e);
    }
    free(ids);
    corpus_free(c);
    lm_free(m);
    npy_free(file);
    return good;
}

static int sample_main(int argc, char **argv)
{
    error e;
    writing w = {.program = SAMPLE, .words = true, .length = 50};
    const int status = writing_args(&w, "Write words with a trained network.",
                                    "학습한 신경망으로 단어를 잇습니다.", argc, argv);
    if (status != ARGS_GO_ON) return status;
    return write_sample(&w, &e) ? EXIT_SUCCESS : say_error(SAMPLE, &e);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "train") == 0)
        return say_done(TRAIN, train_main(argc - 1, argv + 1));
    if (argc > 1 && strcmp(argv[1], "sample") == 0)
        return say_done(SAMPLE, sample_main(argc - 1, argv + 1));
    return session_usage(NAME, "A language model of words.", "단어의 언어 모델입니다.", argc, argv);
}
