/* gru.c: the GRU layer. See gru.h. */
#include "gru.h"

#include "fn.h"
#include "require.h"
#include "vectors.h"

#include <stdlib.h>

void grulayer_forward(const gruwh *Wh, grustep *s)
{
    const int N = s->h->rows, H = s->h->cols;
    mat_add_ab(s->zr, s->hprev, Wh->zr); /* z r = x Wx + b + hprev Wh */
    for (int n = 0; n < N; n++) fn_sigmoid_all(2 * H, s->zr->v + n * 2 * H);
    for (int n = 0; n < N; n++) {
        const real *r = s->zr->v + n * 2 * H + H, *hprev = s->hprev->v + n * H;
        real *u = s->u->v + n * H;
        for (int j = 0; j < H; j++) u[j] = Wh->b ? Wh->b->v[j] : r[j] * hprev[j]; /* u = r∘hprev */
    }
    if (Wh->b) {
        mat_add_ab(s->u, s->hprev, Wh->n); /* u = hprev Wh_n + b_h */
        for (int n = 0; n < N; n++)
            for (int j = 0; j < H; j++)
                s->n->v[n * H + j] +=
                    s->zr->v[n * 2 * H + H + j] * s->u->v[n * H + j]; /* n += r∘u */
    } else
        mat_add_ab(s->n, s->u, Wh->n); /* n += u Wh_n */
    mat_tanh(s->n);
    for (int n = 0; n < N; n++) {
        const real *z = s->zr->v + n * 2 * H, *hprev = s->hprev->v + n * H, *c = s->n->v + n * H;
        real *h = s->h->v + n * H;
        for (int j = 0; j < H; j++) h[j] = (1 - z[j]) * hprev[j] + z[j] * c[j];
    }
}

/* A row of a step's gradients: what does not wait for a product with Wh. */
static void row_backward(int H, const real *zr, const real *hprev, const real *c, const real *u,
                         const real *dh, real *restrict dzr, real *restrict dc, real *restrict du,
                         real *restrict dhprev)
{
    const real *z = zr, *r = z + H;
    real *dz = dzr, *dr = dz + H;
    for (int j = 0; j < H; j++) {
        const real d = dh[j] * z[j] * (1 - c[j] * c[j]);
        dz[j] = dh[j] * (c[j] - hprev[j]) * z[j] * (1 - z[j]);
        dc[j] = d;
        dhprev[j] = dh[j] * (1 - z[j]);
        du[j] = d * r[j]; /* reset after the product; else set below */
        dr[j] = d * u[j]; /* the same */
    }
}

/* C += A Bᵀ, by Bᵀ itself if it is known. */
static void add_abt(mat *C, const mat *A, const mat *B, const mat *BT)
{
    if (BT)
        mat_add_ab(C, A, BT);
    else
        mat_add_abt(C, A, B);
}

/* Backward through one step; WhT: the transposes, NULL where they are not known. */
static void backward(const gruwh *Wh, const gruwh *WhT, const grustep *s, grustep *ds)
{
    const int N = s->h->rows, H = s->h->cols;
    for (int n = 0; n < N; n++)
        row_backward(H, s->zr->v + n * 2 * H, s->hprev->v + n * H, s->n->v + n * H, s->u->v + n * H,
                     ds->h->v + n * H, ds->zr->v + n * 2 * H, ds->n->v + n * H, ds->u->v + n * H,
                     ds->hprev->v + n * H);
    if (Wh->b)
        add_abt(ds->hprev, ds->u, Wh->n, WhT->n); /* dhprev += du Wh_nᵀ */
    else
        add_abt(mat_zero(ds->u), ds->n, Wh->n, WhT->n); /* du = dn Wh_nᵀ */
    for (int n = 0; n < N; n++) {
        const real *r = s->zr->v + n * 2 * H + H, *hprev = s->hprev->v + n * H,
                   *du = ds->u->v + n * H;
        real *dr = ds->zr->v + n * 2 * H + H, *dhprev = ds->hprev->v + n * H;
        for (int j = 0; j < H; j++) {
            if (!Wh->b) {
                dr[j] = du[j] * hprev[j];
                dhprev[j] += du[j] * r[j];
            }
            dr[j] *= r[j] * (1 - r[j]);
        }
    }
    add_abt(ds->hprev, ds->zr, Wh->zr, WhT->zr); /* dhprev += [dz dr] Wh_zrᵀ */
}

