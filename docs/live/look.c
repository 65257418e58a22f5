/* look.c: what chapters 5, 6, 7 and 11 are about, step by step, as JSON for the page: gradients that are clipped, the steps of
 * Adagrad, softmax at several temperatures, the gates of an LSTM over a word. All computed by the chapters' own functions. */
#include "adagrad.h"
#include "args.h"
#include "cellstack.h"
#include "clip.h"
#include "fn.h"
#include "json.h"
#include "lstm.h"
#include "sample.h"
#include "stepper.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "look";

/* ---- chapter 5 ---- */

/* The cosine of the angle between two gradients. */
static double cosine(const mat *a, const mat *b)
{
    double ab = 0, aa = 0, bb = 0;
    for (int i = 0; i < mat_size(a); i++) {
        ab += a->v[i] * b->v[i];
        aa += a->v[i] * a->v[i];
        bb += b->v[i] * b->v[i];
    }
    return ab / sqrt(aa * bb);
}

/* Gradients of two elements, of this length, all around; clipped at 1. */
static void look_clip(double length)
{
    enum { ARROWS = 24 };
    mat *g = need(mat_new(2, 1)), *value = need(mat_new(2, 1)), *norm = need(mat_new(2, 1));
    printf("{\"steps\":[");
    for (int k = 0; k < ARROWS; k++) {
        const double angle = (k + 0.5) * 2 * acos(-1) / ARROWS;
        g->v[0] = (real) (length * cos(angle));
        g->v[1] = (real) (length * sin(angle));
        clip_value((mat *[]){mat_copy(value, g)}, 1, 1);
        clip_norm((mat *[]){mat_copy(norm, g)}, 1, 1);
        printf("%s{\"value_cosine\":%s,\"norm_cosine\":%s", k ? ",\n" : "",
               NUM("%.9g", cosine(g, value)), NUM("%.9g", cosine(g, norm)));
        json_mat("g", g);
        json_mat("value", value);
        json_mat("norm", norm);
        printf("}");
    }
    puts("]}");
    mat_free(g);
    mat_free(value);
    mat_free(norm);
}

/* ---- chapter 6 ---- */

/* Two weights of Wxh that are watched: in the columns of v, which occurs once in a pass, and of o, which always does. */
typedef struct watch {
    stepper adagrad;
    rnn *before, *plain; /* the weights before a step; the step that gradient descent would take */
    int of[2], steps;
} watch;

static void watched(const char *name, const mat *Wxh, const watch *w)
{
    json_numbers(name, (real[]){Wxh->v[w->of[0]], Wxh->v[w->of[1]]}, 2);
}

/* A words_update. */
static void watched_step(rnn *net, rnn *d, void *with)
{
    watch *w = with;
    for (int k = 0; k < 5; k++) mat_copy(w->before->all[k], net->all[k]);
    stepper_step(net, d, &w->adagrad);
    rnn_zero(w->plain);
    sgd(w->plain->all, d->all, 5, w->adagrad.learning_rate);
    printf("%s{\"t\":%d", w->steps ? ",\n" : "", w->steps);
    w->steps++;
    watched("g", d->Wxh, w);
    watched("mem", w->adagrad.m->Wxh, w);
    watched("descent", w->plain->Wxh, w);
    for (int k = 0; k < 2; k++)
        w->before->Wxh->v[w->of[k]] = net->Wxh->v[w->of[k]] - w->before->Wxh->v[w->of[k]];
    watched("step", w->before->Wxh, w);
    for (int k = 0; k < 2; k++)
        w->before->Wxh->v[w->of[k]] =
            (real) (w->adagrad.learning_rate / sqrt(w->adagrad.m->Wxh->v[w->of[k]] + 1e-8));
    watched("rate", w->before->Wxh, w);
    printf("}");
}

/* The words of experiment B, and a network of chapter 6's size for them. */
typedef struct words_net {
    text t;
    words *w;
    rnn *net, *m;
} words_net;

