/* main.c: chapter 7. What a trained network writes, at several temperatures. */
#include "args.h"
#include "experiment.h"
#include "fn.h"
#include "runlog.h"
#include "sample.h"
#include "stepper.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 20 };

static void print_sample(const words *w, int first, const int *ix, int n, bool cut)
{
    char out[4 * LONGEST + 1];
    vocab_decode(w->vocab, &first, 1, out);
    printf(" %s", out);
    vocab_decode(w->vocab, ix, n, out);
    printf("%s%s", out, cut ? "..." : "");
}

/* Print the probabilities after "vecto", where r and a compete, and their entropy; log a row for each character. */
static void print_temperatures(const words *w, const rnn *net, sampler *s, FILE *log)
{
    enum { TEMPERATURES = 6 };
    static const double temperatures[TEMPERATURES] = {0, 0.25, 0.5, 1, 2, 5};
    const vocab *v = w->vocab;
    mat *p[TEMPERATURES];
    mat_zero(s->h);
    for (int t = 0; t < 5; t++) { /* v e c t o */
        rnn_step(net, w->ix[t], s->h, s->g, s->y, s->p);
        mat_copy(s->h, s->g);
    }
    fputs(say("\nafter \"vecto\"  temperature", "\n\"vecto\" 다음  온도       "), stdout);
    for (int i = 0; i < v->size; i++)
        printf(" %5s", text_show((char[TEXT_ROOM]){0}, v->ix_to_char[i]));
    puts(say("  entropy (bits)", "  엔트로피(비트)"));
    for (int k = 0; k < TEMPERATURES; k++) {
        p[k] = need(mat_new(v->size, 1));
        sample_temperature(p[k], mat_copy(s->p, s->y), temperatures[k]);
        double entropy = 0;
        printf("               %11s", NUM("%g", temperatures[k]));
        for (int i = 0; i < v->size; i++) {
            const double pi = p[k]->v[i];
            printf(" %s", NUM("%.3f", pi));
            if (pi > 0) entropy -= pi * fn_log(pi) / fn_log(2);
        }
        printf("  %s\n", NUM("%.3f", entropy));
    }
    if (log) {
        fputs("character", log);
        for (int k = 0; k < TEMPERATURES; k++) fprintf(log, "\t%s", NUM("%g", temperatures[k]));
        for (int i = 0; i < v->size; i++) {
            fprintf(log, "\n%s", text_show((char[TEXT_ROOM]){0}, v->ix_to_char[i]));
            for (int k = 0; k < TEMPERATURES; k++) fprintf(log, "\t%s", NUM("%.17g", p[k]->v[i]));
        }
        fputc('\n', log);
    }
    for (int k = 0; k < TEMPERATURES; k++) mat_free(p[k]);
}

int main(int argc, char **argv)
{
    static const double temperatures[] = {0, 0.5, 1, 2, 5};
    uint32_t seed = 0;
    int hidden = 30, passes = 20, count = 6;
    double learning_rate = 0.1;
    const char *log_path = NULL;
    error e;
    text t;
    rng draws;
    runlog log;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the weights and the samples",
         "가중치와 표본의 시드"},
        {"hidden", ARGS_INT, &hidden, 1, 1000, "size of the hidden state", "은닉 상태의 크기"},
        {"passes", ARGS_INT, &passes, 0, 1000000, "passes over the words before sampling",
         "샘플링 전에 단어들을 훑는 횟수"},
        {"learning-rate", ARGS_REAL, &learning_rate, 0, 1000, "learning rate of Adagrad",
         "Adagrad의 학습률"},
        {"count", ARGS_INT, &count, 1, 1000, "samples for each temperature",
         "온도마다 뽑을 표본의 수"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the probabilities by temperature",
         "온도마다의 확률을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"sample", "", 0, "Chapter 7: sampling.", "7장: 샘플링.", options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!runlog_table(&log, log_path, &e) || !text_from(&t, words_two, "words", &e))
        return say_error(a.program, &e);

    words *w = need(words_new(&t, hidden));
    const int V = w->vocab->size, first = w->ix[0];
    rnn *net = need(rnn_new(hidden, V));
    sampler *s = need(sampler_new(hidden, V));
    stepper how = {learning_rate, need(rnn_new(hidden, V))};
    outcome o = {0};
    rng_seed(&draws, seed);
    make_parameters(net, &draws);
    for (int pass = 0; pass < passes && !o.lost; pass++) {
        o.loss = words_pass(w, net, stepper_step, &how);
        if (!isfinite(o.loss)) o.lost = pass + 1;
    }
    if (!experiment_is_finite(&o, &e)) return say_error(a.program, &e);
    printf(say("B after %d passes with Adagrad: loss %s\n", "Adagrad로 %d번 훑은 B: 손실 %s\n"),
           passes, NUM("%f", o.loss));
    printf(say("samples that go on from v, until '\\n' or %d characters:\n",
               "v에서 이어지는 표본('\\n'이 나오거나 %d자가 될 때까지):\n"),
           LONGEST - 1);
    for (size_t k = 0; k < sizeof temperatures / sizeof *temperatures; k++) {
        printf(say("  temperature %3s:", "  온도 %3s:"), NUM("%g", temperatures[k]));
        for (int i = 0; i < count; i++) {
            int ix[LONGEST];
            const int n =
                sample(net, w->h0, first, LONGEST - 1, temperatures[k], w->end, &draws, s, ix);
            print_sample(w, first, ix, n, n == LONGEST - 1);
        }
        putchar('\n');
    }
    print_temperatures(w, net, s, log.stream);

    sampler_free(s);
    rnn_free(how.m);
    rnn_free(net);
    words_free(w);
    text_free(&t);
    if (!runlog_close(&log, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