void grulayer_backward(const gruwh *Wh, const grustep *s, grustep *ds)
{
    backward(Wh, &(gruwh){NULL, NULL, NULL}, s, ds);
}

/* New matrices for columns of Wh; b only if the reset is after the product. */
static gruwh wh_new(int H, bool after)
{
    return (gruwh){mat_new(H, 2 * H), mat_new(H, H), after ? mat_new(1, H) : NULL};
}

timegru *timegru_new(int N, int room, grucell cell, grucell d, bool stateful)
{
    const int H = cell.Wh->rows, G = GRU_GATES * H;
    const bool after = cell.b->cols > G;
    REQUIRE(room, >, 0);
    REQUIRE(cell.Wh->cols, ==, G);
    timegru *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    mat **hs = mats_new(room + 1, N, H);
    *l = (timegru){.room = room,
                   .stateful = stateful,
                   .cell = cell,
                   .d = d,
                   .Wh = wh_new(H, after),
                   .dWh = wh_new(H, after),
                   .bx = after ? mat_new(1, G) : NULL,
                   .dbx = after ? mat_new(1, G) : NULL,
                   .hs = hs ? hs + 1 : NULL,
                   .as = mats_new(room, N, G),
                   .zrs = mats_new(room, N, 2 * H),
                   .ns = mats_new(room, N, H),
                   .us = mats_new(room, N, H),
                   .h = mat_new(N, H),
                   .dh = mat_new(N, H),
                   .dzrs = mats_new(room, N, 2 * H),
                   .dns = mats_new(room, N, H),
                   .dus = mats_new(room, N, H),
                   .WhT = {mat_new(2 * H, H), mat_new(H, H), NULL},
                   .sum = mat_new(N, H)};
    const bool split = l->Wh.zr && l->Wh.n && l->dWh.zr && l->dWh.n && l->WhT.zr && l->WhT.n,
               biases = l->Wh.b && l->dWh.b && l->bx && l->dbx;
    if (split && (biases || !after) && l->hs && l->as && l->zrs && l->ns && l->us && l->h &&
        l->dh && l->dzrs && l->dns && l->dus && l->sum)
        return l;
    timegru_free(l);
    return NULL;
}

void timegru_free(timegru *l)
{
    if (!l) return;
    if (l->hs) vectors_free(l->hs - 1, l->room + 1);
    mat **const lists[] = {l->as, l->zrs, l->ns, l->us, l->dzrs, l->dns, l->dus};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) vectors_free(lists[k], l->room);
    mat *const each[] = {l->Wh.zr, l->Wh.n, l->Wh.b, l->dWh.zr, l->dWh.n, l->dWh.b, l->WhT.zr,
                         l->WhT.n, l->bx,   l->dbx,  l->h,      l->dh,    l->sum};
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) mat_free(each[k]);
    free(l);
}

void timegru_set_state(timegru *l, const mat *h)
{
    mat_copy(l->h, h);
    l->has_state = true;
}

void timegru_reset_state(timegru *l) { l->has_state = false; }

/* B = columns of A, from this one on. */
static void take_columns(mat *B, const mat *A, int from)
{
    for (int i = 0; i < B->rows; i++)
        for (int j = 0; j < B->cols; j++) B->v[i * B->cols + j] = A->v[i * A->cols + from + j];
}

/* Columns of A, from this one on, += B. */
static void add_to_columns(mat *A, int from, const mat *B)
{
    for (int i = 0; i < B->rows; i++)
        for (int j = 0; j < B->cols; j++) A->v[i * A->cols + from + j] += B->v[i * B->cols + j];
}

/* Step t of a block, in the layer's matrices. */
static grustep step_at(const timegru *l, int t)
{
    return (grustep){l->hs[t - 1], l->zrs[t], l->ns[t], l->us[t], l->hs[t]};
}

