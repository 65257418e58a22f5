/* main.c: chapter 2. The forward pass, step by step, and its loss. */
#include "args.h"
#include "fn.h"
#include "post.h"
#include "show.h"

#include <stdio.h>
#include <stdlib.h>

static const char DASHES[] = "-----------------------------";

static void show_parameters(int H, int V, uint32_t seed)
{
    rng draws;
    rnn *net = need(rnn_new(H, V));
    rng_seed(&draws, seed);
    make_parameters(net, &draws);
    for (int k = 0; k < 5; k++)
        printf(say("%s's shape: (%d, %d)\n", "%s의 형상: (%d, %d)\n"), rnn_name[k],
               net->all[k]->rows, net->all[k]->cols);
    for (int k = 0; k < 5; k++) { /* printAll() of seed 001 */
        printf("%s:\n", rnn_name[k]);
        show_matrix("", "% .8f", net->all[k]);
    }
    rnn_free(net);
}

/* x, h, y and p of every step. */
static void print_trace(const vocab *v, const trace *tr)
{
    mat *x = need(mat_new(v->size, 1));
    char label[200];
    puts(DASHES);
    for (int t = 0; t < tr->T; t++) {
        const char *c = text_show((char[TEXT_ROOM]){0}, v->ix_to_char[tr->xs[t]]);
        printf(say("character %d is %s\n%s\n", "%d번째 문자는 %s\n%s\n"), t, c, DASHES);
        snprintf(label, sizeof label,
                 say("  xs[%d], one-hot of %s =\n   ", "  xs[%d], %s의 원-핫 벡터 =\n   "), t, c);
        show_vector(label, "%.0f.", one_hot(x, tr->xs[t]));
        snprintf(label, sizeof label, "  hs[%d] = tanh(Wxh xs[%d] + Whh hs[%d] + bh) =\n   ", t, t,
                 t - 1);
        show_vector(label, "% .8f", tr->hs[t]);
        snprintf(label, sizeof label, "  ys[%d] = Why hs[%d] + by =\n   ", t, t);
        show_vector(label, "% .8e", tr->ys[t]);
        snprintf(label, sizeof label, "  ps[%d] = softmax(ys[%d]) =\n   ", t, t);
        show_vector(label, "%.8f", tr->ps[t]);
        puts(DASHES);
    }
    mat_free(x);
}

static void print_sequence(const char *label, const vocab *v, const int *ix, int T)
{
    printf("%s [", label);
    for (int t = 0; t < T; t++) printf(t > 0 ? ", %d" : "%d", ix[t]);
    fputs("]  [", stdout);
    for (int t = 0; t < T; t++)
        printf(t > 0 ? ", '%s'" : "'%s'", text_show((char[TEXT_ROOM]){0}, v->ix_to_char[ix[t]]));
    puts("]");
}

static void print_loss(double loss, int T, int V)
{
    printf(say("loss: %s   (T ln V = %d ln %d = %s: what a network that knows nothing pays)\n",
               "손실: %s   (T ln V = %d ln %d = %s: 아무것도 모르는 신경망의 손실)\n"),
           NUM("%.15g", loss), T, V, NUM("%.15g", T * fn_log(V)));
}

static bool show_post(const char *path, error *e)
{
    post *p = post_read(path, e);
    if (!p) return false;
    trace *tr = need(trace_new(POST_H_SIZE, POST_V_SIZE, POST_T_SIZE));
    const double loss = rnn_forward(p->net, p->inputs, p->targets, p->hprev, tr);
    puts(say("\n'vector' through the weights of the post, step by step:",
             "\n글에 실린 가중치로 'vector'를 한 단계씩 넣어 봅니다."));
    print_trace(p->vocab, tr);
    print_sequence(say("inputs: ", "입력:"), p->vocab, p->inputs, POST_T_SIZE);
    print_sequence(say("targets:", "정답:"), p->vocab, p->targets, POST_T_SIZE);
    print_loss(loss, POST_T_SIZE, POST_V_SIZE);
    trace_free(tr);
    post_free(p);
    return true;
}

/* 'hello' with H = 3: which character has the best score at each step? */
static void show_hello(uint32_t seed)
{
    enum { H = 3, T = 4 };
    text t;
    error e;
    rng draws;
    int ix[T + 1];
    if (!text_from(&t, "hello", "hello", &e)) exit(say_error("forward", &e));
    vocab *v = need(vocab_of(&t));
    rnn *net = need(rnn_new(H, v->size));
    trace *tr = need(trace_new(H, v->size, T));
    mat *h0 = need(mat_new(H, 1));
    char label[100];
    vocab_encode(v, &t, ix);
    rng_seed(&draws, seed);
    make_parameters(net, &draws);
    const double loss = rnn_forward(net, ix, ix + 1, h0, tr);
    printf(say("\n'hello' with H = %d before any training, V = %d:\n",
               "\n학습하기 전의 'hello', H = %d, V = %d:\n"),
           H, v->size);
    for (int i = 0; i < T; i++) {
        const uint32_t *c = v->ix_to_char;
        snprintf(label, sizeof label, "  %c: y =", (char) c[ix[i]]);
        show_vector(label, "% .6f", tr->ys[i]);
        printf(say("     best score: %c, target: %c\n", "     가장 높은 점수: %c, 정답: %c\n"),
               (char) c[mat_argmax(tr->ys[i])], (char) c[ix[i + 1]]);
    }
    print_loss(loss, T, v->size);
    mat_free(h0);
    trace_free(tr);
    rnn_free(net);
    vocab_free(v);
    text_free(&t);
}

/* Scores near 1000: exp(1000) is infinite, softmax need not be. */
static void show_softmax(void)
{
    mat *y = need(mat_new(3, 1)), *p = need(mat_new(3, 1));
    for (int i = 0; i < 3; i++) y->v[i] = (real) (i + 1);
    puts(say("\nsoftmax takes the largest score away first, so its size does not matter:",
             "\n소프트맥스는 가장 큰 점수를 먼저 빼므로 점수가 커도 괜찮습니다."));
    show_vector("  softmax(1, 2, 3)          =", "%.8f", mat_softmax(p, y));
    for (int i = 0; i < 3; i++) y->v[i] += 1000;
    show_vector("  softmax(1001, 1002, 1003) =", "%.8f", mat_softmax(p, y));
    printf("  exp(1001) / (exp(1001) + exp(1002) + exp(1003)) = %s\n",
           NUM("%g", fn_exp(1001) / (fn_exp(1001) + fn_exp(1002) + fn_exp(1003))));
    mat_free(y);
    mat_free(p);
}

int main(int argc, char **argv)
{
    uint32_t seed = 0;
    int hidden = 4;
    const char *path = post_path;
    error e;
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the weights", "가중치의 시드"},
        {"hidden", ARGS_INT, &hidden, 1, 50, "size of the hidden state", "은닉 상태의 크기"},
        {"post", ARGS_FILE, &path, 0, 0, "the weights of the post", "글의 가중치"},
        {.kind = ARGS_END},
    };
    const args a = {
        "forward", "", 0, "Chapter 2: the forward pass and the loss.", "2장: 순전파와 손실.",
        options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);

    show_parameters(hidden, POST_V_SIZE, seed);
    if (!show_post(path, &e)) return say_error(a.program, &e);
    show_hello(seed);
    show_softmax();
    return say_done(a.program, EXIT_SUCCESS);
}
