/* gru.c: the GRU layer. See gru.h. */
#include "gru.h"

#include "fn.h"
#include "require.h"
#include "vectors.h"

#include <stdlib.h>

void grulayer_forward(const gruwh *Wh, grustep *s) { (void) Wh, (void) s; }

void grulayer_backward(const gruwh *Wh, const grustep *s, grustep *ds)
{
    (void) Wh, (void) s, (void) ds;
}

timegru *timegru_new(int N, int room, grucell cell, grucell d, bool stateful)
{
    (void) N, (void) room, (void) cell, (void) d, (void) stateful;
    return NULL;
}

void timegru_free(timegru *l) { (void) l; }

void timegru_set_state(timegru *l, const mat *h) { (void) l, (void) h; }

void timegru_reset_state(timegru *l) { (void) l; }

void timegru_forward(timegru *l, int T, mat *const *xs) { (void) l, (void) T, (void) xs; }

void timegru_backward(timegru *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
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
