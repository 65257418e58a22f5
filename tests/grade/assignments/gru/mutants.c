/* gru/mutants.c: the GRU layer with its known mistakes. See mutants.h.
 *
 * The first are those of this chapter's list, in its words. */
#include "../gate_mutants.h"
#include "../mutant_mats.h"
#include "gru.h"
#include "mutants.h"

#include <math.h>

enum {
    LISTED = GATEBUGS - GRU_DIRECT_Z, /* the GRU's mistakes of the list */
    Z_TURNED = LISTED,
    NO_HPREV,
    FORM_OTHER,
    R_FOR_Z,
    NO_TANH_N,
    HPREV_NOT_KEPT,
    WEIGHTS_OVERWRITTEN,
    BIAS_INSIDE_LOST,
    BIAS_ONE_ROW,
    MUTANTS
};

#define AT(section) "gru", section, NULL, NULL
static const known_bug table[MUTANTS] = {
    [Z_TURNED] = {"gru-z-turned", 1, "h is z hprev + (1 - z) n, as in PyTorch; here z takes n.",
                  "h가 PyTorch처럼 z hprev + (1 - z) n입니다. 여기서 z는 n의 몫입니다.",
                  AT("cell")},
    [NO_HPREV] = {"gru-no-hprev", 1, "hprev plays no part in z and r: add hprev Wh.",
                  "z와 r에 hprev가 쓰이지 않았습니다. hprev Wh를 더해야 합니다.", AT("cell")},
    [FORM_OTHER] = {"gru-form-other", 1,
                    "The step has the other form: the reset is before the product unless Wh has b.",
                    "한 시각이 다른 꼴입니다. Wh에 b가 없으면 리셋이 곱하기 앞에 있습니다.",
                    AT("cell")},
    [R_FOR_Z] = {"gru-columns-r-z", 1,
                 "The columns are taken as r z, as PyTorch has them; here they are z r.",
                 "열을 PyTorch처럼 r z로 보았습니다. 여기서는 z r입니다.", AT("cell")},
    [NO_TANH_N] = {"gru-candidate-sigmoid", 1,
                   "The candidate goes through the sigmoid; it is tanh.",
                   "새것에 시그모이드를 썼습니다. tanh입니다.", AT("cell")},
    [HPREV_NOT_KEPT] = {"gru-hprev-not-kept", 1, "h is z n; add (1 - z) hprev.",
                        "h가 z n입니다. (1 - z) hprev를 더해야 합니다.", AT("cell")},
    [WEIGHTS_OVERWRITTEN] = {"gru-weights-overwritten", 1,
                             "The gradients of the weights are set; they are added to.",
                             "가중치의 기울기를 덮어썼습니다. 있던 것에 더해야 합니다.",
                             AT("back")},
    [BIAS_INSIDE_LOST] = {"gru-bias-inside-lost", 1,
                          "The gradient of b_h, the last quarter of db, stays as it was.",
                          "b_h의 기울기, 곧 db의 마지막 4분의 1이 그대로입니다.", AT("back")},
    [BIAS_ONE_ROW] = {"gru-bias-one-row", 1, "db gets the first row alone; b is added to all rows.",
                      "db에 첫 행만 더했습니다. b는 모든 행에 더해졌습니다.", AT("back")},
};

const known_bug *mutant_at(int k)
{
    static known_bug listed[LISTED];
    if (k < LISTED) return gate_mutant(GRU_DIRECT_Z + k, "gru", "back", &listed[k]);
    return k < MUTANTS ? &table[k] : NULL;
}

/* Is this mistake of the list switched on? */
static bool makes(gatebug_id bug) { return mutant_makes((int) bug - GRU_DIRECT_Z); }

__typeof__(grulayer_forward) mutant_grulayer_forward;
__typeof__(grulayer_backward) mutant_grulayer_backward;
__typeof__(timegru_backward) mutant_timegru_backward;

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

