/* trainer.c: the command `train`: options, tests, the best network, the last one. See trainer.h. */
#include "trainer.h"

#include "charuse.h"
#include "fn.h"
#include "gradcheck.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Everything a call of `train` needs. */
typedef struct trainer {
    session s;
    charrun c;
    const char *init;
    bool no_speed;
    int sample_length;
    char *best;
} trainer;

static int read_command_line(trainer *t, int argc, char **argv)
{
    static const char *const fixed[] = {"cell",       "layers",      "hidden",   "embed",
                                        "unit",       "first",       "batch",    "shards",
                                        "seed",       "seq-length",  "held-out", "optimizer",
                                        "test-every", "forget-bias", NULL};
    charrun_options *o = &t->c.o;
    charnet_options *n = &o->net;
    args_choice cell = {&n->cell,
                        {"lstm", "gru", "rnn"},
                        "lstm, gru or rnn",
                        "lstm, gru, rnn 가운데 하나를"},
                unit = {&o->unit,
                        {"byte", "char", "jamo", "word"},
                        "byte, char, jamo or word",
                        "byte, char, jamo, word 가운데 하나를"},
                optimizer = {&n->optimizer,
                             {"adam", "adagrad", "sgd"},
                             "adam, adagrad or sgd",
                             "adam, adagrad, sgd 가운데 하나를"};
    args_option shared[SESSION_ROWS];
    session_rows(&t->s, shared);
    const args_option options[] = {
        {"cell", ARGS_CHOICE, &cell, 0, 0, "lstm, gru or rnn", "lstm, gru, rnn"},
        {"layers", ARGS_INT, &n->layers, 1, CELLNET_LAYERS, "recurrent layers", "순환 계층의 수"},
        {"hidden", ARGS_INT, &n->hidden, 1, 11585, "size of a hidden state", "은닉 상태의 크기"},
        {"embed", ARGS_INT, &n->embed, 1, 46340, "size of a symbol's vector", "기호 벡터의 크기"},
        {"unit", ARGS_CHOICE, &unit, 0, 0, "what is read at a time: byte, char, jamo or word",
         "한 번에 읽는 것: byte, char, jamo, word"},
        {"first", ARGS_INT, &o->first, 0, INT_MAX, "read the first N symbols of the text; 0: all",
         "글의 처음 N개 기호만 읽음, 0이면 전부"},
        {"held-out", ARGS_REAL, &o->held_out, 0, 0.9,
         "fraction of the text, at its end, to test on only",
         "학습에 쓰지 않고 떼어 둘 뒷부분의 비율"},
        {"batch", ARGS_INT, &n->batch, 1, LM_MOST, "sequences side by side",
         "나란히 읽는 시퀀스의 수"},
        {"shards", ARGS_INT, &n->shards, 0, CHARNET_SHARDS,
         "shards of the batch, a power of two; 0: by its size",
         "배치를 나눌 몫의 수(2의 거듭제곱), 0이면 크기에 따라"},
        {"threads", ARGS_INT, &n->threads, 1, SHARDS_WORKERS, "threads, for the shards",
         "몫을 맡을 스레드의 수"},
        {"seq-length", ARGS_INT, &n->seq_length, 1, LM_MOST, "steps of a block",
         "한 번에 펼치는 단계 수"},
        {"dropout", ARGS_REAL, &n->dropout, 0, 0.99, "what is left out between layers",
         "층 사이에서 빼는 비율"},
        {"optimizer", ARGS_CHOICE, &optimizer, 0, 0, "adam, adagrad or sgd", "adam, adagrad, sgd"},
        {"learning-rate", ARGS_REAL, &n->learning_rate, 0, 1e6, "learning rate", "학습률"},
        {"decay", ARGS_REAL, &o->decay, 0, 1,
         "factor of the learning rate after a test that is not the best so far",
         "그때까지의 가장 좋은 것이 아닌 시험 뒤에 학습률에 곱하는 수"},
        {"clip-norm", ARGS_REAL, &n->clip_norm, 0, 1e300,
         "clip the gradient's norm to X; 0: do not", "기울기의 노름을 X로 자름, 0이면 자르지 않음"},
        {"forget-bias", ARGS_REAL, &n->forget_bias, 0, 1000, "bias of the forget gates at first",
         "망각 게이트의 처음 편향"},
        {"seed", ARGS_SEED, &n->seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {"init", ARGS_FILE, &t->init, 0, 0,
         "begin with the weights and the vocabulary of this checkpoint",
         "이 체크포인트의 가중치와 어휘로 시작"},
        {"test-every", ARGS_INT, &o->every, 0, INT_MAX,
         "iterations from test to test; 0: an epoch, at least 100",
         "시험하는 반복 간격, 0이면 한 에폭(적어도 100)"},
        {"patience", ARGS_INT, &o->patience, 0, INT_MAX,
         "stop after N tests in a row without a better one; 0: do not",
         "더 낫지 않은 시험이 N번 이어지면 멈춤, 0이면 멈추지 않음"},
        {"sample-length", ARGS_INT, &t->sample_length, 0, 1000000,
         "characters of the sample at each test", "시험할 때마다 보일 표본의 문자 수"},
        {"no-speed", ARGS_FLAG, &t->no_speed, 0, 0,
         "leave out symbols/s, which differs from run to run",
         "돌릴 때마다 다른 초당 기호 수를 뺌"},
        {.kind = ARGS_ROWS, .value = shared},
        {.kind = ARGS_END},
    };
    const int status = session_args(
        &t->s, options, fixed, "Train a network on a UTF-8 text; - is the standard input.",
        "UTF-8 글로 신경망을 학습합니다. -는 표준 입력입니다.", argc, argv);
    if (t->s.text_path) t->s.text_path = charuse_path(t->s.text_path);
    return status;
}

/* Take the network's shape and its symbols from --init. */
static bool take_shape(trainer *t, const npy *from, int argc, char **argv)
{
    if (!charrun_shape_of(from, t->init, &t->c, &t->s.e)) return false;
    const charrun_options its = t->c.o;
    if (read_command_line(t, argc, argv) != ARGS_GO_ON) return false;
    return charrun_same_shape(&its, &t->c.o) ||
           error_set(&t->s.e,
                     say("--init %s has another network than the other options say; leave out "
                         "--cell, --layers, --hidden, --embed and --unit",
                         "--init %s의 신경망이 다른 옵션과 다릅니다. --cell, --layers, --hidden, "
                         "--embed, --unit을 빼십시오"),
                     t->init);
}

/* The text as ids; tell what --init's vocabulary lacks. */
static bool read_text(trainer *t)
{
    session *s = &t->s;
    text whole;
    if (!charnet_settle(&t->c.o.net, &s->e) || !session_text(s, &whole)) return false;
    const bool good =
        charrun_read(&t->c, &whole, s->text_path, &s->e) && charrun_start(&t->c, &s->e);
    text_free(&whole);
    if (good && t->c.dropped && !s->quiet)
        fprintf(stderr,
                say("%s: %d symbols are not in the vocabulary and left out\n",
                    "%s: 어휘에 없는 기호 %d개를 뺐습니다\n"),
                TEXT_SHOWN(s->text_path), t->c.dropped);
    if (good && t->c.o.net.dropout > 0 && t->c.o.net.layers == 1 && !s->quiet)
        fputs(say("--dropout changes nothing here: it is between layers, and there is one\n",
                  "--dropout은 아무것도 바꾸지 않습니다. 층 사이에서 빼는데 층이 하나입니다\n"),
              stderr);
    return good;
}

static bool start(trainer *t, int argc, char **argv)
{
    session *s = &t->s;
    charrun *c = &t->c;
    npy *from = NULL;
    if (!session_begin(s)) return false;
    bool good = true;
    if (s->saved) /* the options of the saved run, overridden by the command line */
        good = charrun_options_of(s->saved, s->resume, c, &s->e) &&
               read_command_line(t, argc, argv) == ARGS_GO_ON;
    else if (t->init)
        good = (from = savefile_open(t->init, &s->e)) && take_shape(t, from, argc, argv);
    good = good && read_text(t);
    if (good && s->saved)
        good = session_same_text(s, c->hash) && charrun_state_of(s->saved, s->resume, c, &s->e);
    else if (good && from)
        good = charrun_weights_of(from, t->init, c, &s->e);
    npy_free(from);
    s->sample_every = c->o.every;
    s->sample_length = t->sample_length;
    return good && charrun_open(s, c) && charnet_begin(c->r, &s->e);
}

static bool save(trainer *t, const char *path)
{
    const bool flushed = session_sync(&t->s);
    return (!path || charrun_save(path, &t->c, &t->s.e)) && flushed;
}

/* A sample of so many characters, whatever the unit. A jamo or a byte is less than a character: more of them are drawn. */
static char *draw_sample(trainer *t)
{
    static const int drawn_for_one[LEXICON_UNITS] = {
        [UNIT_BYTE] = 4, [UNIT_CHAR] = 1, [UNIT_JAMO] = 3, [LEXICON_WORD] = 1};
    charrun *c = &t->c;
    const charuse_sampling how = {.length = t->sample_length * drawn_for_one[c->o.unit],
                                  .temperature = 1};
    const int prime = lexicon_start(&c->x);
    int *ids = need(calloc((size_t) how.length, sizeof *ids)), drawn;
    rng draws;
    rng_seed(&draws, c->o.net.seed + (uint32_t) c->r->n);
    char *txt = NULL;
    if (charuse_sample(c->r->one, &prime, 1, &how, &draws, ids, &drawn, &t->s.e)) {
        txt = need(lexicon_decode(&c->x, ids, drawn));
        const char *end = txt;
        for (int i = 0; i < t->sample_length && *end; i++) text_next(&end);
        txt[end - txt] = '\0';
    }
    free(ids);
    return txt;
}

/* Write a sample as --samples has it, and print it. */
static bool show_sample(trainer *t)
{
    session *s = &t->s;
    if (t->sample_length == 0 || (s->quiet && !s->samples.stream)) return true;
    char *txt = draw_sample(t);
    if (txt && s->samples.stream) fprintf(s->samples.stream, "---- iter %d\n%s\n", t->c.r->n, txt);
    if (txt && !s->quiet) printf("----\n%s\n----\n", txt);
    free(txt);
    return txt != NULL;
}

/* Print the mean of the losses since the last test, and the loss of the part held out. */
static void print_loss(trainer *t, double loss, double held)
{
    const charnet_options *o = &t->c.o.net;
    const double speed = session_rate(&t->s, t->c.r->n) * o->batch * o->seq_length;
    if (t->s.quiet) return;
    printf(say("iteration %d, epoch %s, loss %s; held out: %s nat, %s bits, perplexity %s; %s "
               "symbols/s\n",
               "반복 %d, 에폭 %s, 손실 %s. 떼어 둔 글: %s nat, %s비트, 퍼플렉서티 %s. 초당 기호 "
               "%s개\n"),
           t->c.r->n, NUM("%.2f", (double) t->c.r->n / lm_iterations(&t->c.r->blocks)),
           NUM("%.4f", loss), NUM("%.4f", held), NUM("%.4f", held / fn_log(2)),
           NUM("%.3f", fn_exp(held)), t->no_speed || speed <= 0 ? "-" : NUM("%.0f", speed));
    fflush(stdout);
    session_lap(&t->s, t->c.r->n);
}

/* Test on the part held out, before the next iteration; the best network is saved beside the last. */
static bool test(trainer *t, double loss, double *held)
{
    charrun *c = &t->c;
    *held = c->r->n > 0 ? charrun_held_out(c) : NAN;
    live_clear(&t->s.live);
    if (c->r->n > 0) print_loss(t, loss, *held);
    if (charrun_tested(c, *held) && t->s.best && !save(t, t->s.best)) return false;
    return show_sample(t) && session_flush(&t->s);
}

/* Check a sample of the gradient of the first shard's next block, from a state of zeros. */
static void check_gradients(trainer *t)
{
    enum { SAMPLE_SIZE = 20 };
    charnet *r = t->c.r;
    gc_tensor tensor[GC_TENSORS];
    gc_report report;
    if (!t->s.check || t->s.quiet) return;
    cellstack *s = need(cellstack_new(r->shard[0]->N, r->o.seq_length, r->net, true));
    charnet_load(r);
    charnet_go_to(r, r->n);
    cellcheck c = {s, r->net, r->o.seq_length, r->xs[0], r->ts[0], NULL};
    const gc_problem problem = cellcheck_problem(&c, tensor);
    gc_check(&problem, &(gc_options){.sample = SAMPLE_SIZE}, &report);
    printf(say("gradient after %d iterations, %d elements of each tensor (analytic = yours):\n",
               "반복 %d번 뒤의 기울기, 텐서마다 원소 %d개(analytic = 우리 코드):\n"),
           r->n, SAMPLE_SIZE);
    gc_print(stdout, &problem, &report);
    fflush(stdout);
    cellstack_free(s);
}

static void report(trainer *t, double loss)
{
    const charrun *c = &t->c;
    live_clear(&t->s.live);
    print_loss(t, loss, charrun_held_out(&t->c));
    if (t->s.quiet) return;
    if (c->best_n > 0)
        fprintf(stderr,
                say("best: %s nat after %d iterations%s%s\n",
                    "가장 좋을 때: %s nat, 반복 %d번 뒤%s%s\n"),
                NUM("%.4f", c->best), c->best_n, t->s.best ? ", " : "",
                t->s.best ? TEXT_SHOWN(t->s.best) : "");
    session_report(&t->s, c->r->n);
}

static bool run(trainer *t)
{
    session *s = &t->s;
    charrun *c = &t->c;
    charnet *r = c->r;
    double sum = 0;
    int from = r->n;
    if (!s->quiet)
        printf(say("%d symbols to learn, %d held out (%d of them unknown), vocabulary %d, %ld "
                   "weights\n",
                   "배울 기호 %d개, 떼어 둔 기호 %d개(모르는 것 %d개), 어휘 %d, 가중치 %ld개\n"),
               c->trained, c->held, c->unknown, c->x.V, cellnet_size(r->net));
    check_gradients(t);
    session_lap(s, r->n);
    while (session_goes_on(s, r->n)) {
        const int n = r->n;
        double held = NAN;
        if (n % c->o.every == 0) {
            if (!test(t, sum / (n - from), &held)) return false;
            if (charrun_is_over(c)) break;
            sum = 0;
            from = n;
        }
        const double rate = r->rate, loss = charnet_step(r);
        sum += loss;
        if (s->log.stream && n % s->log_every == 0)
            fprintf(s->log.stream, "%d\t%s\t%s\t%s\t%s\n", n, NUM("%.17g", loss),
                    NUM("%.17g", r->norm), NUM("%.17g", rate), NUM("%.17g", held));
        if (!session_is_finite(s, loss, n)) return false;
        if (session_line_due(s))
            session_line(s, false,
                         say("iteration %d/%d, loss %s, %.0f symbols/s",
                             "반복 %d/%d, 손실 %s, 초당 기호 %.0f개"),
                         r->n, s->until, NUM("%.3f", loss),
                         session_rate(s, r->n) * r->o.batch * r->o.seq_length);
        if (session_save_due(s) && !save(t, s->checkpoint)) return false;
    }
    if (!save(t, s->checkpoint)) return false;
    report(t, sum / (r->n - from));
    check_gradients(t);
    return true;
}

int trainer_main(const char *program, int argc, char **argv)
{
    trainer t = {.c.o = charrun_defaults, .sample_length = 200};
    t.s = (session){
        .program = program, .has_samples = true, .until = 5000, .checkpoint = "char-rnn.npy"};
    int status = read_command_line(&t, argc, argv);
    if (status != ARGS_GO_ON) return status;
    const bool tests = t.c.o.held_out > 0 || t.s.resume;
    if (tests && t.s.checkpoint) t.s.best = t.best = need(charrun_best_path(t.s.checkpoint));
    status = session_end(&t.s, start(&t, argc, argv) && run(&t));
    charrun_free(&t.c);
    free(t.best);
    return status;
}
