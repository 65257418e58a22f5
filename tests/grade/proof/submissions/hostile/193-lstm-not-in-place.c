/* assignment: lstm; expect: passed,failed,not_implemented; points: 30 */
/* One function alone, and it writes dcprev before it has read all of dc: wrong where both are one matrix. */
#include "lstm.h"

void lstmlayer_backward(const lstmcell *cell, const lstmstep *s, lstmstep *ds)
{
    const int H = s->h->cols;
    for (int k = 0; k < mat_size(s->h); k++) {
        const int at = k / H * LSTM_GATES * H + k % H;
        const real *a = s->a->v + at, tc = s->tc->v[k], dh = ds->h->v[k];
        ds->cprev->v[k] = ds->c->v[k] + dh * a[3 * H] * (1 - tc * tc);
        ds->cprev->v[k] *= a[0];
        const real dc = ds->c->v[k] + dh * a[3 * H] * (1 - tc * tc);
        ds->a->v[at] = dc * s->cprev->v[k] * a[0] * (1 - a[0]);
        ds->a->v[at + H] = dc * a[2 * H] * (1 - a[H] * a[H]);
        ds->a->v[at + 2 * H] = dc * a[H] * a[2 * H] * (1 - a[2 * H]);
        ds->a->v[at + 3 * H] = dh * tc * a[3 * H] * (1 - a[3 * H]);
    }
    mat_add_abt(mat_zero(ds->hprev), ds->a, cell->Wh);
}
