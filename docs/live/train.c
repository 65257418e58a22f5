/* train.c: chapter 8's training for the page: a few iterations at a call, with the numbers of min-char-rnn. The text is in
 * the file `text`, a saved run in `run.npy`; the page has both in memory. Built without a main: the page calls what is
 * exported. Errors come back as text. */
#include "checkpoint.h"
#include "export.h"
#include "fn.h"
#include "hash.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct {
    text t;
    vocab *v;
    uint64_t hash;
    int *ix, *sample_ix;
    char *out;
    train *r;
    sampler *s;
    rng draws; /* of the samples: they are no part of the run */
    error e;
} now;

static bool read_text(int least)
{
    if (!text_read(&now.t, "text", &now.e)) return false;
    now.hash = hash_bytes(HASH_START, now.t.bytes, now.t.size);
    now.v = need(vocab_of(&now.t));
    if (now.t.length < least || now.v->size < 2)
        return error_set(&now.e,
                         say("the text is too short: %d characters, %d different ones",
                             "글이 너무 짧습니다. 문자 %d개, 서로 다른 것 %d가지입니다"),
                         now.t.length, now.v->size);
    now.ix = need(malloc((size_t) now.t.length * sizeof *now.ix));
    vocab_encode(now.v, &now.t, now.ix);
    return true;
}

/* A run with these options; saved: the state that it goes on from, or NULL. */
static const char *begin(const train_options *o, const npy *saved)
{
    if (!read_text(o->seq_length + 1)) return now.e.text;
    if (saved && !savefile_text_is(saved, now.hash))
        return say("the checkpoint is of a run on another text",
                   "체크포인트가 다른 글로 학습한 것입니다");
    now.r =
        need(train_new(o, now.ix, now.t.length - (int) (o->held_out * now.t.length), now.v->size));
    now.s = need(sampler_new(o->hidden, now.v->size));
    rng_seed(&now.draws, o->seed);
    return saved && !checkpoint_state(saved, "run.npy", now.r, &now.e) ? now.e.text : NULL;
}

/* Begin anew. */
const char *EXPORT(live_start)(int hidden, double learning_rate, double seed, int korean)
{
    train_options o = train_defaults;
    say_language(korean ? "ko" : "en");
    o.hidden = hidden;
    o.learning_rate = learning_rate;
    o.seed = (uint32_t) seed;
    o.sample_every = 0; /* of the run's own random numbers; see `draws` */
    return begin(&o, NULL);
}

/* Go on from run.npy. */
const char *EXPORT(live_resume)(int korean)
{
    train_options o = train_defaults;
    say_language(korean ? "ko" : "en");
    npy *saved = savefile_open("run.npy", &now.e);
    if (!saved || !checkpoint_options(saved, "run.npy", &o, NULL, &now.e)) return now.e.text;
    const char *wrong = begin(&o, saved);
    npy_free(saved);
    return wrong;
}

/* Write run.npy. */
const char *EXPORT(live_save)(void)
{
    return checkpoint_save("run.npy", now.r, now.v, now.hash, &now.e) ? NULL : now.e.text;
}

/* n iterations. Returns the last one's loss, nat per window. */
double EXPORT(live_steps)(int n)
{
    double loss = 0;
    while (n-- > 0) loss = train_step(now.r);
    return loss;
}

void EXPORT(live_rate)(double learning_rate) { now.r->options.learning_rate = learning_rate; }
double EXPORT(live_get_rate)(void) { return now.r->options.learning_rate; }
int EXPORT(live_hidden)(void) { return now.r->options.hidden; }
int EXPORT(live_iterations)(void) { return now.r->n; }
int EXPORT(live_characters)(void) { return now.t.length; }
int EXPORT(live_vocabulary)(void) { return now.v->size; }
int EXPORT(live_symbols)(void) { return now.r->options.seq_length; }
int EXPORT(live_summed)(void) { return now.r->options.seq_length; }
int EXPORT(live_every)(void) { return 10; }
double EXPORT(live_smooth_loss)(void) { return now.r->smooth_loss; }
double EXPORT(live_bits)(void)
{
    return now.r->smooth_loss / (now.r->options.seq_length * fn_log(2));
}

double EXPORT(live_held)(void) { return NAN; } /* there are no tests */

/* n characters that go on from where training stands. */
const char *EXPORT(live_sample)(int n, double temperature)
{
    now.sample_ix = need(realloc(now.sample_ix, (size_t) n * sizeof *now.sample_ix));
    now.out = need(realloc(now.out, 4 * (size_t) n + 1));
    const int first = *train_window(now.r);
    const int got = sample(now.r->net, now.r->hprev, first, n, temperature, -1, &now.draws, now.s,
                           now.sample_ix);
    vocab_decode(now.v, now.sample_ix, got, now.out);
    return now.out;
}
