/* same-text.c: an RNN and an LSTM read the words of chapter 10, all else equal: cells, seeds, held-out loss. For
 * `make same-text`. */
#include "args.h"
#include "celltrain.h"
#include "corpus.h"
#include "fn.h"

#include <math.h>
#include <stdlib.h>

static const struct {
    const char *name;
    const celltype *type;
    bool adagrad;
    double learning_rate;
} who[] = {{"rnn, SGD 0.1", &rnn_type, false, 0.1},
           {"lstm, SGD 0.1", &lstm_type, false, 0.1},
           {"rnn, Adagrad 0.05", &rnn_type, true, 0.05},
           {"lstm, Adagrad 0.05", &lstm_type, true, 0.05}};

enum { WORDS = 1000 };

/* Train with one seed; print the perplexities of the last epoch, and the best of the held-out text. */
static void run(int i, uint32_t seed, int epochs, const corpus *c)
{
    celltrain_options o = {who[i].type, 1, lm_defaults, 0, 1, who[i].adagrad};
    o.lm.learning_rate = who[i].learning_rate;
    o.lm.seed = seed;
    celltrain *r = need(celltrain_new(&o, c->ids, c->known, c->V));
    const int iterations = lm_iterations(&r->blocks);
    double best = HUGE_VAL, mean = 0;
    int best_epoch = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
        mean = 0;
        for (int k = 0; k < iterations; k++) mean += celltrain_step(r) / iterations;
        const double held = celltrain_score(r, c->ids + c->known, c->count - c->known);
        if (held >= best) continue;
        best = held;
        best_epoch = epoch;
    }
    printf("  %-20s %6ld  %4u  %9s  %9s (%d)\n", who[i].name, cellnet_size(r->net), (unsigned) seed,
           NUM("%.2f", fn_exp(mean)), NUM("%.2f", fn_exp(best)), best_epoch);
    fflush(stdout);
    celltrain_free(r);
}

int main(int argc, char **argv)
{
    int epochs = 2, seeds = 1;
    const char *path = "chapters/10-rnnlm/texts/declaration_words.txt";
    text t;
    error e;
    const args_option options[] = {
        {"text", ARGS_FILE, &path, 0, 0, "the words to read", "읽을 단어들"},
        {"epochs", ARGS_INT, &epochs, 1, INT_MAX, "epochs", "에폭 수"},
        {"seeds", ARGS_INT, &seeds, 1, 1000, "seeds for each", "저마다의 시드 수"},
        {.kind = ARGS_END},
    };
    const args a = {"same-text",
                    "",
                    0,
                    "An RNN and an LSTM read the words of chapter 10.",
                    "RNN과 LSTM이 10장의 단어를 읽습니다.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(a.program, status);
    if (!text_read(&t, path, &e)) return say_error(a.program, &e);
    corpus *c = need(corpus_new(&t, WORDS, 2 * WORDS));
    text_free(&t);
    if (c->known < lm_least(&lm_defaults)) {
        error_set(&e, say("%s: %d words are too few", "%s: 단어 %d개는 너무 적습니다"), path,
                  c->known);
        return say_error(a.program, &e);
    }
    printf(
        say("%d words, %d different, %d epochs; perplexity of the last epoch, and the best of "
            "the held-out text (its epoch):\n"
            "  cell            parameters  seed  last epoch   held out\n",
            "단어 %d개, 서로 다른 것 %d개, %d에폭. 마지막 에폭의 퍼플렉서티와, 떼어 둔 글의 가장 "
            "좋은 퍼플렉서티(그 에폭):\n"
            "  셀               파라미터  시드 마지막 에폭 떼어 둔 글\n"),
        c->known, c->V, epochs);
    for (int i = 0; i < (int) (sizeof who / sizeof *who); i++)
        for (int seed = 0; seed < seeds; seed++) run(i, (uint32_t) seed, epochs, c);
    corpus_free(c);
    return say_done(a.program, EXIT_SUCCESS);
}
