/* assignment: min-char-rnn; expect: passed; points: 100 */
/* The forward pass step by step, its own clipping and its own Adagrad. */
#include "train.h"

#include <math.h>
#include <stdlib.h>

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

static double forward(train *r, const int *ix, int T)
{
    double loss = 0;
    mat_copy(r->tr->hs[-1], r->hprev);
    r->tr->T = T;
    for (int t = 0; t < T; t++) {
        rnn_step(r->net, r->tr->xs[t] = ix[t], r->tr->hs[t - 1], r->tr->hs[t], r->tr->ys[t],
                 r->tr->ps[t]);
        loss -= log(r->tr->ps[t]->v[ix[t + 1]]);
    }
    return loss;
}

static void clip(train *r)
{
    double squares = 0;
    const double most = r->options.clip, length = r->options.clip_norm;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(r->d->all[k]); i++) {
            real *v = &r->d->all[k]->v[i];
            if (most > 0) *v = fmax(-most, fmin(most, *v));
            squares += *v * *v;
        }
    if (!(length > 0) || sqrt(squares) <= length) return;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(r->d->all[k]); i++)
            r->d->all[k]->v[i] *= length / sqrt(squares);
}

double train_step(train *r)
{
    const int *ix = train_window(r), T = r->options.seq_length;
    const double loss = forward(r, ix, T);
    mat_copy(r->hprev, r->tr->hs[T - 1]);
    r->smooth_loss = 0.999 * r->smooth_loss + 0.001 * loss;
    rnn_zero(r->d);
    rnn_backward(r->net, r->tr, ix + 1, r->d, r->w);
    clip(r);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(r->m->all[k]); i++) {
            const double g = r->d->all[k]->v[i];
            r->m->all[k]->v[i] += g * g;
            r->net->all[k]->v[i] -= r->options.learning_rate * g / sqrt(r->m->all[k]->v[i] + 1e-8);
        }
    r->p += T, ++r->n;
    return loss;
}

double train_held_out(train *r, const int *ix, int length)
{
    mat *h = calloc(1, sizeof *h); /* never used: rnn_step has two states of the trace by turns */
    double loss = 0;
    free(h);
    mat_zero(r->tr->hs[-1]);
    for (int t = 0; t < length - 1; t++) {
        mat *from = r->tr->hs[t % 2 - 1], *to = r->tr->hs[-(t % 2)];
        rnn_step(r->net, ix[t], from, to, r->tr->ys[0], r->tr->ps[0]);
        loss -= log(r->tr->ps[0]->v[ix[t + 1]]);
    }
    return loss / (length - 1);
}
