/* train.c: the training of min-char-rnn. See train.h. */
#include "train.h"

#include "fn.h"
#include "require.h"

#include <math.h>
#include <stdlib.h>

const train_options train_defaults = {
    .hidden = 100,
    .seq_length = 25,
    .learning_rate = 1e-1,
    .clip = 5,
    .clip_norm = 0,
    .full_window = 0,
    .seed = 0,
    .sample_every = 100,
    .sample_length = 200,
    .held_out = 0,
};

train *train_new(const train_options *o, const int *ix, int length, int V)
{
    REQUIRE(length, >, o->seq_length);
    train *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->options = *o;
    r->ix = ix;
    r->length = length;
    r->V = V;
    r->net = rnn_new(o->hidden, V);
    r->d = rnn_new(o->hidden, V);
    r->m = rnn_new(o->hidden, V);
    r->hprev = mat_new(o->hidden, 1);
    r->tr = trace_new(o->hidden, V, o->seq_length);
    r->w = work_new(o->hidden, V);
    if (!r->net || !r->d || !r->m || !r->hprev || !r->tr || !r->w) {
        train_free(r);
        return NULL;
    }
    rng_seed(&r->draws, o->seed);
    make_parameters(r->net, &r->draws);
    r->smooth_loss = fn_log(V) * o->seq_length; /* the loss of uniform predictions */
    return r;
}

void train_free(train *r)
{
    if (!r) return;
    rnn_free(r->net);
    rnn_free(r->d);
    rnn_free(r->m);
    mat_free(r->hprev);
    trace_free(r->tr);
    work_free(r->w);
    free(r);
}

const int *train_window(train *r)
{
    (void) r; /* not yet: always the beginning of the text, so that the program runs */
    return r->ix;
}

double train_step(train *r)
{
    (void) r;
    return NAN;
}

double train_held_out(train *r, const int *ix, int length)
{
    (void) r, (void) ix, (void) length;
    return NAN;
}
