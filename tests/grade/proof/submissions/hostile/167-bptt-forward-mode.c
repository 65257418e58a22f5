/* assignment: bptt; expect: passed,failed,timeout; points: 0-95 */
/* Forward-mode: the tangent of each step's pre-activation is carried forward; T*H sweeps instead of one per weight. */
#pragma GCC optimize("O3,unroll-loops")
#include "backward.h"
#include <math.h>
#include <string.h>
enum { MOST = 128 };
static double re[MOST], im[MOST], nre[MOST], nim[MOST], A[MOST * MOST], B[MOST * MOST];
void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    const int H = net->Whh->rows, V = net->by->rows, T = tr->T;
    (void) w;
    for (int i = 0; i < H; i++) for (int j = 0; j < H; j++) A[j * H + i] = net->Whh->v[i * H + j];
    for (int i = 0; i < V; i++) for (int j = 0; j < H; j++) B[j * V + i] = net->Why->v[i * H + j];
    for (int t = 0; t < T; t++) {
        for (int i = 0; i < V; i++) {
            const double g = tr->ps[t]->v[i] - (i == targets[t]);
            d->by->v[i] += g;
            for (int j = 0; j < H; j++) d->Why->v[i * H + j] += g * tr->hs[t]->v[j];
        }
        for (int i = 0; i < H; i++) {
            double g = 0, e = 1e-30; /* dLoss/dz[t][i] = Im loss(z + i e) / e */
            for (int k = 0; k < H; k++) im[k] = 0;
            im[i] = e * (1 - tr->hs[t]->v[i] * tr->hs[t]->v[i]); /* Im tanh(z + i e) */
            for (int s = t; s < T; s++) {
                double y[MOST] = {0};
                if (s > t) {
                    for (int k = 0; k < H; k++) nim[k] = 0;
                    for (int j = 0; j < H; j++) { const double x = im[j]; const double *a = A + j * H; for (int k = 0; k < H; k++) nim[k] += a[k] * x; }
                    for (int k = 0; k < H; k++) im[k] = nim[k] * (1 - tr->hs[s]->v[k] * tr->hs[s]->v[k]);
                }
                for (int j = 0; j < H; j++) { const double x = im[j]; const double *b = B + j * V; for (int k = 0; k < V; k++) y[k] += b[k] * x; }
                for (int k = 0; k < V; k++) g += (tr->ps[s]->v[k] - (k == targets[s])) * y[k];
            }
            g /= e;
            d->bh->v[i] += g;
            d->Wxh->v[i * V + tr->xs[t]] += g;
            for (int j = 0; j < H; j++) d->Whh->v[i * H + j] += g * tr->hs[t - 1]->v[j];
        }
    }
}
