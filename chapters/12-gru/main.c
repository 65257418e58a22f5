/* main.c: chapter 12. The two GRUs, the check of stacks, and RNN, LSTM and GRU with equal numbers of parameters. */
#include "args.h"
#include "celltrain.h"
#include "dropout.h"
#include "gru.h"
#include "runlog.h"
#include "vectors.h"
#include "vocab.h"

#include <math.h>
#include <stdlib.h>

static const celltype *const types[] = {&rnn_type, &lstm_type, &gru_type, &gru_after_type};
enum { TYPES = sizeof types / sizeof *types };

/* With the same weights, the two GRUs are different functions. */
static void show_two_grus(uint32_t seed)
{
    enum { N = 2, T = 6, D = 3, H = 4 };
    rng draws;
    rng_seed(&draws, seed);
    grucell before = {{need(mat_new(D, 3 * H)), need(mat_new(H, 3 * H)), need(mat_new(1, 3 * H))}},
            after = {{before.Wx, before.Wh, need(mat_new(1, 4 * H))}};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < mat_size(before.all[k]); i++)
            before.all[k]->v[i] = (real) rng_randn(&draws);
    mat **xs = need(mats_new(T, N, D));
    for (int t = 0; t < T; t++)
        for (int i = 0; i < N * D; i++) xs[t]->v[i] = (real) rng_randn(&draws);
    timegru *a = need(timegru_new(N, T, before, before, false)),
            *b = need(timegru_new(N, T, after, after, false));
    timegru_forward(a, T, xs);
    timegru_forward(b, T, xs);
    puts(say("The same weights, no biases, reset before the product and after it; largest "
             "difference of h by step:",
             "같은 가중치, 편향 없이, 곱하기 앞의 리셋과 뒤의 리셋. 시각마다 h의 가장 큰 차이:"));
    for (int t = 0; t < T; t++) {
        double most = 0;
        for (int i = 0; i < N * H; i++)
            most = fmax(most, fabs((double) a->hs[t]->v[i] - b->hs[t]->v[i]));
        printf("  t = %d: %s\n", t, NUM("%.4f", most));
    }
    timegru_free(a);
    timegru_free(b);
    for (int k = 0; k < 3; k++) mat_free(before.all[k]);
    mat_free(after.b);
    vectors_free(xs, T);
}

/* Check stacks of all kinds and depths, with masks between the layers and carried states; one line each. */
static bool show_checks(uint32_t seed)
{
    enum { N = 3, V = 7, D = 4, H = 6, T = 5, DEEPEST = 3 };
    int ids[T * N], targets[T * N];
    bool good = true;
    printf(say("\nStacks with dropout between the layers, N = %d, T = %d, D = %d, H = %d, V = %d, "
               "in carried states:\n",
               "\n층 사이에 드롭아웃을 둔 층들, N = %d, T = %d, D = %d, H = %d, V = %d, 이어받은 "
               "상태에서:\n"),
           N, T, D, H, V);
    for (int k = 0; k < TYPES; k++)
        for (int layers = 1; layers <= DEEPEST; layers++) {
            gc_tensor tensor[GC_TENSORS];
            gc_report report;
            rng draws;
            rng_seed(&draws, seed);
            cellnet *net = need(cellnet_new(types[k], layers, V, D, H));
            cellstack *s = need(cellstack_new(N, T, net, true));
            cellstate before[CELLNET_LAYERS] = {{{NULL}}};
            for (int i = 0; i < net->tensors; i++)
                for (int j = 0; j < mat_size(net->all[i]); j++)
                    net->all[i]->v[j] = (real) (0.5 * rng_randn(&draws));
            for (int i = 0; i < T * N; i++) {
                ids[i] = (int) (rng_uniform(&draws) * (double) V);
                targets[i] = (int) (rng_uniform(&draws) * (double) V);
            }
            if (!cellstack_add_masks(s)) need(NULL);
            dropout_draw(s, T, &(dropout){0.25, seed, 0, 0});
            cellstack_forward(s, T, ids, targets);
            for (int l = 0; l < layers; l++)
                for (int i = 0; i < CELL_STATES; i++) {
                    const mat *state = types[k]->state(s->layer[l]).of[i];
                    if (state) before[l].of[i] = mat_copy(need(mat_new(N, H)), state);
                }
            cellcheck c = {s, net, T, ids, targets, before};
            const gc_problem problem = cellcheck_problem(&c, tensor);
            const gc_verdict verdict = gc_check(&problem, NULL, &report);
            int checked = 0, failed = 0;
            for (int i = 0; i < problem.tensors; i++) {
                checked += report.row[i].checked;
                failed += report.row[i].failed;
            }
            good = good && verdict == GC_OK;
            printf(say("  %-9s layers: %d  wrong: %d of %4d elements  %s\n",
                       "  %-9s %d층: 틀린 원소 %d/%d개  %s\n"),
                   types[k]->name, layers, failed, checked, gc_word(verdict));
            for (int l = 0; l < layers; l++)
                for (int i = 0; i < CELL_STATES; i++) mat_free(before[l].of[i]);
            cellstack_free(s);
            cellnet_free(net);
        }
    return good;
}

/* The comparison on a text. */
typedef struct contest {
    const char *path;
    int seeds, iterations, hidden, every;
    double ratio;
    celltrain_options o;
    FILE *log;
} contest;

/* The ids of the text's characters. */
static int *read_ids(const contest *c, int *count, int *V, error *e)
{
    text t;
    if (!text_read(&t, c->path, e)) return NULL;
    *count = t.length;
    int *ids = need(calloc((size_t) t.length, sizeof *ids));
    vocab *v = need(vocab_of(&t));
    vocab_encode(v, &t, ids);
    *V = v->size;
    vocab_free(v);
    text_free(&t);
    return ids;
}