/* Element j of a row times a matrix. */
static double times(const real *row, const mat *A, int j)
{
    double sum = 0;
    for (int i = 0; i < A->rows; i++) sum += (double) row[i] * (double) *at(A, i, j);
    return sum;
}

void mutant_grulayer_forward(const gruwh *Wh, grustep *s)
{
    const int N = s->h->rows, H = s->h->cols;
    const bool after = (Wh->b != NULL) != mutant_makes(FORM_OTHER), swapped = mutant_makes(R_FOR_Z);
    for (int n = 0; n < N; n++) {
        const real *hprev = at(s->hprev, n, 0);
        const real *z = at(s->zr, n, swapped ? H : 0), *r = at(s->zr, n, swapped ? 0 : H);
        for (int j = 0; j < 2 * H; j++) {
            const double given = mutant_makes(NO_HPREV) ? 0 : times(hprev, Wh->zr, j);
            *at(s->zr, n, j) = (real) sigmoid((double) *at(s->zr, n, j) + given);
        }
        for (int j = 0; j < H; j++)
            *at(s->u, n, j) =
                (real) (after ? (Wh->b ? (double) Wh->b->v[j] : 0) + times(hprev, Wh->n, j)
                              : (double) (r[j] * hprev[j]));
        for (int j = 0; j < H; j++) {
            const double a =
                (double) *at(s->n, n, j) + (after ? (double) r[j] * (double) *at(s->u, n, j)
                                                  : times(at(s->u, n, 0), Wh->n, j));
            const double c = mutant_makes(NO_TANH_N) ? sigmoid(a) : tanh(a), h = (double) hprev[j],
                         part = mutant_makes(Z_TURNED) ? 1 - (double) z[j] : (double) z[j];
            *at(s->n, n, j) = (real) c;
            *at(s->h, n, j) =
                (real) ((mutant_makes(HPREV_NOT_KEPT) ? 0 : (1 - part) * h) + part * c);
        }
    }
}

/* Element j of a row times Wh of the candidate, transposed. */
static double through_n(const gruwh *Wh, const double *row, int j)
{
    double sum = 0;
    for (int i = 0; i < Wh->n->rows; i++)
        sum += row[i] * (double) (makes(GRU_NOT_TRANSPOSED) ? *at(Wh->n, i, j) : *at(Wh->n, j, i));
    return sum;
}

enum { ROOM = 64 };

void mutant_grulayer_backward(const gruwh *Wh, const grustep *s, grustep *ds)
{
    const int N = s->h->rows, H = s->h->cols;
    const bool after = (Wh->b != NULL) != makes(GRU_OTHER_FORM);
    for (int n = 0; n < N; n++) {
        double dz[ROOM], dr[ROOM], dn[ROOM], du[ROOM], dhprev[ROOM];
        const real *zs = at(s->zr, n, 0), *rs = at(s->zr, n, H);
        for (int j = 0; j < H; j++) {
            const double z = (double) zs[j], c = (double) *at(s->n, n, j),
                         dh = (double) *at(ds->h, n, j), hprev = (double) *at(s->hprev, n, j);
            dz[j] = dh * (makes(GRU_Z_SIGN)            ? hprev - c
                          : makes(GRU_Z_WITHOUT_HPREV) ? c
                                                       : c - hprev);
            dz[j] *= makes(GRU_NO_SIGMOID_Z) ? 1 : z * (1 - z);
            dn[j] = dh * (makes(GRU_N_WITHOUT_Z) ? 1 : z) * (makes(GRU_NO_TANH) ? 1 : 1 - c * c);
            dhprev[j] = makes(GRU_DIRECT_MISSING) ? 0 : dh * (makes(GRU_DIRECT_Z) ? z : 1 - z);
        }
        for (int j = 0; j < H; j++) {
            const double r = (double) rs[j];
            du[j] = after ? dn[j] * r : through_n(Wh, dn, j);
            dr[j] = after ? dn[j] * (double) *at(s->u, n, j) : du[j] * (double) *at(s->hprev, n, j);
            dr[j] *= makes(GRU_NO_SIGMOID_R) ? 1 : r * (1 - r);
        }
        for (int j = 0; j < H && !makes(GRU_RESET_PATH_MISSING); j++) {
            const bool bare = makes(GRU_RESET_NOT_IN_DHPREV);
            dhprev[j] +=
                after ? through_n(Wh, bare ? dn : du, j) : du[j] * (bare ? 1 : (double) rs[j]);
        }
        for (int j = 0; j < H; j++) {
            *at(ds->zr, n, j) = (real) (makes(GRU_COLUMNS_Z_R) ? dr[j] : dz[j]);
            *at(ds->zr, n, H + j) = (real) (makes(GRU_COLUMNS_Z_R) ? dz[j] : dr[j]);
            *at(ds->n, n, j) = (real) dn[j];
            *at(ds->u, n, j) = (real) du[j];
        }
        for (int j = 0; j < H; j++) {
            for (int i = 0; i < 2 * H && !makes(GRU_GATES_PATH_MISSING); i++)
                dhprev[j] += (double) *at(ds->zr, n, i) * (double) *at(Wh->zr, j, i);
            *at(ds->hprev, n, j) = (real) dhprev[j];
        }
    }
}

