/* assignment: forward; expect: passed,failed,not_implemented; points: 90 */
/* Softmax without the shift: its row large_scores is honestly lost. */
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

void rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p)
{
    const int H = h->rows, V = y->rows;
    for (int i = 0; i < H; i++) {
        double a = net->bh->v[i];
        for (int j = 0; j < H; j++) a += net->Whh->v[i * H + j] * hprev->v[j];
        h->v[i] = tanh(a + net->Wxh->v[i * V + x]);
    }
    for (int k = 0; k < V; k++) {
        y->v[k] = net->by->v[k];
        for (int j = H - 1; j >= 0; j--) y->v[k] += net->Why->v[k * H + j] * h->v[j];
    }
    double sum = 0;
    for (int k = 0; k < V; k++) sum += exp(y->v[k]);
    for (int k = 0; k < V; k++) p->v[k] = exp(y->v[k]) / sum;
}

double rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                   trace *tr)
{
    double loss = 0;
    for (int i = 0; i < hprev->rows; i++) tr->hs[-1]->v[i] = hprev->v[i];
    for (int t = 0; t < tr->T; t++) {
        rnn_step(net, tr->xs[t] = inputs[t], tr->hs[t - 1], tr->hs[t], tr->ys[t], tr->ps[t]);
        loss += -log(tr->ps[t]->v[targets[t]]);
    }
    return loss;
}