void timegru_forward(timegru *l, int T, mat *const *xs)
{
    const int H = l->h->cols;
    REQUIRE(T, >=, 1);
    REQUIRE(T, <=, l->room);
    if (l->has_state)
        mat_copy(l->hs[-1], l->h);
    else
        mat_zero(l->hs[-1]);
    take_columns(l->Wh.zr, l->cell.Wh, 0);
    take_columns(l->Wh.n, l->cell.Wh, 2 * H);
    if (l->bx) {
        take_columns(l->bx, l->cell.b, 0);
        take_columns(l->Wh.b, l->cell.b, GRU_GATES * H);
    }
    timeaffine_forward(l->cell.Wx, l->bx ? l->bx : l->cell.b, T, xs, l->as); /* x Wx + b */
    for (int t = 0; t < T; t++) {
        grustep s = step_at(l, t);
        take_columns(s.zr, l->as[t], 0);
        take_columns(s.n, l->as[t], 2 * H);
        grulayer_forward(&l->Wh, &s);
    }
    mat_copy(l->h, l->hs[T - 1]);
    l->has_state = l->stateful;
}

void timegru_backward(timegru *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    const int H = l->h->cols;
    REQUIRE(T, >=, 1);
    REQUIRE(T, <=, l->room);
    mat_zero(l->dh);
    mat_set_at(l->WhT.zr, l->Wh.zr);
    mat_set_at(l->WhT.n, l->Wh.n);
    for (int t = T - 1; t >= 0; t--) {
        const grustep s = step_at(l, t);
        grustep ds = {l->dh, l->dzrs[t], l->dns[t], l->dus[t], l->sum};
        mat_copy(ds.h, dhs[t]); /* dh = dL/dhs[t] from above    */
        mat_add(ds.h, l->dh);   /*    + the same from step t+1  */
        backward(&l->Wh, &l->WhT, &s, &ds);
        mat_zero(l->as[t]);
        add_to_columns(l->as[t], 0, ds.zr); /* z r n side by side again */
        add_to_columns(l->as[t], 2 * H, ds.n);
    }
    /* Wh_n met r∘hprev, or hprev and then r. */
    mats_add_atb(mat_zero(l->dWh.zr), l->hs - 1, l->dzrs, T);
    mat_zero(l->dWh.n);
    if (l->bx) {
        mats_add_atb(l->dWh.n, l->hs - 1, l->dus, T);
        mat_zero(l->dWh.b);
        for (int t = 0; t < T; t++)
            for (int n = 0; n < l->h->rows; n++)
                for (int j = 0; j < H; j++) l->dWh.b->v[j] += l->dus[t]->v[n * H + j];
        add_to_columns(l->d.b, GRU_GATES * H, l->dWh.b);
    } else
        mats_add_atb(l->dWh.n, l->us, l->dns, T);
    add_to_columns(l->d.Wh, 0, l->dWh.zr);
    add_to_columns(l->d.Wh, 2 * H, l->dWh.n);
    mat *db = l->dbx ? mat_zero(l->dbx) : l->d.b;
    timeaffine_backward(l->cell.Wx, l->d.Wx, db, T, xs, l->as, dxs); /* db, dWx and dx */
    if (l->dbx) add_to_columns(l->d.b, 0, l->dbx);
}

/* ---- as a recurrent layer of any kind ---- */

static void *gru_make(int N, int room, rnncell cell, rnncell d, bool stateful)
{
    return timegru_new(N, room, cell, d, stateful);
}

static void gru_release(void *l) { timegru_free(l); }
static void gru_set_state(void *l, cellstate before) { timegru_set_state(l, before.of[0]); }
static void gru_reset_state(void *l) { timegru_reset_state(l); }
static void gru_run(void *l, int T, mat *const *xs) { timegru_forward(l, T, xs); }

static void gru_back(void *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    timegru_backward(l, T, xs, dhs, dxs);
}

static mat **gru_hs(const void *l) { return ((const timegru *) l)->hs; }
static cellstate gru_state(const void *l) { return (cellstate){{((const timegru *) l)->h}}; }
static cellstate gru_dstate(const void *l) { return (cellstate){{((const timegru *) l)->dh}}; }

/* The two differ in the width of b, which tells timegru_new() which it is. */
#define GRU(name, biases)                                                                          \
    {                                                                                              \
        name, GRU_GATES, biases, -1, gru_make, gru_release, gru_set_state, gru_reset_state,        \
            gru_run, gru_back, gru_hs, gru_state, gru_dstate                                       \
    }

const celltype gru_type = GRU("gru", 3);
const celltype gru_after_type = GRU("gru-after", 4);
