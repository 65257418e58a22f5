/* assignment: time-layers; expect: passed; points: 100 */
/* Own loops, sequence by sequence; the gradients of the weights are added step by step. */
#include "timelayers.h"

#include <math.h>
#include <stdlib.h>

#define AT(A, i, j) (A)->v[(i) * (A)->cols + (j)]

void rnnlayer_forward(const rnncell *cell, rnnstep *s)
{
    for (int n = 0; n < s->h->rows; n++)
        for (int j = 0; j < s->h->cols; j++) {
            double a = AT(s->h, n, j);
            for (int i = s->hprev->cols - 1; i >= 0; i--) a += AT(s->hprev, n, i) * AT(cell->Wh, i, j);
            AT(s->h, n, j) = tanh(a);
        }
}

void rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnnstep *ds)
{
    for (int n = 0; n < s->h->rows; n++) {
        for (int j = 0; j < s->h->cols; j++)
            AT(ds->a, n, j) = AT(ds->h, n, j) - AT(ds->h, n, j) * AT(s->h, n, j) * AT(s->h, n, j);
        for (int i = 0; i < s->h->cols; i++) {
            AT(ds->hprev, n, i) = 0;
            for (int j = 0; j < s->h->cols; j++) AT(ds->hprev, n, i) += AT(ds->a, n, j) * AT(cell->Wh, i, j);
        }
    }
}

void timernn_forward(timernn *l, int T, mat *const *xs)
{
    const int N = l->h->rows, H = l->h->cols, D = xs[0]->cols;
    for (int i = 0; i < N * H; i++) l->hs[-1]->v[i] = l->has_state ? l->h->v[i] : 0;
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++)
            for (int j = 0; j < H; j++) {
                double a = AT(l->cell.b, 0, j);
                for (int i = 0; i < H; i++) a += AT(l->hs[t - 1], n, i) * AT(l->cell.Wh, i, j);
                for (int i = 0; i < D; i++) a += AT(xs[t], n, i) * AT(l->cell.Wx, i, j);
                AT(l->hs[t], n, j) = 1 - 2 / (exp(2 * a) + 1);
            }
    for (int i = 0; i < N * H; i++) l->h->v[i] = l->hs[T - 1]->v[i];
    l->has_state = l->stateful;
}

/* Steps t to T - 1; what the steps from t + 1 hand back is left in l->dh. */
static void back_to(timernn *l, int t, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    const int N = l->h->rows, H = l->h->cols, D = xs[0]->cols;
    if (t == T) {
        for (int i = 0; i < N * H; i++) l->dh->v[i] = 0;
        return;
    }
    back_to(l, t + 1, T, xs, dhs, dxs);
    mat *da = l->das[t];
    for (int i = 0; i < N * H; i++)
        da->v[i] = (l->dh->v[i] + dhs[t]->v[i]) * (1 - l->hs[t]->v[i] * l->hs[t]->v[i]);
    for (int n = 0; n < N; n++) {
        for (int i = 0; i < H; i++) {
            double sum = 0;
            for (int j = 0; j < H; j++) {
                sum += AT(da, n, j) * AT(l->cell.Wh, i, j);
                AT(l->d.Wh, i, j) += AT(l->hs[t - 1], n, i) * AT(da, n, j);
            }
            AT(l->dh, n, i) = sum;
            AT(l->d.b, 0, i) += AT(da, n, i);
        }
        for (int i = 0; i < D; i++) {
            double sum = 0;
            for (int j = 0; j < H; j++) {
                sum += AT(da, n, j) * AT(l->cell.Wx, i, j);
                AT(l->d.Wx, i, j) += AT(xs[t], n, i) * AT(da, n, j);
            }
            AT(dxs[t], n, i) = sum;
        }
    }
}

void timernn_backward(timernn *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    back_to(l, 0, T, xs, dhs, dxs);
}

void timeembedding_backward(mat *dW, int T, int N, const int *ids, mat *const *dxs)
{
    for (int word = 0; word < dW->rows; word++)
        for (int k = T * N - 1; k >= 0; k--)
            if (ids[k] == word)
                for (int j = 0; j < dW->cols; j++) AT(dW, word, j) += AT(dxs[k / N], k % N, j);
}

void timeaffine_backward(const mat *W, mat *dW, mat *db, int T, mat *const *hs, mat *const *dys,
                         mat **dhs)
{
    for (int i = 0; i < W->rows; i++)
        for (int j = 0; j < W->cols; j++)
            for (int t = 0; t < T; t++)
                for (int n = 0; n < hs[t]->rows; n++) {
                    AT(dW, i, j) += AT(hs[t], n, i) * AT(dys[t], n, j);
                    if (i == 0) AT(db, 0, j) += AT(dys[t], n, j);
                    if (j == 0) AT(dhs[t], n, i) = 0;
                    AT(dhs[t], n, i) += AT(dys[t], n, j) * AT(W, i, j);
                }
}

double timeloss_forward(int T, int N, mat *const *ys, const int *targets, mat **ps)
{
    long double loss = 0;
    int counted = 0;
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++) {
            double most = -INFINITY, sum = 0;
            const int target = targets[t * N + n], V = ys[t]->cols;
            for (int k = 0; k < V; k++) most = fmax(most, AT(ys[t], n, k));
            for (int k = 0; k < V; k++) sum += exp(AT(ys[t], n, k) - most);
            for (int k = 0; k < V; k++) AT(ps[t], n, k) = exp(AT(ys[t], n, k) - most - log(sum));
            if (target < 0) continue;
            loss += log(sum) + most - AT(ys[t], n, target);
            counted++;
        }
    return counted == 0 ? 0 : (double) (loss / counted);
}

void timeloss_backward(int T, int N, const int *targets, mat *const *ps, mat **dys)
{
    int counted = 0;
    for (int k = T * N; k--;) counted += targets[k] >= 0;
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++)
            for (int k = 0; k < ps[t]->cols; k++) {
                const int target = targets[t * N + n];
                AT(dys[t], n, k) = target < 0 ? 0 : (AT(ps[t], n, k) - (k == target)) / counted;
            }
}
