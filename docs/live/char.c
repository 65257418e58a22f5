/* char.c: chapter 15's training for the page, as train.c has chapter 8's: with the numbers of char-rnn, which tests after each
 * epoch, and may then lower the learning rate. */
#include "adam.h"
#include "charuse.h"
#include "export.h"
#include "fn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct {
    charrun c;
    int characters;
    double smooth, held; /* running mean of the loss, last test; nat per symbol */
    char *out;
    rng draws; /* of the samples: they are no part of the run */
    error e;
} now;

/* As many sequences side by side as a short text has room for. */
static void settle_batch(charnet_options *n, int count)
{
    const int learned = count - (int) (charrun_defaults.held_out * count);
    while (n->batch > 1 && learned < n->batch * n->seq_length + 1) n->batch /= 2;
    n->shards = charnet_shards(n->batch);
}

/* Read the text and make the run; saved: the state that it goes on from, or NULL. */
static bool begin(const npy *saved)
{
    text t;
    charrun *c = &now.c;
    if (!text_read(&t, "text", &now.e)) return false;
    now.characters = t.length;
    now.held = NAN;
    if (!saved) settle_batch(&c->o.net, t.length);
    const bool good = charrun_read(c, &t, "text", &now.e) && charrun_start(c, &now.e);
    text_free(&t);
    if (!good) return false;
    now.smooth = fn_log(c->x.V);
    rng_seed(&now.draws, c->o.net.seed);
    if (!saved) return true;
    if (savefile_text_is(saved, c->hash)) return charrun_state_of(saved, "run.npy", c, &now.e);
    return error_set(&now.e, "%s",
                     say("the checkpoint is of a run on another text",
                         "체크포인트가 다른 글로 학습한 것입니다"));
}

const char *EXPORT(live_start)(int hidden, double learning_rate, double seed, int korean)
{
    say_language(korean ? "ko" : "en");
    now.c.o = charrun_defaults;
    now.c.o.net.hidden = hidden;
    now.c.o.net.learning_rate = learning_rate;
    now.c.o.net.seed = (uint32_t) seed;
    return begin(NULL) ? NULL : now.e.text;
}

const char *EXPORT(live_resume)(int korean)
{
    say_language(korean ? "ko" : "en");
    now.c.o = charrun_defaults;
    npy *saved = savefile_open("run.npy", &now.e);
    const bool good = saved && charrun_options_of(saved, "run.npy", &now.c, &now.e) && begin(saved);
    npy_free(saved);
    return good ? NULL : now.e.text;
}

const char *EXPORT(live_save)(void)
{
    return charrun_save("run.npy", &now.c, &now.e) ? NULL : now.e.text;
}

double EXPORT(live_steps)(int n)
{
    charrun *c = &now.c;
    double loss = 0;
    while (n-- > 0) {
        if (c->r->n > 0 && c->r->n % c->o.every == 0) {
            now.held = charrun_held_out(c);
            charrun_tested(c, now.held);
        }
        loss = charnet_step(c->r);
        now.smooth = 0.9 * now.smooth + 0.1 * loss;
    }
    return loss;
}

void EXPORT(live_rate)(double learning_rate)
{
    now.c.o.net.learning_rate = learning_rate;
    now.c.r->rate = learning_rate * adam_power(now.c.o.decay, now.c.decays);
}
double EXPORT(live_get_rate)(void) { return now.c.o.net.learning_rate; }
int EXPORT(live_hidden)(void) { return now.c.o.net.hidden; }
int EXPORT(live_iterations)(void) { return now.c.r->n; }
int EXPORT(live_characters)(void) { return now.characters; }
int EXPORT(live_vocabulary)(void) { return now.c.x.V; }
int EXPORT(live_symbols)(void) { return now.c.o.net.batch * now.c.o.net.seq_length; }
int EXPORT(live_summed)(void) { return 1; }
int EXPORT(live_every)(void) { return 1; }
double EXPORT(live_smooth_loss)(void) { return now.smooth; }
double EXPORT(live_bits)(void) { return now.smooth / fn_log(2); }
double EXPORT(live_held)(void) { return now.held / fn_log(2); }

/* n symbols behind a line end. */
const char *EXPORT(live_sample)(int n, double temperature)
{
    const charuse_sampling how = {.length = n, .temperature = temperature};
    const int prime = lexicon_start(&now.c.x);
    int *ids = need(calloc((size_t) n, sizeof *ids)), drawn = 0;
    const bool good =
        charuse_sample(now.c.r->one, &prime, 1, &how, &now.draws, ids, &drawn, &now.e);
    free(now.out);
    now.out = good ? need(lexicon_decode(&now.c.x, ids, drawn)) : NULL;
    free(ids);
    return good ? now.out : now.e.text;
}
