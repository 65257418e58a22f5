/* main.c: chapter 5. An exploding gradient and two ways to clip it. */
#include "args.h"
#include "clip.h"
#include "experiment.h"
#include "rnncheck.h"
#include "runlog.h"
#include "show.h"

#include <math.h>
#include <stdlib.h>

/* The post's example: 100 randn(5, 4), clipped to [-2, 7]. */
static void show_clip(uint32_t seed)
{
    rng draws;
    mat *x = need(mat_new(5, 4));
    rng_seed(&draws, seed);
    for (int i = 0; i < mat_size(x); i++) x->v[i] = (real) (rng_randn(&draws) * 100);
    show_matrix("  ", "%13.8f", x);
    puts(say("clipped to [-2, 7]:", "[-2, 7]로 자르면:"));
    show_matrix("  ", "%13.8f", clip_mat(x, -2, 7));
    mat_free(x);
}

static void clip_to_one(rnn *d) { clip_value(d->all, 5, 1); }

/* The gradient check sees that a clipped gradient is not the gradient of the loss. */
static void show_check(void)
{
    rnnprobe *p = need(rnnprobe_new(5, 7, 6, 0.5, 0));
    puts(say("\nThe gradient, before clipping (analytic = yours):",
             "\n자르기 전의 기울기(analytic = 우리 코드):"));
    rnncheck_print(&p->check, NULL, stdout);
    puts(say("The same, clipped to +-1: no longer the gradient of the loss.",
             "±1로 자른 기울기: 더는 손실의 기울기가 아닙니다."));
    p->check.after = clip_to_one;
    rnncheck_print(&p->check, NULL, stdout);
    rnnprobe_free(p);
}

/* Bin k: the largest |element| is from 2^(k + LOWEST) up to twice that; smaller and larger ones are in the first and last bin. */
enum { BINS = 22, LOWEST = -15 };

/* How a run clips its gradients, and how large they were before. */
typedef struct holding {
    double learning_rate, value, norm; /* value, norm: limits; 0: no clipping */
    double longest;                    /* largest norm */
    int updates, clipped;              /* all gradients; those with an element beyond +-value */
    int bin[BINS];                     /* by their largest |element| */
} holding;

static void count(holding *h, const rnn *d)
{
    double largest = 0;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            largest = fmax(largest, fabs(d->all[k]->v[i]));
    int bin = 0;
    while (bin < BINS - 1 && largest >= ldexp(1, bin + 1 + LOWEST)) bin++;
    h->bin[bin]++;
    h->updates++;
    h->clipped += largest > h->value;
}

static void show_histogram(const holding *h, FILE *log)
{
    printf(say("\nThe largest |element| of each of the %d gradients that were clipped by value; %d "
               "of them had one beyond %s:\n",
               "\n값 기준으로 자른 실험의 기울기 %d개, 저마다의 가장 큰 |원소|. %d개에 %s보다 큰 "
               "원소가 있었습니다.\n"),
           h->updates, h->clipped, NUM("%g", h->value));
    if (log) fputs("from\tto\tgradients\n", log);
    for (int k = 0; k < BINS; k++) {
        const double from = k ? ldexp(1, k + LOWEST) : 0, to = ldexp(1, k + 1 + LOWEST);
        if (h->bin[k]) printf("  %9s .. %-9s %5d\n", NUM("%.6f", from), NUM("%.6f", to), h->bin[k]);
        if (log) fprintf(log, "%s\t%s\t%d\n", NUM("%.17g", from), NUM("%.17g", to), h->bin[k]);
    }
}

static void held_sgd(rnn *net, rnn *d, void *with)
{
    holding *h = with;
    if (h->value > 0) count(h, d);
    const double length = clip_norm(d->all, 5, h->norm > 0 ? h->norm : INFINITY);
    if (!(length <= h->longest)) h->longest = length;
    if (h->value > 0) clip_value(d->all, 5, h->value);
    words_sgd(net, d, &h->learning_rate);
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    int hidden = 50, passes = 300;
    double learning_rate = 0.25, clip = 1;
    const char *log_path = NULL, *histogram_path = NULL;
    error e;
    runlog log, histogram;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the weights", "가중치의 시드"},
        {"hidden", ARGS_INT, &hidden, 1, 1000, "size of the hidden state", "은닉 상태의 크기"},
        {"passes", ARGS_INT, &passes, 1, 1000000, "passes over the words", "단어들을 훑는 횟수"},
        {"learning-rate", ARGS_REAL, &learning_rate, 0, 1000, "learning rate of gradient descent",
         "경사 하강법의 학습률"},
        {"clip", ARGS_REAL, &clip, 1e-300, 1e300, "where both ways clip", "두 방법이 자르는 값"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the losses of the three runs",
         "세 실험의 손실을 적을 표"},
        {"histogram", ARGS_FILE, &histogram_path, 0, 0, "table of how large the gradients were",
         "기울기의 크기를 센 표"},
        {.kind = ARGS_END},
    };
    const args a = {"clip", "", 0, "Chapter 5: clipping the gradient.", "5장: 기울기 클리핑.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!runlog_apart(log_path, histogram_path, &e) ||
        !runlog_tables((runlog *[]){&log, &histogram}, (const char *[]){log_path, histogram_path},
                       2, &e))
        return say_error(a.program, &e);

    show_clip(0);
    show_check();

    printf(say("\nThe run 'quarter': B at learning rate %s, H = %d, seed %lu, %d passes\n",
               "\n'quarter' 실험: 학습률 %s인 B, H = %d, 시드 %lu, %d번 훑기\n"),
           NUM("%g", learning_rate), hidden, (unsigned long) seed, passes);
    const char *names[] = {say("not clipped", "자르지 않음"),
                           say("clipped by value", "값 기준으로 자름"),
                           say("clipped by norm", "노름 기준으로 자름")};
    holding how[] = {{.learning_rate = learning_rate},
                     {.learning_rate = learning_rate, .value = clip},
                     {.learning_rate = learning_rate, .norm = clip}};
    double *losses[3];
    outcome o = {0};
    for (int k = 0; k < 3; k++) {
        losses[k] = need(malloc((size_t) passes * sizeof **losses));
        experiment x = {words_two, hidden, passes, seed, held_sgd, &how[k], false, NULL, losses[k]};
        if (!experiment_run(&x, &o, &e)) return say_error(a.program, &e);
        printf(say("%s: last loss %s, worst %s, longest gradient %s, 'vector' %d of %d\n",
                   "%s: 마지막 손실 %s, 최악 %s, 가장 긴 기울기 %s, 'vector' %d/%d\n"),
               names[k], NUM("%f", o.loss), NUM("%f", o.worst), NUM("%.3f", how[k].longest),
               o.right, EXPERIMENT_GUESSES);
    }
    experiment_table(log.stream, "none\tvalue\tnorm", losses, 3, passes);
    for (int k = 0; k < 3; k++) free(losses[k]);
    show_histogram(&how[1], histogram.stream);
    if (!runlog_close(&log, &e) || !runlog_close(&histogram, &e) || !experiment_is_finite(&o, &e))
        return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
