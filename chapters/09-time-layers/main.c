/* main.c: chapter 9. One RNN step as a layer, layers over time, and how the blocks of a long text are connected. */
#include "args.h"
#include "rnncheck.h"
#include "show.h"
#include "timestack.h"
#include "vectors.h"

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

/* A step whose expected numbers are published elsewhere. */
static void show_step(void)
{
    enum { N = 3, D = 10, H = 4 };
    const rnncell cell = {
        {linspace(D, H, -0.1, 0.9), linspace(H, H, -0.3, 0.7), linspace(1, H, -0.2, 0.4)}};
    mat *x = linspace(N, D, -0.4, 0.7), *hprev = linspace(N, H, -0.2, 0.5);
    timernn *l = need(timernn_new(N, 1, cell, cell, false));
    printf(say("One step, N = %d sequences side by side, D = %d, H = %d: tanh(x Wx + hprev Wh + b) "
               "=\n",
               "한 시각, 시퀀스 N = %d개, D = %d, H = %d: tanh(x Wx + hprev Wh + b) =\n"),
           N, D, H);
    timernn_set_state(l, hprev);
    timernn_forward(l, 1, &x);
    show_rows("  ", "%12.8f", l->h);
    for (int k = 0; k < 3; k++) mat_free(cell.all[k]);
    mat_free(x);
    mat_free(hprev);
    timernn_free(l);
}

/* B = Aᵀ */
static void transpose(mat *B, const mat *A)
{
    for (int i = 0; i < A->rows; i++)
        for (int j = 0; j < A->cols; j++) B->v[j * A->rows + i] = A->v[i * A->cols + j];
}

/* Print the largest |T dA - dBᵀ|, where dA is a gradient of the mean and dB of the sum. */
static void print_largest_difference(const char *name, const mat *dA, const mat *dB, int T)
{
    double most = 0;
    for (int i = 0; i < dB->rows; i++)
        for (int j = 0; j < dB->cols; j++)
            most = fmax(most, fabs(dA->v[j * dB->rows + i] - 1.0 / T * dB->v[i * dB->cols + j]));
    printf("   %s %s\n", name, NUM("%.0e", T * most));
}

/* The network of the previous chapters, and the same as layers, with an embedding that leaves characters one-hot. */
static void show_same(uint32_t seed)
{
    const int H = 5, V = 7, T = 6;
    rnnprobe *p = need(rnnprobe_new(H, V, T, 0.5, seed));
    timestack *s = need(timestack_new(1, T, V, V, H, true));
    mat *row = need(mat_new(1, H));
    rnncheck *c = &p->check;
    const rnn *net = c->net;
    for (int k = 0; k < V; k++) s->net->E->v[k * V + k] = 1;
    transpose(s->net->Wx, net->Wxh);
    transpose(s->net->Wh, net->Whh);
    transpose(s->net->b, net->bh);
    transpose(s->net->W, net->Why);
    transpose(s->net->c, net->by);
    transpose(row, p->hprev);
    timernn_set_state(s->rnn, row);
    const double mean = timestack_forward(s, T, p->inputs, p->targets);
    timestack_backward(s, T, p->inputs, p->targets);
    const double sum = rnn_forward(net, p->inputs, p->targets, p->hprev, c->tr);
    rnn_zero(c->d);
    rnn_backward(net, c->tr, p->targets, c->d, c->w);
    printf(say("\nThe same network with columns and with rows (H = %d, V = %d, T = %d, N = 1): the "
               "sum of the losses\n"
               "%s, the mean %s times T. Largest difference of the gradients, T times the mean's "
               "less the sum's:\n",
               "\n같은 신경망을 열벡터와 행벡터로(H = %d, V = %d, T = %d, N = 1): 손실의 합 %s, "
               "평균 %s 곱하기 T.\n"
               "평균의 기울기에 T를 곱한 것과 합의 기울기의 가장 큰 차이:\n"),
           H, V, T, NUM("%.12f", sum), NUM("%.12f", mean));
    print_largest_difference("Wx", s->d->Wx, c->d->Wxh, T);
    print_largest_difference("Wh", s->d->Wh, c->d->Whh, T);
    print_largest_difference("b", s->d->b, c->d->bh, T);
    print_largest_difference("W", s->d->W, c->d->Why, T);
    print_largest_difference("c", s->d->c, c->d->by, T);
    mat_free(row);
    timestack_free(s);
    rnnprobe_free(p);
}

