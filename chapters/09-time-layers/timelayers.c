/* timelayers.c: layers over time and over a mini-batch. See timelayers.h. */
#include "timelayers.h"

#include "fn.h"
#include "require.h"
#include "vectors.h"

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

/* b += the sum of the rows of A[t], for all t. */
static void add_rows_to(mat *b, mat *const *A, int T)
{
    for (int t = 0; t < T; t++) {
        REQUIRE(mat_size(b), ==, A[t]->cols);
        for (int n = 0; n < A[t]->rows; n++)
            for (int j = 0; j < b->cols; j++) b->v[j] += A[t]->v[n * b->cols + j];
    }
}

void rnnlayer_forward(const rnncell *cell, rnnstep *s)
{
    mat_add_ab(s->h, s->hprev, cell->Wh); /* h  = x Wx + b + hprev Wh */
    mat_tanh(s->h);                       /* h  = tanh h              */
}

void rnnlayer_backward(const rnncell *cell, const rnnstep *s, rnnstep *ds)
{
    mat_dtanh(ds->a, s->h, ds->h);                     /* da      = (1 - h∘h) ∘ dh */
    mat_add_abt(mat_zero(ds->hprev), ds->a, cell->Wh); /* dhprev  = da Whᵀ         */
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

/* Step t of a block, in the layer's matrices. */
static rnnstep step_at(const timernn *l, int t)
{
    return (rnnstep){.hprev = l->hs[t - 1], .h = l->hs[t]};
}

void timernn_forward(timernn *l, int T, mat *const *xs)
{
    REQUIRE(T, >=, 1);
    REQUIRE(T, <=, l->room);
    if (l->has_state)
        mat_copy(l->hs[-1], l->h);
    else
        mat_zero(l->hs[-1]);
    mats_add_ab(set_rows(l->hs, T, l->cell.b), xs, T, l->cell.Wx); /* x Wx + b, all steps at once */
    for (int t = 0; t < T; t++) {
        rnnstep s = step_at(l, t);
        rnnlayer_forward(&l->cell, &s);
    }
    mat_copy(l->h, l->hs[T - 1]);
    l->has_state = l->stateful;
}

void timernn_backward(timernn *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    REQUIRE(T, >=, 1);
    REQUIRE(T, <=, l->room);
    mat_zero(l->dh);
    for (int t = T - 1; t >= 0; t--) {
        const rnnstep s = step_at(l, t);
        rnnstep ds = {.hprev = l->dh, .a = l->das[t], .h = l->sum};
        mat_copy(ds.h, dhs[t]); /* dh = dL/dhs[t] from above    */
        mat_add(ds.h, l->dh);   /*    + the same from step t+1  */
        rnnlayer_backward(&l->cell, &s, &ds);
    }
    /* What no step waits for: all steps at once. */
    add_rows_to(l->d.b, l->das, T);                         /* db  += sum of the rows of da */
    mats_add_atb(l->d.Wh, l->hs - 1, l->das, T);            /* dWh += hprevᵀ da             */
    mats_add_atb(l->d.Wx, xs, l->das, T);                   /* dWx += xᵀ da                 */
    mats_add_abt(mats_zero(dxs, T), l->das, T, l->cell.Wx); /* dx   = da Wxᵀ                */
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
    const int D = dW->cols;
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++) {
            const int id = ids[t * N + n];
            REQUIRE(id, >=, 0);
            REQUIRE(id, <, dW->rows);
            REQUIRE(dxs[t]->cols, ==, D);
            for (int j = 0; j < D; j++) dW->v[id * D + j] += dxs[t]->v[n * D + j];
        }
}

void timeaffine_forward(const mat *W, const mat *b, int T, mat *const *hs, mat **ys)
{
    mats_add_ab(set_rows(ys, T, b), hs, T, W); /* y = b + h W */
}

void timeaffine_backward(const mat *W, mat *dW, mat *db, int T, mat *const *hs, mat *const *dys,
                         mat **dhs)
{
    add_rows_to(db, dys, T);                    /* db += sum of the rows of dy */
    mats_add_atb(dW, hs, dys, T);               /* dW += hᵀ dy                 */
    mats_add_abt(mats_zero(dhs, T), dys, T, W); /* dh  = dy Wᵀ                 */
}

static int count(int TN, const int *targets)
{
    int counted = 0;
    for (int i = 0; i < TN; i++) counted += targets[i] != TIMELOSS_IGNORED;
    return counted;
}

double timeloss_forward(int T, int N, mat *const *ys, const int *targets, mat **ps)
{
    const int V = ys[0]->cols, counted = count(T * N, targets);
    double loss = 0;
    for (int t = 0; t < T; t++) {
        mat_softmax_rows(ps[t], ys[t]);
        for (int n = 0; n < N; n++) {
            const int target = targets[t * N + n];
            REQUIRE(target, >=, TIMELOSS_IGNORED);
            REQUIRE(target, <, V);
            if (target != TIMELOSS_IGNORED) loss -= fn_log(ps[t]->v[n * V + target]);
        }
    }
    return counted ? loss / counted : 0;
}

void timeloss_backward(int T, int N, const int *targets, mat *const *ps, mat **dys)
{
    const int V = ps[0]->cols, counted = count(T * N, targets);
    for (int t = 0; t < T; t++)
        for (int n = 0; n < N; n++) {
            const int target = targets[t * N + n];
            const real *p = ps[t]->v + n * V;
            real *dy = dys[t]->v + n * V;
            const real part = target == TIMELOSS_IGNORED ? 0 : 1 / (real) counted;
            for (int k = 0; k < V; k++) dy[k] = p[k] * part;    /* dy = p / count            */
            if (target != TIMELOSS_IGNORED) dy[target] -= part; /* - 1 / count at the target */
        }
}
