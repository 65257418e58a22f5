/* timelayers.c: layers over time and over a mini-batch. See timelayers.h. */
#include "timelayers.h"

#include "vectors.h"

#include <math.h>
#include <stdlib.h>

void rnnlayer_forward(const mat *Wx, const mat *Wh, const mat *b, const mat *x, const mat *hprev,
                      mat *h)
{
    (void) Wx, (void) Wh, (void) b, (void) x, (void) hprev, (void) h;
}

void rnnlayer_backward(const mat *Wx, const mat *Wh, const mat *x, const mat *hprev, const mat *h,
                       const mat *dh, mat *dWx, mat *dWh, mat *db, mat *dx, mat *dhprev, mat *da)
{
    (void) Wx, (void) Wh, (void) x, (void) hprev, (void) h, (void) dh;
    (void) dWx, (void) dWh, (void) db, (void) dx, (void) dhprev, (void) da;
}

timernn *timernn_new(int N, int room, int D, int H, bool stateful)
{
    (void) N, (void) room, (void) D, (void) H, (void) stateful;
    return NULL;
}

void timernn_free(timernn *l) { (void) l; }

void timernn_set_state(timernn *l, const mat *h) { (void) l, (void) h; }

void timernn_reset_state(timernn *l) { (void) l; }

void timernn_forward(timernn *l, int T, mat *const *xs) { (void) l, (void) T, (void) xs; }

void timernn_backward(timernn *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
}

void timeembedding_forward(const mat *W, int T, int N, const int *ids, mat **xs)
{
    (void) W, (void) T, (void) N, (void) ids, (void) xs;
}

void timeembedding_backward(mat *dW, int T, int N, const int *ids, mat *const *dxs)
{
    (void) dW, (void) T, (void) N, (void) ids, (void) dxs;
}

void timeaffine_forward(const mat *W, const mat *b, int T, mat *const *hs, mat **ys)
{
    (void) W, (void) b, (void) T, (void) hs, (void) ys;
}

void timeaffine_backward(const mat *W, mat *dW, mat *db, int T, mat *const *hs, mat *const *dys,
                         mat **dhs)
{
    (void) W, (void) dW, (void) db, (void) T, (void) hs, (void) dys, (void) dhs;
}

double timeloss_forward(int T, int N, mat *const *ys, const int *targets, mat **ps)
{
    (void) T, (void) N, (void) ys, (void) targets, (void) ps;
    return NAN;
}

void timeloss_backward(int T, int N, const int *targets, mat *const *ps, mat **dys)
{
    (void) T, (void) N, (void) targets, (void) ps, (void) dys;
}