/* A network with weights 0.5 randn, and a random block to read. */
static timestack *generic(int N, int room, int V, int D, int H, uint32_t seed, int *ids,
                          int *targets, int T)
{
    rng draws;
    timestack *s = need(timestack_new(N, room, V, D, H, true));
    rng_seed(&draws, seed);
    for (int k = 0; k < TIMENET_TENSORS; k++)
        for (int i = 0; i < mat_size(s->net->all[k]); i++)
            s->net->all[k]->v[i] = (real) (0.5 * rng_randn(&draws));
    for (int i = 0; i < T * N; i++) {
        ids[i] = (int) (rng_uniform(&draws) * V);
        targets[i] = (int) (rng_uniform(&draws) * V);
    }
    return s;
}

/* A text in one block and in two: forward the same, backward not. */
static void show_blocks(uint32_t seed)
{
    enum { N = 2, V = 7, D = 4, H = 5, T = 6 };
    int ids[T * N], targets[T * N];
    timestack *s = generic(N, T, V, D, H, seed, ids, targets, T);
    mat *end = need(mat_new(N, H)), *whole = need(mat_new(H, H));
    const double one = timestack_forward(s, T, ids, targets);
    timenet_zero(s->d);
    timestack_backward(s, T, ids, targets);
    mat_copy(end, s->rnn->h);
    mat_copy(whole, s->d->Wh);
    timernn_reset_state(s->rnn);
    timenet_zero(s->d);
    double two = 0, handed = 0, left_out = 0, states = 0;
    for (int block = 0; block < 2; block++) {
        const int *i = ids + block * (T / 2) * N, *o = targets + block * (T / 2) * N;
        two += timestack_forward(s, T / 2, i, o) / 2;
        timestack_backward(s, T / 2, i, o);
        for (int k = 0; block == 1 && k < N * H; k++) handed = fmax(handed, fabs(s->rnn->dh->v[k]));
    }
    for (int k = 0; k < N * H; k++)
        states = fmax(states, fabs((double) end->v[k] - s->rnn->h->v[k]));
    for (int k = 0; k < H * H; k++)
        left_out = fmax(left_out, fabs(whole->v[k] - s->d->Wh->v[k] / 2.0));
    printf(say("\nA text of %d steps in one block, and in two (the state goes on, the gradient "
               "does not):\n"
               "   loss %s and %s; largest difference of the last state %s\n"
               "   the second block would hand back up to %s; without it dWh is off by up to %s\n",
               "\n%d개 단계의 글을 한 블록으로, 두 블록으로(상태는 이어지고 기울기는 끊깁니다):\n"
               "   손실 %s, %s. 마지막 상태의 가장 큰 차이 %s\n"
               "   둘째 블록이 넘겨주었을 값 %s까지, 이것이 빠져 dWh가 어긋나는 폭 %s까지\n"),
           T, NUM("%.12f", one), NUM("%.12f", two), NUM("%.0e", states), NUM("%.3f", handed),
           NUM("%.3f", left_out));
    mat_free(end);
    mat_free(whole);
    timestack_free(s);
}

/* Check every element of every matrix, with a state from a previous block and one ignored target. */
static bool show_check(uint32_t seed)
{
    enum { N = 3, V = 7, D = 4, H = 6, T = 5 };
    static const int lengths[] = {1, T};
    int ids[T * N], targets[T * N];
    bool good = true;
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        gc_tensor tensor[TIMENET_TENSORS];
        gc_report report;
        timestack *s = generic(N, T, V, D, H, seed, ids, targets, T);
        mat *before = need(mat_new(N, H));
        timestack_forward(s, T, ids, targets);
        mat_copy(before, s->rnn->h);
        targets[1] = TIMELOSS_IGNORED;
        timecheck c = {s, lengths[k], ids, targets, before};
        const gc_problem problem = timecheck_problem(&c, tensor);
        good = gc_check(&problem, NULL, &report) == GC_OK && good;
        printf(say("\nN = %d, T = %d, D = %d, H = %d, V = %d, in the state that a block before "
                   "left (analytic = yours):\n",
                   "\nN = %d, T = %d, D = %d, H = %d, V = %d, 앞 블록이 남긴 상태에서(analytic = "
                   "우리 코드):\n"),
               N, lengths[k], D, H, V);
        gc_print(stdout, &problem, &report);
        mat_free(before);
        timestack_free(s);
    }
    return good;
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the weights", "가중치의 시드"},
        {.kind = ARGS_END},
    };
    const args a = {"time-layers",
                    "",
                    0,
                    "Chapter 9: layers over time and over a mini-batch.",
                    "9장: 시간과 미니배치에 걸친 계층.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    show_step();
    show_same(seed);
    show_blocks(seed);
    const bool good = show_check(seed);
    puts(good ? say("every element is right", "모든 원소가 맞습니다")
              : say("not all is right", "맞지 않는 것이 있습니다"));
    return say_done(a.program, EXIT_SUCCESS);
}
