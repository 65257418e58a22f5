/* assignment: min-char-rnn; expect: passed,failed; points: 0-90 */
/* The learning rate is a constant. */
/* train.c: the training of min-char-rnn. See train.h. */
#include "train.h"

#include "adagrad.h"
#include "clip.h"
#include "fn.h"
#include "require.h"

#include <stdlib.h>

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
    mat_copy(r->hprev, r->tr->hs[o->seq_length - 1]);
    r->smooth_loss = r->smooth_loss * 0.999 + loss * 0.001;

    rnn_zero(r->d);
    rnn_backward(r->net, r->tr, targets, r->d, r->w);
    if (o->clip > 0) clip_value(r->d->all, 5, o->clip);
    if (o->clip_norm > 0) clip_norm(r->d->all, 5, o->clip_norm);
    adagrad(r->net->all, r->d->all, r->m->all, 5, 0.1);

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