static bool words_net_new(words_net *n, error *e)
{
    enum { HIDDEN = 30 };
    rng draws;
    if (!text_from(&n->t, words_two, "words", e)) return false;
    n->w = need(words_new(&n->t, HIDDEN));
    n->net = need(rnn_new(HIDDEN, n->w->vocab->size));
    n->m = need(rnn_new(HIDDEN, n->w->vocab->size));
    rng_seed(&draws, 0);
    make_parameters(n->net, &draws);
    return true;
}

static void words_net_free(words_net *n)
{
    rnn_free(n->m);
    rnn_free(n->net);
    words_free(n->w);
    text_free(&n->t);
}

static bool look_adagrad(int passes, error *e)
{
    words_net n;
    if (!words_net_new(&n, e)) return false;
    watch w = {.adagrad = {0.1, n.m},
               .before = need(rnn_new(n.net->bh->rows, n.net->by->rows)),
               .plain = need(rnn_new(n.net->bh->rows, n.net->by->rows)),
               .of = {vocab_ix(n.w->vocab, 'v'), vocab_ix(n.w->vocab, 'o')}};
    printf("{\"names\":[\"v\",\"o\"],\"words\":%d,\"steps\":[", n.w->count);
    for (int k = 0; k < passes; k++) words_pass(n.w, n.net, watched_step, &w);
    puts("]}");
    rnn_free(w.before);
    rnn_free(w.plain);
    words_net_free(&n);
    return true;
}

/* ---- chapter 7 ---- */

/* The ids of a word; NULL if the vocabulary lacks one. */
static int *ids_of(const vocab *v, const text *t, error *e)
{
    int *ids = need(calloc((size_t) t->length + 1, sizeof *ids));
    const int unknown = vocab_encode(v, t, ids);
    if (unknown < 0) return ids;
    free(ids);
    error_set(e, "%s",
              say("only letters of vector and ectoaxg are known",
                  "vector와 ectoaxg에 있는 글자만 압니다"));
    return NULL;
}

static void print_temperature(const mat *scores, double temperature, mat *y, mat *p)
{
    sample_temperature(p, mat_copy(y, scores), temperature);
    double entropy = 0, largest = y->v[mat_argmax(y)];
    for (int i = 0; i < mat_size(p); i++)
        if (p->v[i] > 0) entropy -= p->v[i] * fn_log(p->v[i]) / fn_log(2);
    printf("{\"temperature\":%s,\"entropy\":%s", NUM("%g", temperature), NUM("%.9g", entropy));
    json_mat("p", p);
    if (temperature > 0) {
        json_mat("y", y);
        for (int i = 0; i < mat_size(y); i++) y->v[i] = (real) fn_exp(y->v[i] - largest);
        json_mat("exp", y);
    }
    printf("}");
}

static bool look_softmax(const char *word, error *e)
{
    enum { PASSES = 20 };
    static const double temperatures[] = {0.25, 0.5, 1, 2, 5, 0};
    words_net n;
    text t;
    if (!words_net_new(&n, e) || !text_from(&t, word, "--word", e)) return false;
    int *ids = ids_of(n.w->vocab, &t, e);
    if (!ids) return false;
    stepper how = {0.1, n.m};
    for (int k = 0; k < PASSES; k++) words_pass(n.w, n.net, stepper_step, &how);
    sampler *s = need(sampler_new(n.net->bh->rows, n.net->by->rows));
    mat *y = need(mat_new(n.net->by->rows, 1));
    for (int i = 0; i < t.length; i++) {
        rnn_step(n.net, ids[i], s->h, s->g, s->y, s->p);
        mat_copy(s->h, s->g);
    }
    printf("{");
    json_chars(n.w->vocab);
    json_mat("scores", s->y);
    printf(",\"steps\":[");
    for (size_t k = 0; k < sizeof temperatures / sizeof *temperatures; k++) {
        if (k) puts(",");
        print_temperature(s->y, temperatures[k], y, s->p);
    }
    puts("]}");
    mat_free(y);
    sampler_free(s);
    free(ids);
    text_free(&t);
    words_net_free(&n);
    return true;
}

/* ---- chapter 11 ---- */

