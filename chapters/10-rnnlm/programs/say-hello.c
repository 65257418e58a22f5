/* say-hello.c: the word language model on eight words: "you say goodbye and I say hello .", step by step. For
 * `make say-hello`. */
#include "args.h"
#include "corpus.h"
#include "experiment.h"
#include "lmtrain.h"

#include <math.h>
#include <stdlib.h>

static const char TEXT[] = "you say goodbye and I say hello .";

static void show_words(const corpus *c)
{
    printf(
        say("the words and their ids, in the order in which they appear: %d words, %d different\n ",
            "단어와 번호(나온 차례대로): 단어 %d개, 서로 다른 것 %d개\n "),
        c->count, c->V);
    for (int i = 0; i < c->count; i++) printf(" %s=%d", c->word[c->ids[i]], c->ids[i]);
    putchar('\n');
}

/* Print the words that each sequence of the batch reads, block by block. */
static void show_blocks(const corpus *c, const lm_options *o)
{
    lm *m = need(lm_new(o, c->ids, c->count, c->V));
    printf(say("\nbatch %d, time %d: sequence n starts at n x %d; what each reads -> what it must "
               "predict\n",
               "\n배치 %d, 시간 %d: 시퀀스 n은 n x %d에서 시작하며, 읽는 것 -> 맞혀야 할 것\n"),
           o->batch, o->time, (c->count - 1) / o->batch);
    for (int block = 0; block < 3; block++) {
        lm_batch(m);
        for (int n = 0; n < o->batch; n++) {
            printf(say("  block %d, sequence %d:", "  블록 %d, 시퀀스 %d:"), block, n);
            for (int t = 0; t < o->time; t++)
                printf("  %s -> %s", c->word[m->xs[t * o->batch + n]],
                       c->word[m->ts[t * o->batch + n]]);
            putchar('\n');
        }
    }
    lm_free(m);
}

static void train(lm *m, int epochs)
{
    double perplexity;
    while (m->epoch < epochs) {
        const double loss = lm_step(m);
        error e;
        if (!experiment_is_finite(&(outcome){.lost = isfinite(loss) ? 0 : m->epoch + 1}, &e))
            exit(say_error("say-hello", &e));
        if (lm_epoch_done(m, &perplexity) && (m->epoch == 1 || m->epoch % 50 == 0))
            printf(say("  epoch %3d: perplexity %s\n", "  에폭 %3d: 퍼플렉서티 %s\n"), m->epoch,
                   NUM("%.4f", perplexity));
    }
}

/* After training, print the predictions after each word. Two words follow "say"; the state tells them apart. */
static void show_trained(const corpus *c, const lm_options *o)
{
    lm *m = need(lm_new(o, c->ids, c->count, c->V));
    puts(say("\ntraining: perplexity is e to the mean loss, the number of words between which it "
             "is undecided",
             "\n학습: 퍼플렉서티는 평균 손실을 e의 지수에 올린 값, 망설이는 단어의 수입니다"));
    printf(say("  (probability 0.8 for each next word would make it %s, 0.2 would make it %s)\n",
               "  (다음 단어마다 확률이 0.8이면 %s, 0.2이면 %s입니다)\n"),
           NUM("%.2f", 1 / 0.8), NUM("%.2f", 1 / 0.2));
    train(m, 300);
    puts(say("\nread from the beginning, the likeliest next word and its probability:",
             "\n처음부터 읽을 때 가장 그럴듯한 다음 단어와 그 확률:"));
    timestack *one = m->one;
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_copy(one->net->all[k], m->s->net->all[k]);
    timernn_reset_state(one->rnn);
    for (int i = 0; i + 1 < c->count; i++) {
        timestack_forward(one, 1, &c->ids[i], &c->ids[i + 1]);
        const mat *p = one->ps[0];
        const int best = mat_argmax(p);
        printf("  %-8s -> %-8s %s\n", c->word[c->ids[i]], c->word[best], NUM("%.3f", p->v[best]));
    }
    lm_free(m);
}

int main(int argc, char **argv)
{
    text t;
    error e;
    lm_options o = {2, 5, 8, 3, 0.3, 0};
    const args_option options[] = {
        {"seed", ARGS_SEED, &o.seed, 0, 0, "seed of the weights", "가중치의 시드"},
        {.kind = ARGS_END},
    };
    const args a = {"say-hello",
                    "",
                    0,
                    "The word language model on eight words.",
                    "여덟 단어로 보는 단어의 언어 모델.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!text_from(&t, TEXT, "text", &e)) return say_error(a.program, &e);
    corpus *c = need(corpus_new(&t, 0, 0));
    text_free(&t);
    show_words(c);
    show_blocks(c, &o);
    show_trained(c, &o);
    corpus_free(c);
    return say_done(a.program, EXIT_SUCCESS);
}
