/* written_out.c: the backward pass with every product as a loop, as many write it. mutants.py changes it, line by line. */
#include "backward.h"

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    const int T = tr->T, H = net->bh->rows, V = net->by->rows;
    real *dy = w->dy->v, *dh = w->dh->v, *dhraw = w->dhraw->v, *dhnext = w->dhnext->v;
    for (int i = 0; i < H; i++) dhnext[i] = 0;
    for (int t = T - 1; t >= 0; t--) {
        const real *p = tr->ps[t]->v, *h = tr->hs[t]->v, *before = tr->hs[t - 1]->v;
        for (int k = 0; k < V; k++) dy[k] = p[k];
        dy[targets[t]] -= 1;
        for (int k = 0; k < V; k++) d->by->v[k] += dy[k];
        for (int k = 0; k < V; k++)
            for (int i = 0; i < H; i++) d->Why->v[k * H + i] += dy[k] * h[i];
        for (int i = 0; i < H; i++) dh[i] = dhnext[i];
        for (int k = 0; k < V; k++)
            for (int i = 0; i < H; i++) dh[i] += net->Why->v[k * H + i] * dy[k];
        for (int i = 0; i < H; i++) dhraw[i] = (1 - h[i] * h[i]) * dh[i];
        for (int i = 0; i < H; i++) d->bh->v[i] += dhraw[i];
        for (int i = 0; i < H; i++) d->Wxh->v[i * V + tr->xs[t]] += dhraw[i];
        for (int i = 0; i < H; i++)
            for (int j = 0; j < H; j++) d->Whh->v[i * H + j] += dhraw[i] * before[j];
        for (int j = 0; j < H; j++) dhnext[j] = 0;
        for (int i = 0; i < H; i++)
            for (int j = 0; j < H; j++) dhnext[j] += net->Whh->v[i * H + j] * dhraw[i];
    }
}