/* The numbers of parameters of a stack. */
static long size_of(const celltype *type, int layers, int V, int D, int H)
{
    cellnet *net = need(cellnet_new(type, layers, V, D, H));
    const long size = cellnet_size(net);
    cellnet_free(net);
    return size;
}

/* The hidden size at which a stack has about as many parameters as this. */
static int hidden_for(const celltype *type, int layers, int V, int D, long size)
{
    int H = 1;
    while (size_of(type, layers, V, D, H + 1) <= size) H++;
    return H;
}

static bool compare(contest *c, error *e)
{
    int count, V;
    int *ids = read_ids(c, &count, &V, e);
    if (!ids) return false;
    const int train = count - count / 10;
    if (train < lm_least(&c->o.lm) || count - train < 2) {
        free(ids);
        return error_set(e, say("%s: %d characters are too few", "%s: 문자 %d개는 너무 적습니다"),
                         c->path, count);
    }
    printf(say("\n%s: %d characters, %d different; the last %d are held out. %d iterations:\n",
               "\n%s: 문자 %d개, 서로 다른 것 %d개. 마지막 %d개는 떼어 둡니다. 반복 %d번:\n"),
           c->path, count, V, count - train, c->iterations);
    puts(say("  cell       layers   H  parameters  seed  training  held out",
             "  셀         층 수    H  파라미터    시드  배우는 글  떼어 둔 글"));
    const int D = c->o.lm.wordvec;
    const long size = size_of(&rnn_type, 1, V, D, c->hidden);
    if (c->log)
        fputs("cell\tlayers\thidden\tparameters\tseed\titeration\ttraining\theld_out\n", c->log);
    for (int layers = 1; layers <= c->o.layers; layers++)
        for (int k = 0; k < TYPES - 1; k++)
            for (int seed = 0; seed < c->seeds; seed++) {
                celltrain_options o = c->o;
                o.type = types[k];
                o.layers = layers;
                o.lm.seed = (uint32_t) seed;
                o.lm.hidden = hidden_for(o.type, layers, V, D, size);
                celltrain *r = need(celltrain_new(&o, ids, train, V));
                double sum = 0, held = NAN;
                if (c->ratio > 0 && !cellstack_add_masks(r->s)) need(NULL);
                for (int i = 1; i <= c->iterations; i++) {
                    if (c->ratio > 0)
                        dropout_draw(r->s, o.lm.time,
                                     &(dropout){c->ratio, o.lm.seed, (uint64_t) i, 0});
                    sum += celltrain_step(r);
                    if (i % c->every && i < c->iterations) continue;
                    held = celltrain_score(r, ids + train, count - train);
                    const double mean = sum / (i % c->every ? i % c->every : c->every);
                    sum = 0;
                    if (c->log)
                        fprintf(c->log, "%s\t%d\t%d\t%ld\t%d\t%d\t%s\t%s\n", o.type->name, layers,
                                o.lm.hidden, cellnet_size(r->net), seed, i, NUM("%.17g", mean),
                                NUM("%.17g", held));
                    if (i == c->iterations)
                        printf("  %-9s  %d      %4d  %9ld  %5d  %9s %9s\n", o.type->name, layers,
                               o.lm.hidden, cellnet_size(r->net), seed, NUM("%.4f", mean),
                               NUM("%.4f", held));
                    fflush(stdout);
                }
                celltrain_free(r);
            }
    free(ids);
    return true;
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    const char *log_path = NULL;
    contest c = {.path = "chapters/08-min-char-rnn/texts/psalms.txt",
                 .seeds = 1,
                 .iterations = 100,
                 .hidden = 100,
                 .every = 100,
                 .o = {NULL, 2, {10, 16, 0, 25, 0.03, 0}, 5, 1, true}};
    runlog log;
    error e;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the checks", "검사의 시드"},
        {"text", ARGS_FILE, &c.path, 0, 0, "text of the comparison", "비교에 쓸 글"},
        {"iterations", ARGS_INT, &c.iterations, 1, INT_MAX, "iterations of the comparison",
         "비교에서 반복하는 수"},
        {"every", ARGS_INT, &c.every, 1, INT_MAX, "test after so many iterations",
         "이만큼 반복할 때마다 시험"},
        {"seeds", ARGS_INT, &c.seeds, 1, 1000, "seeds of the comparison", "비교의 시드 수"},
        {"layers", ARGS_INT, &c.o.layers, 1, CELLNET_LAYERS, "the most layers",
         "가장 많은 층의 수"},
        {"hidden", ARGS_INT, &c.hidden, 1, 1000,
         "hidden size of the RNN with one layer; the "
         "others get its number of parameters",
         "한 층짜리 RNN의 은닉 상태 크기. 다른 셀의 파라미터 수를 여기에 맞춤"},
        {"learning-rate", ARGS_REAL, &c.o.lm.learning_rate, 0, 1e6, "learning rate of Adagrad",
         "Adagrad의 학습률"},
        {"dropout", ARGS_REAL, &c.ratio, 0, 0.99, "part that is left out between layers",
         "층 사이에서 빼는 비율"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the losses", "손실을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {
        "gru",  "", 0, "Chapter 12: the GRU layer and stacks.", "12장: GRU 계층과 여러 층.",
        options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);
    c.log = log.stream;
    show_two_grus(seed);
    const bool good = show_checks(seed);
    puts(good ? say("every element is right", "모든 원소가 맞습니다")
              : say("not all is right", "맞지 않는 것이 있습니다"));
    const bool done = compare(&c, &e);
    if (!runlog_close(&log, &e) || !done) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
