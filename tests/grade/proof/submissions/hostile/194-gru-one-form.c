/* assignment: gru; expect: passed,failed,not_implemented; points: 18 */
/* One function alone, and only with the reset before the product: wrong where Wh->b is there. */
#include "gru.h"

#include "fn.h"

void grulayer_forward(const gruwh *Wh, grustep *s)
{
    const int H = s->h->cols;
    mat_add_ab(s->zr, s->hprev, Wh->zr);
    for (int i = 0; i < mat_size(s->zr); i++) s->zr->v[i] = fn_sigmoid(s->zr->v[i]);
    for (int i = 0; i < mat_size(s->u); i++)
        s->u->v[i] = s->zr->v[i / H * 2 * H + H + i % H] * s->hprev->v[i];
    mat_tanh(mat_add_ab(s->n, s->u, Wh->n));
    for (int i = 0; i < mat_size(s->h); i++) {
        const real z = s->zr->v[i / H * 2 * H + i % H];
        s->h->v[i] = (1 - z) * s->hprev->v[i] + z * s->n->v[i];
    }
}
