/* vanishing.c: how much of a loss's gradient is left k steps earlier? For `make vanishing`. */
#include "args.h"
#include "fn.h"
#include "rnn.h"
#include "runlog.h"

#include <math.h>
#include <stdlib.h>

enum { T = 41, GAINS = 5 };
static const int H = 50, V = 10, RUNS = 20;

/* Whh = gain / sqrt(H) randn. The first is the start of min-char-rnn, 0.01 randn. */
static const double gains[GAINS] = {0.01 * 7.0710678118654755, 0.5, 1, 2, 4};

static double norm(const mat *x)
{
    double sum = 0;
    for (int i = 0; i < x->rows; i++) sum += (double) x->v[i] * x->v[i];
    return sqrt(sum);
}

static void draw(mat *A, double scale, rng *draws)
{
    for (int i = 0; i < mat_size(A); i++) A->v[i] = (real) (scale * rng_randn(draws));
}

/* log_norm[k] += ln(|dL[T-1]/dh[T-1-k]| / |dL[T-1]/dh[T-1]|) for a random network and a random text. */
static void carry_back(double gain, rng *draws, double *log_norm)
{
    rnn *net = need(rnn_new(H, V));
    trace *tr = need(trace_new(H, V, T));
    mat *dh = need(mat_new(H, 1)), *dhraw = need(mat_new(H, 1));
    int text[T + 1];
    draw(net->Wxh, gains[0] == gain ? 0.01 : 0.5, draws);
    draw(net->Whh, gain / sqrt(H), draws);
    draw(net->Why, 0.01, draws);
    draw(tr->hs[-1], 0.1, draws);
    for (int t = 0; t <= T; t++) text[t] = (int) (V * rng_uniform(draws));
    tr->T = T;
    rnn_forward(net, text, text + 1, tr->hs[-1], tr);
    mat *dy = tr->ps[T - 1];
    dy->v[text[T]] -= 1;
    mat_set_atx(dh, net->Why, dy);
    const double first = norm(dh);
    for (int k = 1; k < T; k++) {
        mat_dtanh(dhraw, tr->hs[T - k], dh); /* dhraw   = (1 - h[t]∘h[t]) ∘ dh */
        mat_set_atx(dh, net->Whh, dhraw);    /* dh[t-1] = Whhᵀ dhraw           */
        log_norm[k] += fn_log(norm(dh) / first);
    }
    mat_free(dhraw);
    mat_free(dh);
    trace_free(tr);
    rnn_free(net);
}

int main(int argc, char **argv)
{
    static const int shown[] = {1, 2, 5, 10, 20, 40};
    static double log_norm[GAINS][T];
    uint32_t seed = 0;
    const char *log_path = NULL;
    error e;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the networks and texts", "신경망과 글의 시드"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the norms by distance",
         "거리마다의 노름을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"vanishing",
                    "",
                    0,
                    "How much of a loss's gradient arrives so many steps earlier?",
                    "손실의 기울기는 몇 시각 앞까지 얼마나 남아 도착할까요?",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    runlog log;
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);

    printf(say("|dL[t]/dh[t-k]| over |dL[t]/dh[t]|, the geometric mean of %d networks, H = %d, "
               "Whh = gain / sqrt(H) randn\n gain",
               "|dL[t]/dh[t]|에 견준 |dL[t]/dh[t-k]|, 신경망 %d개의 기하 평균, H = %d, "
               "Whh = 배율 / sqrt(H) randn\n 배율"),
           RUNS, H);
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) printf("    k = %-2d", shown[k]);
    puts(say("  a step", "  한 시각에"));
    for (int g = 0; g < GAINS; g++) {
        rng draws;
        rng_seed(&draws, seed);
        for (int run = 0; run < RUNS; run++) carry_back(gains[g], &draws, log_norm[g]);
        printf(" %4s", NUM("%.2f", gains[g]));
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
            printf("  %8s", NUM("%.1e", fn_exp(log_norm[g][shown[k]] / RUNS)));
        printf("  × %s\n", NUM("%.2f", fn_exp(log_norm[g][T - 1] / RUNS / (T - 1))));
    }
    if (log.stream) {
        fputs("distance", log.stream);
        for (int g = 0; g < GAINS; g++) fprintf(log.stream, "\tgain_%s", NUM("%.2f", gains[g]));
        for (int k = 0; k < T; k++) {
            fprintf(log.stream, "\n%d", k);
            for (int g = 0; g < GAINS; g++)
                fprintf(log.stream, "\t%s", NUM("%.17g", fn_exp(log_norm[g][k] / RUNS)));
        }
        fputc('\n', log.stream);
    }
    if (!runlog_close(&log, &e)) return say_error(a.program, &e);
    return say_done(a.program, EXIT_SUCCESS);
}
