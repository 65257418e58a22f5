/* assignment: min-char-rnn; expect: passed; points: 100 */
/* As the reference, with other tests and another order where that does not matter. */
#include "adagrad.h"
#include "clip.h"
#include "train.h"

const int *train_window(train *r)
{
    const int fits = r->options.full_window ? r->p + r->options.seq_length + 1 <= r->length
                                            : r->p + r->options.seq_length + 1 < r->length;
    if (r->n == 0 || !fits) {
        r->p = 0;
        mat_zero(r->hprev);
    }
    return &r->ix[r->p];
}

double train_step(train *r)
{
    const int T = r->options.seq_length, *ix = train_window(r);
    r->tr->T = T;
    const double loss = rnn_forward(r->net, ix, ix + 1, r->hprev, r->tr);
    for (int k = 0; k < 5; k++) mat_zero(r->d->all[k]);
    rnn_backward(r->net, r->tr, ix + 1, r->d, r->w);
    if (r->options.clip) clip_value(r->d->all, 5, r->options.clip);
    if (r->options.clip_norm) clip_norm(r->d->all, 5, r->options.clip_norm);
    adagrad(r->net->all, r->d->all, r->m->all, 5, r->options.learning_rate);
    r->smooth_loss += (loss - r->smooth_loss) / 1000;
    mat_copy(r->hprev, r->tr->hs[T - 1]);
    r->p = r->p + T;
    r->n = r->n + 1;
    return loss;
}

double train_held_out(train *r, const int *ix, int length)
{
    mat *h = mat_new(r->hprev->rows, 1);
    double loss = 0;
    r->tr->T = 1;
    for (int t = 0; t + 1 < length; t++) {
        loss += rnn_forward(r->net, ix + t, ix + t + 1, h, r->tr);
        mat_copy(h, r->tr->hs[0]);
    }
    mat_free(h);
    return loss / (length - 1);
}
