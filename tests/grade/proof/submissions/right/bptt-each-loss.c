/* assignment: bptt; expect: passed; points: 100 */
/* The loss of each step by itself, followed back through all the steps before it: T times the work. */
#include "backward.h"

#include <string.h>

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    enum { MOST = 256 };
    const int H = net->Whh->rows;
    double dh[MOST], raw[MOST];
    if (H > MOST) return;
    for (int end = 0; end < tr->T; end++) {
        mat *dy = mat_copy(w->dy, tr->ps[end]);
        dy->v[targets[end]] -= 1.0;
        mat_add_xyt(d->Why, dy, tr->hs[end]);
        mat_add(d->by, dy);
        mat_set_atx(w->dh, net->Why, dy);
        memcpy(dh, w->dh->v, (size_t) H * sizeof *dh);
        for (int t = end; t >= 0; t--) {
            for (int i = 0; i < H; i++)
                raw[i] = dh[i] * (1 - tr->hs[t]->v[i]) * (1 + tr->hs[t]->v[i]);
            for (int i = 0; i < H; i++) {
                d->bh->v[i] += raw[i];
                d->Wxh->v[i * d->Wxh->cols + tr->xs[t]] += raw[i];
                for (int j = 0; j < H; j++) d->Whh->v[i * H + j] += raw[i] * tr->hs[t - 1]->v[j];
            }
            memset(dh, 0, sizeof dh);
            for (int i = 0; i < H; i++)
                for (int j = 0; j < H; j++) dh[j] += net->Whh->v[i * H + j] * raw[i];
        }
    }
}
