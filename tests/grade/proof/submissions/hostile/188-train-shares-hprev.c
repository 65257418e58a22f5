/* assignment: min-char-rnn; expect: passed,failed,crash; points: 70-95 */
/* hprev is one of the trace's own: freed twice, and changed by a measurement. */
#include "train.h"

#include "adagrad.h"
#include "clip.h"
#include "fn.h"
#include "require.h"

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
    const int needed = r->options.seq_length + 1; /* inputs, and the target of the last */
    const int left = r->length - r->p;
    if (r->n == 0 || left < needed || (left == needed && !r->options.full_window)) {
        mat_zero(r->hprev);
        r->p = 0;
    }
    return r->ix + r->p;
}

double train_step(train *r)
{
    const train_options *o = &r->options;
    const int *inputs = train_window(r), *targets = inputs + 1;

    r->tr->T = o->seq_length;
    const double loss = rnn_forward(r->net, inputs, targets, r->hprev, r->tr);
    r->hprev = r->tr->hs[o->seq_length - 1];
    r->smooth_loss = r->smooth_loss * 0.999 + loss * 0.001;

    rnn_zero(r->d);
    rnn_backward(r->net, r->tr, targets, r->d, r->w);
    if (o->clip > 0) clip_value(r->d->all, 5, o->clip);
    if (o->clip_norm > 0) clip_norm(r->d->all, 5, o->clip_norm);
    adagrad(r->net->all, r->d->all, r->m->all, 5, o->learning_rate);

    r->p += o->seq_length;
    r->n++;
    return loss;
}

double train_held_out(train *r, const int *ix, int length)
{
    double loss = 0;
    REQUIRE(length, >, 1);
    mat_zero(r->tr->hs[-1]);
    for (int p = 0; p < length - 1; p += r->tr->T) {
        const int left = length - 1 - p;
        const mat *hprev = p == 0 ? r->tr->hs[-1] : r->tr->hs[r->tr->T - 1];
        r->tr->T = left < r->options.seq_length ? left : r->options.seq_length;
        loss += rnn_forward(r->net, ix + p, ix + p + 1, hprev, r->tr);
    }
    return loss / (length - 1);
}
