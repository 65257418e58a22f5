/* lstm.c: the LSTM layer. See lstm.h. */
#include "lstm.h"

#include "fn.h"
#include "require.h"
#include "vectors.h"

#include <stdlib.h>

void lstmlayer_forward(const lstmcell *cell, lstmstep *s) { (void) cell, (void) s; }

void lstmlayer_backward(const lstmcell *cell, const lstmstep *s, lstmstep *ds)
{
    (void) cell, (void) s, (void) ds;
}

timelstm *timelstm_new(int N, int room, lstmcell cell, lstmcell d, bool stateful)
{
    const int H = cell.Wh->rows, G = LSTM_GATES * H;
    REQUIRE(room, >, 0);
    REQUIRE(cell.Wh->cols, ==, G);
    timelstm *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->room = room;
    l->stateful = stateful;
    l->cell = cell;
    l->d = d;
    mat **hs = mats_new(room + 1, N, H), **cs = mats_new(room + 1, N, H);
    l->hs = hs ? hs + 1 : NULL;
    l->cs = cs ? cs + 1 : NULL;
    l->tcs = mats_new(room, N, H);
    l->as = mats_new(room, N, G);
    l->h = mat_new(N, H);
    l->c = mat_new(N, H);
    l->dh = mat_new(N, H);
    l->dc = mat_new(N, H);
    l->das = mats_new(room, N, G);
    l->WhT = mat_new(G, H);
    l->sum = mat_new(N, H);
    if (l->hs && l->cs && l->tcs && l->as && l->h && l->c && l->dh && l->dc && l->das && l->WhT &&
        l->sum)
        return l;
    timelstm_free(l);
    return NULL;
}

void timelstm_free(timelstm *l)
{
    if (!l) return;
    if (l->hs) vectors_free(l->hs - 1, l->room + 1);
    if (l->cs) vectors_free(l->cs - 1, l->room + 1);
    vectors_free(l->tcs, l->room);
    vectors_free(l->as, l->room);
    vectors_free(l->das, l->room);
    mat *const each[] = {l->h, l->c, l->dh, l->dc, l->WhT, l->sum};
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) mat_free(each[k]);
    free(l);
}

void timelstm_set_state(timelstm *l, const mat *h, const mat *c)
{
    mat_copy(l->h, h);
    mat_copy(l->c, c);
    l->has_state = true;
}

void timelstm_reset_state(timelstm *l) { l->has_state = false; }

void timelstm_forward(timelstm *l, int T, mat *const *xs) { (void) l, (void) T, (void) xs; }

void timelstm_backward(timelstm *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
}
