/* trace.c: a word through the network, forward and backward, as JSON for the page. Each step's numbers are those that
 * rnn_backward() of chapter 4 leaves when it has come to that step; called for one step alone, it is chapter 3's. */
#include "args.h"
#include "json.h"
#include "post.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>

static const char NAME[] = "trace";

/* Print a backward pass, from step 0 on. */
static void print_pass(const rnn *net, const trace *tr, const int *targets, bool naive)
{
    const int H = net->bh->rows, V = net->by->rows;
    rnn *d = need(rnn_new(H, V));
    work *w = need(work_new(H, V)), *later = need(work_new(H, V));
    mat *own = need(mat_new(H, 1));
    printf("[");
    for (int t = 0; t < tr->T; t++) {
        trace from = trace_step(tr, t), after = trace_step(tr, naive ? t : t + 1);
        from.T = naive ? 1 : tr->T - t;
        after.T = naive ? 0 : tr->T - t - 1;
        rnn_backward(net, &from, targets + t, d, w);
        rnn_backward(net, &after, targets + t + 1, d, later); /* only for its dhnext */
        mat_set_atx(own, net->Why, w->dy);
        printf("%s{\"x\":%d,\"target\":%d", t ? ",\n" : "", tr->xs[t], targets[t]);
        json_mat("h", tr->hs[t]);
        json_mat("y", tr->ys[t]);
        json_mat("p", tr->ps[t]);
        json_mat("dy", w->dy);
        json_mat("own", own);
        json_mat("dhnext", later->dhnext);
        json_mat("dh", w->dh);
        json_mat("dhraw", w->dhraw);
        printf("}");
    }
    printf("]");
    mat_free(own);
    work_free(later);
    work_free(w);
    rnn_free(d);
}

static void print_all(const rnn *net, const vocab *v, const int *inputs, const int *targets, int T)
{
    const int H = net->bh->rows;
    trace *tr = need(trace_new(H, v->size, T + 1)); /* a step more: the view after the last one */
    mat *h0 = need(mat_new(H, 1));
    tr->T = T;
    const double loss = rnn_forward(net, inputs, targets, h0, tr);
    printf("{\"T\":%d,\"loss\":%s,", T, NUM("%.9g", loss));
    json_chars(v);
    printf(",\n\"naive\":");
    print_pass(net, tr, targets, true);
    printf(",\n\"bptt\":");
    print_pass(net, tr, targets, false);
    puts("}");
    mat_free(h0);
    trace_free(tr);
}

static bool trace_post(error *e)
{
    post *p = post_read(post_path, e);
    if (!p) return false;
    print_all(p->net, p->vocab, p->inputs, p->targets, POST_T_SIZE);
    post_free(p);
    return true;
}

static bool trace_word(const char *word, int passes, error *e)
{
    enum { HIDDEN = 4 };
    text t;
    rng draws;
    double learning_rate = 0.1;
    if (!text_from(&t, word, "--word", e)) return false;
    words *w = need(words_new(&t, HIDDEN));
    rnn *net = need(rnn_new(HIDDEN, w->vocab->size));
    rng_seed(&draws, 0);
    make_parameters(net, &draws);
    for (int k = 0; k < passes; k++) words_pass(w, net, words_sgd, &learning_rate);
    const int first = w->start[0], T = w->start[1] - first - 1;
    print_all(net, w->vocab, w->ix + first, w->ix + first + 1, T);
    rnn_free(net);
    words_free(w);
    text_free(&t);
    return true;
}

int main(int argc, char **argv)
{
    const char *word = NULL;
    int passes = 300;
    error e;
    const args_option options[] = {
        {"word", ARGS_TEXT, &word, 0, 0, "a word to train on; without, the post's weights",
         "학습할 단어, 없으면 글의 가중치"},
        {"passes", ARGS_INT, &passes, 0, 100000, "passes over it", "훑는 횟수"},
        {.kind = ARGS_END},
    };
    const args a = {NAME,
                    "",
                    0,
                    "A word through the network, as JSON.",
                    "신경망을 지나는 단어를 JSON으로 찍습니다.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(NAME, status);
    if (!(word ? trace_word(word, passes, &e) : trace_post(&e))) return say_error(NAME, &e);
    return say_done(NAME, EXIT_SUCCESS);
}