/* The gradients of the weights, of one step: da is z r n side by side, and for b_h u. */
static void add_weights(const timegru *l, int t, const mat *x, const grustep *s, const grustep *ds)
{
    const int N = s->h->rows, H = s->h->cols;
    const bool after = l->cell.b->cols > GRU_GATES * H;
    for (int n = 0; n < N; n++)
        for (int j = 0; j < GRU_GATES * H; j++) {
            const bool of_n = j >= 2 * H;
            const real da = of_n ? *at(ds->n, n, j % H) : *at(ds->zr, n, j);
            *at(l->as[t], n, j) = da;
            for (int i = 0; i < x->cols; i++) *at(l->d.Wx, i, j) += *at(x, n, i) * da;
            if (makes(GRU_NO_BIAS) || (n && mutant_makes(BIAS_ONE_ROW))) continue;
            l->d.b->v[j] += da;
            if (of_n && after && !mutant_makes(BIAS_INSIDE_LOST))
                l->d.b->v[H + j] += *at(ds->u, n, j % H);
        }
    for (int n = 0; n < N; n++)
        for (int i = 0; i < H; i++)
            for (int j = 0; j < GRU_GATES * H; j++) {
                const real hprev = *at(s->hprev, n, i), reset = *at(s->zr, n, H + i) * hprev;
                const bool of_n = j >= 2 * H, inside = of_n && !makes(GRU_DWH_WITHOUT_R),
                           met_reset = of_n ? inside && !after : makes(GRU_DWH_GATES_RESET);
                *at(l->d.Wh, i, j) +=
                    (met_reset ? reset : hprev) *
                    (inside && after ? *at(ds->u, n, j % H) : *at(l->as[t], n, j));
            }
}

void mutant_timegru_backward(timegru *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    zero(l->dh);
    for (int k = 0; k < 3 && mutant_makes(WEIGHTS_OVERWRITTEN); k++) zero(l->d.all[k]);
    for (int t = T - 1; t >= 0; t--) {
        const grustep s = {l->hs[t - 1], l->zrs[t], l->ns[t], l->us[t], l->hs[t]};
        grustep ds = {l->dh, l->dzrs[t], l->dns[t], l->dus[t], l->sum};
        mat_copy(ds.h, dhs[t]);
        if (!makes(GRU_DH_NOT_CARRIED)) mat_add(ds.h, l->dh);
        mutant_grulayer_backward(&l->Wh, &s, &ds);
        add_weights(l, t, xs[t], &s, &ds);
        set_abt(dxs[t], l->as[t], l->cell.Wx, true);
    }
}
