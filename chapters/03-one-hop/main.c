/* main.c: chapter 3. The naive backward pass: what it computes, where it is wrong, what it can learn. */
#include "args.h"
#include "experiment.h"
#include "post.h"
#include "rnncheck.h"
#include "runlog.h"
#include "show.h"

#include <stdlib.h>

/* Print dy, dh, dhraw of every step, as the post does, and dby and dbh of the word. */
static bool trace_post(const char *path, error *e)
{
    post *p = post_read(path, e);
    if (!p) return false;
    char label[40];
    const int T = POST_T_SIZE;
    rnn *d = need(rnn_new(POST_H_SIZE, POST_V_SIZE));
    trace *tr = need(trace_new(POST_H_SIZE, POST_V_SIZE, T));
    work *w = need(work_new(POST_H_SIZE, POST_V_SIZE));
    rnn_forward(p->net, p->inputs, p->targets, p->hprev, tr);
    puts(say("'vector' through the weights of the post: forward",
             "글에 실린 가중치로 'vector': 순전파"));
    for (int t = 0; t < T; t++) {
        printf("  xs[%d]: e_%d\n", t, tr->xs[t]);
        snprintf(label, sizeof label, "  ps[%d]:", t);
        show_vector(label, "%.8f", tr->ps[t]);
    }
    puts(say("\nand backward, last step first:", "\n마지막 시각부터 거슬러 역전파:"));
    for (int t = T - 1; t >= 0; t--) {
        /* Step by step, because the scratch holds the vectors of one step only. */
        const trace one = trace_step(tr, t);
        rnn_backward(p->net, &one, p->targets + t, d, w);
        printf("  targets[%d]: %d\n", t, p->targets[t]);
        show_vector("    dy    =", "% .8f", w->dy);
        show_vector("    dh    =", "% .8f", w->dh);
        show_vector("    dhraw =", "% .8f", w->dhraw);
    }
    puts(say("\nadded up over the word (nothing is divided by its length):",
             "\n단어 전체에 걸쳐 더한 기울기(길이로 나누지 않음):"));
    rnn_zero(d);
    rnn_backward(p->net, tr, p->targets, d, w);
    show_vector("  dby =", "% .8f", d->by);
    show_vector("  dbh =", "% .8f", d->bh);
    work_free(w);
    trace_free(tr);
    rnn_free(d);
    post_free(p);
    return true;
}

/* Print the check for T steps, against the true loss or the detached one. */
static void check(int T, bool detached)
{
    enum { H = 5, V = 7 };
    rnnprobe *p = need(rnnprobe_new(H, V, T, 0.5, 0));
    trace *frozen = detached ? need(trace_new(H, V, T)) : NULL;
    p->check.frozen = frozen;
    printf(say("\nT = %d, %s:\n", "\nT = %d, %s:\n"), T,
           detached
               ? say("against the loss with every h[t-1] frozen", "h[t-1]을 모두 얼린 손실과 견줌")
               : say("against the true loss", "참된 손실과 견줌"));
    rnncheck_print(&p->check, NULL, stdout);
    trace_free(frozen);
    rnnprobe_free(p);
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    int hidden = 0, passes = 1001, seeds = 10;
    double learning_rate = 0.1;
    const char *path = post_path, *log_path = NULL;
    error e;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the two experiments", "두 실험의 시드"},
        {"hidden", ARGS_INT, &hidden, 0, 1000, "size of the hidden state; 0: 50 in A, 30 in B",
         "은닉 상태의 크기, 0이면 A는 50, B는 30"},
        {"passes", ARGS_INT, &passes, 1, 1000000, "passes over the words", "단어들을 훑는 횟수"},
        {"learning-rate", ARGS_REAL, &learning_rate, 0, 1000, "learning rate of gradient descent",
         "경사 하강법의 학습률"},
        {"seeds", ARGS_INT, &seeds, 0, 1000, "seeds to try in the table",
         "표에서 시험할 시드의 수"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the losses of B", "B의 손실을 적을 표"},
        {"post", ARGS_FILE, &path, 0, 0, "the weights of the post", "글의 가중치"},
        {.kind = ARGS_END},
    };
    const args a = {"one-hop",
                    "",
                    0,
                    "Chapter 3: the naive backward pass, one hop deep.",
                    "3장: 한 시각만 거슬러 가는 단순 역전파.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    runlog log;
    if (!runlog_apart(path, log_path, &e) || !trace_post(path, &e) ||
        !runlog_table(&log, log_path, &e))
        return say_error(a.program, &e);

    puts(say("\nIs it the gradient? A network with H = 5, V = 7 and weights about 0.5 (analytic = "
             "yours):",
             "\n이것이 기울기일까요? H = 5, V = 7, 가중치 0.5쯤인 신경망에서 검사합니다(analytic = "
             "우리 코드)."));
    check(1, false);
    check(6, false);
    check(6, true);
    printf(say("\nWhat is it, then? The same gradients, held against those of %d known mistakes:\n",
               "\n그렇다면 무엇일까요? 같은 기울기를 아는 실수 %d가지의 기울기와 견줍니다.\n"),
           BUGS);
    if (!rnncheck_explain(stdout)) need(NULL);

    experiment x = {
        words_one, hidden ? hidden : 50, passes, seed, words_sgd, &learning_rate, true, NULL, NULL};
    outcome o = {0};
    printf(say("\nA: one word, 'vector', H = %d\n", "\nA: 단어 하나 'vector', H = %d\n"), x.hidden);
    if (!experiment_run(&x, &o, &e)) return say_error(a.program, &e);
    x.text = words_two;
    x.hidden = hidden ? hidden : 30;
    x.log = log.stream;
    printf(say("\nB: one 'vector' and fourteen 'ectoaxg', H = %d\n",
               "\nB: 'vector' 하나와 'ectoaxg' 열넷, H = %d\n"),
           x.hidden);
    if (!experiment_run(&x, &o, &e)) return say_error(a.program, &e);
    printf(say("without memory nothing below %s can be reached\n",
               "기억이 없으면 %s보다 낮아질 수 없습니다\n"),
           NUM("%f", experiment_floor()));
    if (seeds > 0) {
        puts(say("\nB with other seeds:", "\n시드를 바꾼 B:"));
        const int below = experiment_seeds(x, seeds, &e);
        if (below < 0) return say_error(a.program, &e);
        printf(say("below that limit: %d of %d. The forward pass does carry h, and chance can put "
                   "memory into it.\n",
                   "이 한계 아래로 내려간 시드: %d개(%d개 가운데). 순전파는 h를 나르므로 우연히 "
                   "기억이 생길 수 있습니다.\n"),
               below, seeds);
    }
    if (!runlog_close(&log, &e) || !experiment_is_finite(&o, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
