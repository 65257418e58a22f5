/* main.c: chapter 11. One LSTM step, how far gradients reach in an RNN and in an LSTM, and the check of the LSTM. */
#include "args.h"
#include "fn.h"
#include "lstm.h"
#include "memory.h"
#include "runlog.h"
#include "show.h"

#include <math.h>
#include <stdlib.h>

/* A matrix of numbers from `from` to `to` in equal steps, row by row. */
static mat *linspace(int rows, int cols, double from, double to)
{
    mat *A = need(mat_new(rows, cols));
    const int n = mat_size(A);
    for (int i = 0; i < n; i++) A->v[i] = (real) (from + (to - from) * i / (n - 1));
    return A;
}

/* The same, drawn up in the order i f o g and turned into ours, f g i o. */
static mat *from_ifog(int rows, int H, double from, double to)
{
    static const int of_ours[LSTM_GATES] = {1, 3, 0, 2};
    mat *theirs = linspace(rows, LSTM_GATES * H, from, to),
        *A = need(mat_new(rows, LSTM_GATES * H));
    for (int i = 0; i < rows; i++)
        for (int k = 0; k < LSTM_GATES; k++)
            for (int j = 0; j < H; j++)
                A->v[i * A->cols + k * H + j] = theirs->v[i * A->cols + of_ours[k] * H + j];
    mat_free(theirs);
    return A;
}

/* A step whose expected numbers are published elsewhere. */
static void show_step(void)
{
    enum { N = 3, D = 4, H = 5 };
    const lstmcell cell = {
        {from_ifog(D, H, -2.1, 1.3), from_ifog(H, H, -0.7, 2.2), from_ifog(1, H, 0.3, 0.7)}};
    mat *x = linspace(N, D, -0.4, 1.2), *h = linspace(N, H, -0.3, 0.7),
        *c = linspace(N, H, -0.4, 0.9);
    timelstm *l = need(timelstm_new(N, 1, cell, cell, false));
    timelstm_set_state(l, h, c);
    timelstm_forward(l, 1, &x);
    printf(say("One step, N = %d, D = %d, H = %d: the cell c = f∘cprev + g∘i =\n",
               "한 시각, N = %d, D = %d, H = %d: 기억 셀 c = f∘cprev + g∘i =\n"),
           N, D, H);
    show_rows("  ", "%12.8f", l->c);
    puts(say("and the state h = o∘tanh c =", "상태 h = o∘tanh c ="));
    show_rows("  ", "%12.8f", l->h);
    for (int k = 0; k < 3; k++) mat_free(cell.all[k]);
    mat_free(x);
    mat_free(h);
    mat_free(c);
    timelstm_free(l);
}

enum { FAR = 40, CURVES = 5 };

/* The norms at the start, of a state of a layer. */
static void gradient_at_start(const celltype *type, double forget_bias, int state, uint32_t seed,
                              double *left)
{
    enum { H = 32, N = 20 };
    double all[(FAR + 1) * CELL_STATES];
    rng draws;
    rng_seed(&draws, seed);
    cellnet *net = need(cellnet_new(type, 1, 2, H, H));
    cellnet_start(net, forget_bias, &draws);
    if (!memory_gradient(type, net->layer[0], N, FAR, &draws, all)) need(NULL);
    for (int k = 0; k <= FAR; k++) left[k] = all[k * CELL_STATES + state];
    cellnet_free(net);
}

