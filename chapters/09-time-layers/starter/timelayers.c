/* timelayers.c: layers over time and over a mini-batch. See timelayers.h. */
#include "timelayers.h"

#include "vectors.h"

#include <math.h>
#include <stdlib.h>

void rnnlayer_forward(const rnncell *cell, rnnstep *s) { (void) cell, (void) s; }

void rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnnstep *ds)
{
    (void) cell, (void) s, (void) ds;
}

timernn *timernn_new(int N, int room, rnncell cell, rnncell d, bool stateful)
{
    (void) N, (void) room, (void) cell, (void) d, (void) stateful;
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
