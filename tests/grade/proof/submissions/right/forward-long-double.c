/* assignment: forward; expect: passed; points: 100 */
/* Long double inside; the loss by log-sum-exp. */
#include "rnn.h"

#include <math.h>

void make_parameters(rnn *net, rng *draws)
{
    const int H = net->Wxh->rows, V = net->Wxh->cols;
    for (int i = 0; i < H; i++)
        for (int j = 0; j < V; j++) net->Wxh->v[i * V + j] = 0.01 * rng_randn(draws);
    for (int i = 0; i < H; i++)
        for (int j = 0; j < H; j++) net->Whh->v[i * H + j] = 0.01 * rng_randn(draws);
    for (int i = 0; i < V; i++)
        for (int j = 0; j < H; j++) net->Why->v[i * H + j] = 0.01 * rng_randn(draws);
    for (int i = 0; i < H; i++) net->bh->v[i] = 0;
    for (int i = 0; i < V; i++) net->by->v[i] = 0;
}

static long double dot(int n, const double *a, const double *b)
{
    long double sum = 0;
    while (n-- > 0) sum += (long double) *a++ * *b++;
    return sum;
}

static long double log_sum_exp(const mat *y)
{
    long double most = -INFINITY, sum = 0;
    for (int k = 0; k < y->rows; k++) most = fmaxl(most, y->v[k]);
    for (int k = 0; k < y->rows; k++) sum += expl(y->v[k] - most);
    return most + logl(sum);
}

void rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p)
{
    const int H = h->rows, V = y->rows;
    for (int i = 0; i < H; i++)
        h->v[i] = (double) tanhl(dot(H, net->Whh->v + i * H, hprev->v) + net->Wxh->v[i * V + x] +
                                 net->bh->v[i]);
    for (int k = 0; k < V; k++)
        y->v[k] = (double) (dot(H, net->Why->v + k * H, h->v) + net->by->v[k]);
    for (int k = 0; k < V; k++) p->v[k] = (double) expl(y->v[k] - log_sum_exp(y));
}

double rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                   trace *tr)
{
    long double loss = 0;
    for (int i = 0; i < hprev->rows; i++) tr->hs[-1]->v[i] = hprev->v[i];
    for (int t = 0; t < tr->T; ++t) {
        tr->xs[t] = inputs[t];
        rnn_step(net, inputs[t], tr->hs[t - 1], tr->hs[t], tr->ys[t], tr->ps[t]);
        loss -= logl(tr->ps[t]->v[targets[t]]);
    }
    return (double) loss;
}