static void show_gradients(uint32_t seed, FILE *log)
{
    static const int shown[] = {1, 2, 5, 10, 20, 40};
    static const struct {
        const celltype *type;
        double forget_bias;
        int state;
        const char *name;
    } curve[CURVES] = {{&rnn_type, 0, 0, "RNN, h"},
                       {&lstm_type, 0, 1, "LSTM, forget bias 0, c"},
                       {&lstm_type, 1, 1, "LSTM, forget bias 1, c"},
                       {&lstm_type, 3, 1, "LSTM, forget bias 3, c"},
                       {&lstm_type, 1, 0, "LSTM, forget bias 1, h"}};
    double left[CURVES][FAR + 1];
    puts(
        say("\nWhat is left of |dL/dh[t]| in the gradient of a state k steps before, at the start:",
            "\n출발점에서, k시각 앞 상태의 기울기에 남은 |dL/dh[t]|:"));
    printf("%-24s", "");
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) printf("    k = %-2d", shown[k]);
    puts(say("  a step", "  한 시각에"));
    for (int i = 0; i < CURVES; i++) {
        gradient_at_start(curve[i].type, curve[i].forget_bias, curve[i].state, seed, left[i]);
        printf("%-24s", curve[i].name);
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
            printf("  %8s", NUM("%.1e", left[i][shown[k]]));
        printf("  × %s\n", NUM("%.2f", fn_exp(fn_log(left[i][FAR] / left[i][1]) / (FAR - 1))));
    }
    if (!log) return;
    fputs("distance\trnn_h\tlstm_0_c\tlstm_1_c\tlstm_3_c\tlstm_1_h", log);
    for (int k = 0; k <= FAR; k++) {
        fprintf(log, "\n%d", k);
        for (int i = 0; i < CURVES; i++) fprintf(log, "\t%s", NUM("%.17g", left[i][k]));
    }
    fputc('\n', log);
}

/* Check every element of every matrix, and of the state and the cell before the block. */
static bool show_check(uint32_t seed)
{
    enum { N = 3, V = 7, D = 4, H = 6, T = 5 };
    static const int lengths[] = {1, T};
    int ids[T * N], targets[T * N];
    bool good = true;
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        gc_tensor tensor[GC_TENSORS];
        gc_report report;
        rng draws;
        rng_seed(&draws, seed);
        cellnet *net = need(cellnet_new(&lstm_type, 1, V, D, H));
        cellstack *s = need(cellstack_new(N, T, net, true));
        cellstate before = {{need(mat_new(N, H)), need(mat_new(N, H))}};
        for (int i = 0; i < net->tensors; i++)
            for (int j = 0; j < mat_size(net->all[i]); j++)
                net->all[i]->v[j] = (real) (0.5 * rng_randn(&draws));
        for (int i = 0; i < T * N; i++) {
            ids[i] = (int) (rng_uniform(&draws) * (double) V);
            targets[i] = (int) (rng_uniform(&draws) * (double) V);
        }
        cellstack_forward(s, T, ids, targets);
        for (int i = 0; i < CELL_STATES; i++)
            mat_copy(before.of[i], lstm_type.state(s->layer[0]).of[i]);
        cellcheck c = {s, net, lengths[k], ids, targets, &before};
        const gc_problem problem = cellcheck_problem(&c, tensor);
        good = gc_check(&problem, NULL, &report) == GC_OK && good;
        printf(say("\nN = %d, T = %d, D = %d, H = %d, V = %d, in the state that a block before "
                   "left (analytic = yours):\n",
                   "\nN = %d, T = %d, D = %d, H = %d, V = %d, 앞 블록이 남긴 상태에서(analytic = "
                   "우리 코드):\n"),
               N, lengths[k], D, H, V);
        gc_print(stdout, &problem, &report);
        for (int i = 0; i < CELL_STATES; i++) mat_free(before.of[i]);
        cellstack_free(s);
        cellnet_free(net);
    }
    return good;
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    const char *log_path = NULL;
    runlog log;
    error e;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the weights", "가중치의 시드"},
        {"log", ARGS_FILE, &log_path, 0, 0, "table of the norms by distance",
         "거리마다의 노름을 적을 표"},
        {.kind = ARGS_END},
    };
    const args a = {"lstm", "", 0, "Chapter 11: the LSTM layer.", "11장: LSTM 계층.", options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!runlog_table(&log, log_path, &e)) return say_error(a.program, &e);
    show_step();
    show_gradients(seed, log.stream);
    if (!runlog_close(&log, &e)) return say_error(a.program, &e);
    const bool good = show_check(seed);
    puts(good ? say("every element is right", "모든 원소가 맞습니다")
              : say("not all is right", "맞지 않는 것이 있습니다"));
    return say_done(a.program, EXIT_SUCCESS);
}
