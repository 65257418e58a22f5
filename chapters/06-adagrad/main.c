/* main.c: chapter 6. Adagrad and plain gradient descent, on the same words from the same initial weights. */
#include "args.h"
#include "experiment.h"
#include "runlog.h"
#include "stepper.h"

#include <math.h>
#include <stdlib.h>

static double mean_size(const mat *A)
{
    double sum = 0;
    for (int i = 0; i < mat_size(A); i++) sum += fabs(A->v[i]);
    return sum / mat_size(A);
}

/* One word, one step: how far does each rule move the weights? Returns V. */
static int show_first_step(int hidden, uint32_t seed, double learning_rate)
{
    text t;
    error e;
    rng draws;
    if (!text_from(&t, words_two, "words", &e)) exit(say_error("adagrad", &e));
    words *w = need(words_new(&t, hidden));
    const int V = w->vocab->size, *inputs = w->ix + w->start[0], *targets = inputs + 1;
    rnn *net = need(rnn_new(hidden, V));
    puts(say("The first step, mean |weight| in Whh:", "첫걸음, Whh의 평균 |가중치|:"));
    for (int k = 0; k < 2; k++) {
        rng_seed(&draws, seed);
        make_parameters(net, &draws);
        const double before = mean_size(net->Whh);
        w->tr->T = w->start[1] - w->start[0] - 1;
        rnn_forward(net, inputs, targets, w->h0, w->tr);
        rnn_zero(w->d);
        rnn_backward(net, w->tr, targets, w->d, w->scratch);
        stepper s = {learning_rate, k == 1 ? need(rnn_new(hidden, V)) : NULL};
        stepper_step(net, w->d, &s);
        rnn_free(s.m);
        printf(say("  %-17s %s -> %s\n", "  %s %s -> %s\n"),
               k == 0 ? say("gradient descent:", "경사 하강법:") : "Adagrad:", NUM("%.6f", before),
               NUM("%.6f", mean_size(net->Whh)));
    }
    rnn_free(net);
    words_free(w);
    text_free(&t);
    return V;
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    int hidden = 30, passes = 100;
    double rates[3] = {0.1, 0.01, 0.1};
    const char *log_path = NULL;
    error e;
    runlog log;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the weights", "가중치의 시드"},
        {"hidden", ARGS_INT, &hidden, 1, 1000, "size of the hidden state", "은닉 상태의 크기"},
        {"passes", ARGS_INT, &passes, 1, 1000000, "passes over the words", "단어들을 훑는 횟수"},
        {"sgd", ARGS_REAL, &rates[0], 0, 1000, "learning rate of gradient descent",
         "경사 하강법의 학습률"},
        {"sgd-small", ARGS_REAL, &rates[1], 0, 1000, "another one", "경사 하강법의 또 다른 학습률"},
        {"adagrad", ARGS_REAL, &rates[2], 0, 1000, "learning rate of Adagrad", "Adagrad의 학습률"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the losses of the three runs",
         "세 실험의 손실을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"adagrad", "", 0, "Chapter 6: Adagrad.", "6장: Adagrad.", options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);

    const int V = show_first_step(hidden, seed, rates[2]);

    double *losses[3];
    outcome o = {0};
    int right[3];
    for (int k = 0; k < 3; k++) {
        losses[k] = need(malloc((size_t) passes * sizeof **losses));
        stepper s = {rates[k], k == 2 ? need(rnn_new(hidden, V)) : NULL};
        experiment x = {words_two, hidden, passes, seed, stepper_step, &s, false, NULL, losses[k]};
        if (!experiment_run(&x, &o, &e)) return say_error(a.program, &e);
        right[k] = o.right;
        rnn_free(s.m);
    }
    printf(say("\nB, H = %d, seed %lu, gradients clipped to +-5: mean loss of a pass\n",
               "\nB, H = %d, 시드 %lu, 기울기는 ±5로 자름: 한 번 훑은 평균 손실\n"),
           hidden, (unsigned long) seed);
    printf(say("  pass  descent %-8s descent %-8s Adagrad %s\n",
               "  훑기  하강법 %-9s 하강법 %-9s Adagrad %s\n"),
           NUM("%g", rates[0]), NUM("%g", rates[1]), NUM("%g", rates[2]));
    for (int i = 0; i < passes; i++) {
        const int pass = i + 1, each = passes < 10 ? 1 : passes / 10;
        if (pass != 1 && pass % each != 0) continue;
        printf("  %4d  %16s %16s %16s\n", pass, NUM("%f", losses[0][i]), NUM("%f", losses[1][i]),
               NUM("%f", losses[2][i]));
    }
    printf(say("  'vector' guessed: %d, %d and %d of %d\n",
               "  맞힌 'vector': %d, %d, %d번(%d번 가운데)\n"),
           right[0], right[1], right[2], EXPERIMENT_GUESSES);
    experiment_table(log.stream, "sgd\tsgd_small\tadagrad", losses, 3, passes);
    for (int k = 0; k < 3; k++) free(losses[k]);
    if (!runlog_close(&log, &e) || !experiment_is_finite(&o, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
