/* assignment: gru; expect: passed; points: 100 */
/* One sequence at a time, without a product: sums over the columns as the equations have them. Right. */
#include "gru.h"

#include "fn.h"

#include <stddef.h>

/* Element j of row n. */
static real *el(mat *A, int n, int j) { return &A->v[n * A->cols + j]; }

/* What a candidate gets from u: of the row u through Wh, or r times u. */
static real from_u(const gruwh *Wh, const grustep *s, int n, int j)
{
    const int H = s->h->cols;
    real sum = 0;
    if (Wh->b) return *el(s->zr, n, H + j) * *el(s->u, n, j);
    for (int i = 0; i < H; i++) sum += *el(s->u, n, i) * *el(Wh->n, i, j);
    return sum;
}

void grulayer_forward(const gruwh *Wh, grustep *s)
{
    const int H = s->h->cols;
    for (int n = 0; n < s->h->rows; n++) {
        for (int j = 0; j < 2 * H; j++) {
            real sum = *el(s->zr, n, j);
            for (int i = 0; i < H; i++) sum += *el(s->hprev, n, i) * *el(Wh->zr, i, j);
            *el(s->zr, n, j) = fn_sigmoid(sum);
        }
        for (int j = 0; j < H; j++) {
            real sum = Wh->b ? *el(Wh->b, 0, j) : *el(s->zr, n, H + j) * *el(s->hprev, n, j);
            for (int i = 0; i < H && Wh->b; i++) sum += *el(s->hprev, n, i) * *el(Wh->n, i, j);
            *el(s->u, n, j) = sum;
        }
        for (int j = 0; j < H; j++) {
            const real c = fn_tanh(*el(s->n, n, j) + from_u(Wh, s, n, j)), h = *el(s->hprev, n, j);
            *el(s->n, n, j) = c;
            *el(s->h, n, j) = h + *el(s->zr, n, j) * (c - h);
        }
    }
}

void grulayer_backward(const gruwh *Wh, const grustep *s, grustep *ds)
{
    const int H = s->h->cols;
    for (int n = 0; n < s->h->rows; n++) {
        for (int j = 0; j < H; j++) {
            const real dh = *el(ds->h, n, j), z = *el(s->zr, n, j), c = *el(s->n, n, j);
            *el(ds->n, n, j) = dh * z * (1 - c * c);
            *el(ds->zr, n, j) = dh * (c - *el(s->hprev, n, j)) * (z - z * z);
            *el(ds->hprev, n, j) = dh - dh * z;
        }
        for (int j = 0; j < H; j++) {
            const real r = *el(s->zr, n, H + j);
            real du = Wh->b ? *el(ds->n, n, j) * r : 0;
            for (int i = 0; i < H && !Wh->b; i++) du += *el(ds->n, n, i) * *el(Wh->n, j, i);
            *el(ds->u, n, j) = du;
            const real met = Wh->b ? *el(ds->n, n, j) * *el(s->u, n, j) : du * *el(s->hprev, n, j);
            *el(ds->zr, n, H + j) = met * (r - r * r);
            if (!Wh->b) *el(ds->hprev, n, j) += du * r;
        }
        for (int i = 0; i < H; i++) {
            for (int j = 0; j < 2 * H; j++)
                *el(ds->hprev, n, i) += *el(ds->zr, n, j) * *el(Wh->zr, i, j);
            for (int j = 0; j < H && Wh->b; j++)
                *el(ds->hprev, n, i) += *el(ds->u, n, j) * *el(Wh->n, i, j);
        }
    }
}

/* The gradients of one step, of sequence n. */
static void add_step(timegru *l, const grustep *s, const grustep *ds, int n, mat *x, mat *dx)
{
    const int H = l->h->cols, D = x->cols;
    for (int i = 0; i < D; i++) *el(dx, n, i) = 0;
    for (int j = 0; j < 3 * H; j++) {
        const real da = j < 2 * H ? *el(ds->zr, n, j) : *el(ds->n, n, j - 2 * H);
        *el(l->d.b, 0, j) += da;
        for (int i = 0; i < D; i++) *el(l->d.Wx, i, j) += *el(x, n, i) * da;
        for (int i = 0; i < D; i++) *el(dx, n, i) += *el(l->cell.Wx, i, j) * da;
        for (int i = 0; i < H; i++) {
            const bool inside = j >= 2 * H, after = l->Wh.b != NULL;
            const real met = inside && !after ? *el(s->u, n, i) : *el(s->hprev, n, i);
            *el(l->d.Wh, i, j) += met * (inside && after ? *el(ds->u, n, j - 2 * H) : da);
        }
    }
    for (int j = 0; j < H && l->Wh.b; j++) *el(l->d.b, 0, 3 * H + j) += *el(ds->u, n, j);
}

void timegru_backward(timegru *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    mat_zero(l->dh);
    for (int t = T; t-- > 0;) {
        const grustep s = {l->hs[t - 1], l->zrs[t], l->ns[t], l->us[t], l->hs[t]};
        grustep ds = {l->dh, l->dzrs[t], l->dns[t], l->dus[t], l->sum};
        mat_copy(l->sum, mat_add(l->dh, dhs[t]));
        grulayer_backward(&l->Wh, &s, &ds);
        for (int n = 0; n < l->h->rows; n++) add_step(l, &s, &ds, n, xs[t], dxs[t]);
    }
}