/* A pass over the words with the LSTM: each from a state of zeros, then Adagrad. */
static void lstm_pass(const words *w, cellstack *s, cellnet *net, cellnet *mem)
{
    for (int i = 0; i < w->count; i++) {
        const int *ids = w->ix + w->start[i], T = w->start[i + 1] - w->start[i] - 1;
        cellstack_forward(s, T, ids, ids + 1);
        cellnet_zero(s->d);
        cellstack_backward(s, T, ids, ids + 1);
        clip_norm(s->d->all, net->tensors, 5);
        adagrad(net->all, s->d->all, mem->all, net->tensors, 0.1);
    }
}

static void print_gates(const cellstack *s, const vocab *v, const int *ids, int T)
{
    enum { F, G, I, O };
    static const char *const gate[LSTM_GATES] = {"f", "g", "i", "o"};
    const timelstm *l = s->layer[0];
    const int H = l->h->cols;
    printf("{");
    json_chars(v);
    printf(",\"steps\":[");
    for (int t = 0; t < T; t++) {
        printf("%s{\"x\":%d", t ? ",\n" : "", ids[t]);
        for (int k = 0; k < LSTM_GATES; k++) json_numbers(gate[k], l->as[t]->v + k * H, H);
        json_mat("c", l->cs[t]);
        json_mat("h", l->hs[t]);
        json_mat("p", s->ps[t]);
        printf("}");
    }
    puts("]}");
}

static bool look_gates(const char *word, int passes, error *e)
{
    enum { EMBED = 4, HIDDEN = 4, ROOM = 64 };
    text t, own;
    rng draws;
    if (!text_from(&t, words_two, "words", e) || !text_from(&own, word, "--word", e)) return false;
    if (own.length < 1 || own.length > ROOM)
        return error_set(e, say("give 1 to %d letters", "글자를 1개에서 %d개까지 주십시오"), ROOM);
    words *w = need(words_new(&t, HIDDEN));
    const int V = w->vocab->size;
    int *ids = ids_of(w->vocab, &own, e);
    if (!ids) return false;
    cellnet *net = need(cellnet_new(&lstm_type, 1, V, EMBED, HIDDEN)),
            *mem = need(cellnet_new(&lstm_type, 1, V, EMBED, HIDDEN));
    cellstack *s = need(cellstack_new(1, ROOM, net, false));
    rng_seed(&draws, 0);
    cellnet_start(net, 1, &draws);
    for (int k = 0; k < passes; k++) lstm_pass(w, s, net, mem);
    cellstack_forward(s, own.length, ids, ids); /* whatever its targets */
    print_gates(s, w->vocab, ids, own.length);
    cellstack_free(s);
    cellnet_free(mem);
    cellnet_free(net);
    free(ids);
    words_free(w);
    text_free(&own);
    text_free(&t);
    return true;
}

int main(int argc, char **argv)
{
    enum { CLIP, ADAGRAD, SOFTMAX, GATES };
    const char *word = "vecto";
    int what = CLIP, passes = 3;
    double length = 2;
    error e;
    args_choice choice = {&what,
                          {"clip", "adagrad", "softmax", "gates"},
                          "clip, adagrad, softmax or gates",
                          "clip, adagrad, softmax, gates 가운데 하나를"};
    const args_option options[] = {
        {"what", ARGS_CHOICE, &choice, 0, 0, "clip, adagrad, softmax or gates", "무엇을 볼지"},
        {"length", ARGS_REAL, &length, 0.01, 100, "of the gradients", "기울기의 길이"},
        {"word", ARGS_TEXT, &word, 0, 0, "what the network reads", "신경망이 읽을 글"},
        {"passes", ARGS_INT, &passes, 0, 10000, "passes over the words", "단어들을 훑는 횟수"},
        {.kind = ARGS_END},
    };
    const args a = {
        NAME,   "", 0, "What a chapter is about, as JSON.", "장의 주제를 JSON으로 찍습니다.",
        options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(NAME, status);
    bool good = true;
    if (what == CLIP)
        look_clip(length);
    else
        good = what == ADAGRAD   ? look_adagrad(passes, &e)
               : what == SOFTMAX ? look_softmax(word, &e)
                                 : look_gates(word, passes, &e);
    return good ? say_done(NAME, EXIT_SUCCESS) : say_error(NAME, &e);
}
