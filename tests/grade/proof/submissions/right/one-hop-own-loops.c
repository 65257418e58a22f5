/* assignment: one-hop; expect: passed; points: 100 */
/* Plain loops over the numbers, memory of its own, long double sums, C90 style. */
#include "backward.h"

#include <stdlib.h>
#include <string.h>

#define AT(A, i, j) ((A)->v[(i) * (A)->cols + (j)])

static double *room(int n)
{
    double *v;
    v = calloc((size_t) n, sizeof(double));
    if (v == NULL) abort();
    return v;
}

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    int H, V, t, i, j, k;
    double *dy, *dh, *dhraw, *dhnext;
    long double sum;
    H = net->bh->rows;
    V = net->by->rows;
    dy = room(V);
    dh = room(H);
    dhraw = room(H);
    dhnext = room(H);
    (void) w;
    for (t = tr->T - 1; t >= 0; t--) {
        for (k = 0; k < V; k++) dy[k] = tr->ps[t]->v[k] - (k == targets[t] ? 1 : 0);
        for (k = 0; k < V; k++) {
            for (i = 0; i < H; i++) AT(d->Why, k, i) += dy[k] * tr->hs[t]->v[i];
            d->by->v[k] += dy[k];
        }
        for (i = 0; i < H; i++) {
            sum = 0;
            for (k = 0; k < V; k++) sum += (long double) AT(net->Why, k, i) * dy[k];
            dh[i] = (double) sum;
            dhraw[i] = dh[i] - dh[i] * tr->hs[t]->v[i] * tr->hs[t]->v[i];
        }
        for (i = H - 1; i >= 0; i--) {
            d->bh->v[i] += dhraw[i];
            AT(d->Wxh, i, tr->xs[t]) += dhraw[i];
            for (j = 0; j < H; j++) AT(d->Whh, i, j) += dhraw[i] * tr->hs[t - 1]->v[j];
        }
        for (j = 0; j < H; j++) {
            sum = 0;
            for (i = 0; i < H; i++) sum += (long double) AT(net->Whh, i, j) * dhraw[i];
            dhnext[j] = (double) sum;
        }
    }
    free(dy);
    free(dh);
    free(dhraw);
    free(dhnext);
}
