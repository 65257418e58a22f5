/* timelayers.c: layers over time and over a mini-batch. See timelayers.h. */
#include "timelayers.h"

#include "require.h"
#include "vectors.h"

#include <math.h>
#include <stdlib.h>

/* Every row of A[t] = b, for all t. */
static mat **set_rows(mat **A, int T, const mat *b)
{
    for (int t = 0; t < T; t++) {
        REQUIRE(mat_size(b), ==, A[t]->cols);
        for (int n = 0; n < A[t]->rows; n++)
            for (int j = 0; j < b->cols; j++) A[t]->v[n * b->cols + j] = b->v[j];
    }
    return A;
}

void rnnlayer_forward(const rnncell *cell, rnnstep *s) { (void) cell, (void) s; }

void rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnnstep *ds)
{
    (void) cell, (void) s, (void) ds;
}

timernn *timernn_new(int N, int room, rnncell cell, rnncell d, bool stateful)
{
    const int H = cell.Wh->rows;
    REQUIRE(room, >, 0);
    timernn *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->room = room;
    l->stateful = stateful;
    l->cell = cell;
    l->d = d;
    mat **hs = mats_new(room + 1, N, H);
    l->hs = hs ? hs + 1 : NULL;
    l->h = mat_new(N, H);
    l->dh = mat_new(N, H);
    l->das = mats_new(room, N, H);
    l->sum = mat_new(N, H);
    if (l->hs && l->h && l->dh && l->das && l->sum) return l;
    timernn_free(l);
    return NULL;
}

void timernn_free(timernn *l)
{
    if (!l) return;
    if (l->hs) vectors_free(l->hs - 1, l->room + 1);
    mat_free(l->h);
    mat_free(l->dh);
    vectors_free(l->das, l->room);
    mat_free(l->sum);
    free(l);
}

void timernn_set_state(timernn *l, const mat *h)
{
    mat_copy(l->h, h);
    l->has_state = true;
}

void timernn_reset_state(timernn *l) { l->has_state = false; }

void timernn_forward(timernn *l, int T, mat *const *xs) { (void) l, (void) T, (void) xs; }

void timernn_backward(timernn *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
}

void timeembedding_forward(const mat *W, int T, int N, const int *ids, mat **xs)
{
    const int D = W->cols;
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++) {
            const int id = ids[t * N + n];
            REQUIRE(id, >=, 0);
            REQUIRE(id, <, W->rows);
            REQUIRE(xs[t]->cols, ==, D);
            for (int j = 0; j < D; j++) xs[t]->v[n * D + j] = W->v[id * D + j];
        }
}

void timeembedding_backward(mat *dW, int T, int N, const int *ids, mat *const *dxs)
{
    (void) dW, (void) T, (void) N, (void) ids, (void) dxs;
}

void timeaffine_forward(const mat *W, const mat *b, int T, mat *const *hs, mat **ys)
{
    mats_add_ab(set_rows(ys, T, b), hs, T, W); /* y = b + h W */
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
