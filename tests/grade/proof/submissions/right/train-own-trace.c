/* assignment: min-char-rnn; expect: passed; points: 100 */
/* Memory of its own for a held-out text, helpers for the parts, a recursive wrap. */
#include "adagrad.h"
#include "clip.h"
#include "train.h"

#include <stdlib.h>

static void restart(train *r)
{
    r->p = 0;
    mat_zero(r->hprev);
}

const int *train_window(train *r)
{
    const int last = r->p + r->options.seq_length; /* the last target */
    if (r->n == 0)
        restart(r);
    else if (last > r->length - 1)
        restart(r);
    else if (last == r->length - 1 && r->options.full_window == 0)
        restart(r);
    return r->ix + r->p;
}

static void update(train *r)
{
    const train_options *const o = &r->options;
    if (o->clip > 0) clip_value(r->d->all, 5, o->clip);
    if (o->clip_norm > 0) clip_norm(r->d->all, 5, o->clip_norm);
    adagrad(r->net->all, r->d->all, r->m->all, 5, o->learning_rate);
}

double train_step(train *r)
{
    const int *const ix = train_window(r);
    trace *tr = trace_new(r->options.hidden, r->V, r->options.seq_length);
    work *w = work_new(r->options.hidden, r->V);
    if (!tr || !w) abort();
    const double loss = rnn_forward(r->net, ix, ix + 1, r->hprev, tr);
    rnn_zero(r->d);
    rnn_backward(r->net, tr, ix + 1, r->d, w);
    mat_copy(r->hprev, tr->hs[tr->T - 1]);
    update(r);
    trace_free(tr);
    work_free(w);
    r->smooth_loss = r->smooth_loss * 0.999 + loss * (1 - 0.999);
    r->p += r->options.seq_length;
    r->n += 1;
    return loss;
}

double train_held_out(train *r, const int *ix, int length)
{
    trace *tr = trace_new(r->options.hidden, r->V, length - 1);
    mat *zero = mat_new(r->options.hidden, 1);
    if (!tr || !zero) abort();
    const double loss = rnn_forward(r->net, ix, ix + 1, zero, tr) / (length - 1);
    mat_free(zero);
    trace_free(tr);
    return loss;
}
