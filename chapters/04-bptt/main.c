/* main.c: chapter 4. Backpropagation through time: the check passes, and the network learns the words. */
#include "args.h"
#include "experiment.h"
#include "rnncheck.h"
#include "runlog.h"

#include <math.h>
#include <stdlib.h>

/* Check every element for several sizes and lengths, at a generic point. Returns true if all are right. */
static bool check_all(void)
{
    static const int sizes[][3] = {{5, 7, 1}, {5, 7, 2}, {5, 7, 6}, {1, 7, 6}, {5, 2, 6}};
    bool good = true;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const int H = sizes[i][0], V = sizes[i][1], T = sizes[i][2];
        rnnprobe *p = need(rnnprobe_new(H, V, T, 0.5, 0));
        printf("\nH = %d, V = %d, T = %d:\n", H, V, T);
        good = rnncheck_print(&p->check, NULL, stdout) == GC_OK && good;
        rnnprobe_free(p);
    }
    return good;
}

/* Train on 'hello' with H = 3 until the target has the best score at every step. */
static void train_hello(uint32_t seed, double learning_rate)
{
    enum { H = 3, MOST = 10000 };
    text t;
    error e;
    rng draws;
    if (!text_from(&t, "hello", "hello", &e)) exit(say_error("bptt", &e));
    words *w = need(words_new(&t, H));
    rnn *net = need(rnn_new(H, w->vocab->size));
    const int *targets = w->ix + 1, T = t.length;
    rng_seed(&draws, seed);
    make_parameters(net, &draws);
    int pass = 0, right = 0;
    double loss = 0;
    while (right < T && pass < MOST) {
        words_pass(w, net, words_sgd, &learning_rate);
        pass++;
        w->tr->T = T;
        loss = rnn_forward(net, w->ix, targets, w->h0, w->tr);
        right = 0;
        for (int i = 0; i < T; i++) {
            const mat *y = w->tr->ys[i];
            bool best = true;
            for (int k = 0; k < mat_size(y); k++)
                best = best && (k == targets[i] || y->v[k] < y->v[targets[i]]);
            right += best;
        }
    }
    printf(say("\n'hello' with H = %d: after %d passes %d of %d best scores are the targets, loss "
               "%s\n",
               "\nH = %d인 'hello': %d번 훑은 뒤 정답에 가장 높은 점수를 준 것이 %d/%d, 손실 %s\n"),
           H, pass, right, T, NUM("%f", loss));
    if (!experiment_is_finite(&(outcome){.lost = isfinite(loss) ? 0 : pass}, &e))
        exit(say_error("bptt", &e));
    rnn_free(net);
    words_free(w);
    text_free(&t);
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    int hidden = 30, passes = 1001, seeds = 10;
    double learning_rate = 0.1;
    const char *log_path = NULL;
    error e;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the experiment", "실험의 시드"},
        {"hidden", ARGS_INT, &hidden, 1, 1000, "size of the hidden state", "은닉 상태의 크기"},
        {"passes", ARGS_INT, &passes, 1, 1000000, "passes over the words", "단어들을 훑는 횟수"},
        {"learning-rate", ARGS_REAL, &learning_rate, 0, 1000, "learning rate of gradient descent",
         "경사 하강법의 학습률"},
        {"seeds", ARGS_INT, &seeds, 0, 1000, "seeds to try in the table",
         "표에서 시험할 시드의 수"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the losses", "손실을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"bptt",
                    "",
                    0,
                    "Chapter 4: backpropagation through time.",
                    "4장: BPTT, 시간을 거슬러 가는 역전파.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    runlog log;
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);

    puts(say("Is it the gradient of the true loss? (analytic = yours)",
             "참된 손실의 기울기일까요? (analytic = 우리 코드)"));
    const bool good = check_all();
    puts(good ? say("every element is right", "모든 원소가 맞습니다")
              : say("not all is right", "맞지 않는 것이 있습니다"));
    if (!rnncheck_explain(stdout)) need(NULL);

    experiment x = {words_two,      hidden, passes,     seed, words_sgd,
                    &learning_rate, true,   log.stream, NULL};
    printf(say("\nB: one 'vector' and fourteen 'ectoaxg', H = %d\n",
               "\nB: 'vector' 하나와 'ectoaxg' 열넷, H = %d\n"),
           x.hidden);
    outcome o = {0};
    if (!experiment_run(&x, &o, &e)) return say_error(a.program, &e);
    printf(say("the best without memory is %s; this loss is %s times that\n",
               "기억 없이 이를 수 있는 가장 낮은 손실은 %s, 이 손실은 그 %s배입니다\n"),
           NUM("%f", experiment_floor()), NUM("%.4f", o.loss / experiment_floor()));
    if (seeds > 0) {
        puts(say("\nB with other seeds:", "\n시드를 바꾼 B:"));
        if (experiment_seeds(x, seeds, &e) < 0) return say_error(a.program, &e);
    }
    train_hello(seed, learning_rate);
    if (!runlog_close(&log, &e) || !experiment_is_finite(&o, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
