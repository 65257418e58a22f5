/* experiment.c: one training run on words. See experiment.h. */
#include "experiment.h"

#include "fn.h"

#include <math.h>
#include <stdlib.h>

static void guess(const experiment *x, words *w, const rnn *net, rng *draws, outcome *o)
{
    int ix[EXPERIMENT_LONGEST];
    char guessed[4 * EXPERIMENT_LONGEST + 1];
    const int *first = w->ix, length = w->start[1] - 1;
    for (int i = 0; i < EXPERIMENT_GUESSES; i++) {
        const int n = words_guess(w, net, first[0], EXPERIMENT_LONGEST, draws, ix);
        bool same = n == length;
        for (int t = 0; t < n && same; t++) same = ix[t] == first[t];
        o->right += same;
        o->ended += n < EXPERIMENT_LONGEST;
        vocab_decode(w->vocab, ix, n, guessed);
        if (x->print) printf(i > 0 ? " %s" : "  %s", guessed);
    }
    if (x->print) putchar('\n');
}

/* Draw the weights and train. */
static void train_words(const experiment *x, words *w, rnn *net, rng *draws, outcome *o)
{
    rng_seed(draws, x->seed);
    make_parameters(net, draws);
    if (x->log) fputs("pass\tloss\n", x->log);
    for (int pass = 1; pass <= x->passes; pass++) {
        o->loss = words_pass(w, net, x->update, x->with);
        if (!(o->loss <= o->worst)) o->worst = o->loss;
        if (!isfinite(o->loss) && !o->lost) o->lost = pass;
        if (x->losses) x->losses[pass - 1] = o->loss;
        if (x->log) fprintf(x->log, "%d\t%s\n", pass, NUM("%.17g", o->loss));
        const int n = pass - 1 + w->count; /* the post's counter */
        if (x->print && n % 100 == 0)
            printf(say("  iter %d (pass %d), loss: %s\n", "  iter %d (%d번째 훑기), 손실: %s\n"), n,
                   pass, NUM("%f", o->loss));
    }
}

bool experiment_run(const experiment *x, outcome *o, error *e)
{
    text t;
    rng draws;
    *o = (outcome){.lost = o->lost};
    if (!text_from(&t, x->text, "words", e)) return false;
    words *w = words_new(&t, x->hidden);
    rnn *net = w ? rnn_new(x->hidden, w->vocab->size) : NULL;
    if (net) {
        train_words(x, w, net, &draws, o);
        guess(x, w, net, &draws, o);
    } else
        error_no_memory(e);
    const bool good = net != NULL;
    rnn_free(net);
    words_free(w);
    text_free(&t);
    return good;
}

bool experiment_is_finite(const outcome *o, error *e)
{
    if (!o->lost) return true;
    return error_set(e,
                     say("the loss is not finite any more in pass %d; lower the learning rate",
                         "%d번째 훑기에서 손실이 더는 유한하지 않습니다. 학습률을 낮추십시오"),
                     o->lost);
}

int experiment_seeds(experiment x, int seeds, error *e)
{
    int below = 0;
    outcome o = {0};
    x.print = false;
    x.log = NULL;
    puts(say("  seed  loss at the end  first word guessed",
             "  시드  마지막 손실      첫 단어를 맞힌 횟수"));
    for (int seed = 0; seed < seeds; seed++) {
        x.seed = (uint32_t) seed;
        if (!experiment_run(&x, &o, e)) return -1;
        below += o.loss < experiment_floor();
        printf("  %4d  %15s  %2d/%d\n", seed, NUM("%f", o.loss), o.right, EXPERIMENT_GUESSES);
    }
    return experiment_is_finite(&o, e) ? below : -1;
}

void experiment_table(FILE *log, const char *names, double *const *losses, int runs, int passes)
{
    if (!log) return;
    fprintf(log, "pass\t%s\n", names);
    for (int pass = 1; pass <= passes; pass++) {
        fprintf(log, "%d", pass);
        for (int k = 0; k < runs; k++) fprintf(log, "\t%s", NUM("%.17g", losses[k][pass - 1]));
        fputc('\n', log);
    }
}

double experiment_floor(void) { return -(fn_log(1.0 / 15) + 14 * fn_log(14.0 / 15)) / 16; }
