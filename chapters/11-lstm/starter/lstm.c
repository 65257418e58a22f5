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
    (void) N, (void) room, (void) cell, (void) d, (void) stateful;
    return NULL;
}

void timelstm_free(timelstm *l) { (void) l; }

void timelstm_set_state(timelstm *l, const mat *h, const mat *c) { (void) l, (void) h, (void) c; }

void timelstm_reset_state(timelstm *l) { (void) l; }

void timelstm_forward(timelstm *l, int T, mat *const *xs) { (void) l, (void) T, (void) xs; }

void timelstm_backward(timelstm *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    (void) l, (void) T, (void) xs, (void) dhs, (void) dxs;
}
