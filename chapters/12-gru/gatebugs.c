/* gatebugs.c: backward passes of LSTM and GRU with a switch for each mistake, and the search for the mistakes in a
 * layer. See gatebugs.h. */
#include "gatebugs.h"

#include "fn.h"
#include "rng.h"
#include "vectors.h"

#include <math.h>
#include <string.h>

enum { D = GATEBUGS_INPUTS, H = GATEBUGS_HIDDEN, T = GATEBUGS_STEPS, W = GATEBUGS_COLUMNS };

static const double SAME =
    1e-9; /* rounding is below 1e-13; two mistakes differ by more than 1e-3 */

/* A layer at a generic point: weights, inputs, the states before, and the gradients from above. */
typedef struct point {
    int steps;
    double Wx[D][W], Wh[H][W], b[W], x[T][D], before[2][H], dh[T][H];
} point;

/* The gradients, and where they are in a gategrad. */
typedef struct grads {
    double *Wx, *Wh, *b, *x, *before;
} grads;

static grads lay_out(gategrad *g)
{
    double *v = g->v;
    memset(g, 0, sizeof *g);
    return (grads){v, v + D * W, v + (D + H) * W, v + (D + H + 1) * W, v + (D + H + 1) * W + T * D};
}

static int columns_of(gatebugs_cell cell) { return cell == GATEBUGS_LSTM ? 4 * H : 3 * H; }

static point make_point(int probe)
{
    static const int steps[GATEBUGS_PROBES] = {T, 1};
    point p;
    rng draws;
    double *const part[] = {&p.Wx[0][0], &p.Wh[0][0],     p.b,
                            &p.x[0][0],  &p.before[0][0], &p.dh[0][0]};
    const int size[] = {D * W, H * W, W, T * D, 2 * H, T * H};
    rng_seed(&draws, (uint32_t) (100 + probe));
    for (int k = 0; k < 6; k++)
        for (int i = 0; i < size[k]; i++) part[k][i] = (real) (0.5 * rng_randn(&draws));
    p.steps = steps[probe];
    return p;
}

/* a = x Wx + hprev Wh + b, of these columns. */
static void preactivate(const point *p, int t, const double *hprev, int from, int to, double *a)
{
    for (int j = from; j < to; j++) {
        a[j] = p->b[j];
        for (int i = 0; i < D; i++) a[j] += p->x[t][i] * p->Wx[i][j];
        for (int i = 0; i < H; i++) a[j] += hprev[i] * p->Wh[i][j];
    }
}

/* From da, the gradients of Wx and b, and of x. */
static void below(const point *p, int t, int columns, const double *da, const grads *g)
{
    for (int j = 0; j < columns; j++) {
        g->b[j] += da[j];
        for (int i = 0; i < D; i++) g->Wx[i * W + j] += p->x[t][i] * da[j];
        for (int i = 0; i < D; i++) g->x[t * D + i] += da[j] * p->Wx[i][j];
    }
}

static void swap_columns(double *a, int k, int l)
{
    for (int j = 0; j < H; j++) {
        const double x = a[k * H + j];
        a[k * H + j] = a[l * H + j];
        a[l * H + j] = x;
    }
}

#define ON(bug) (on >> (bug) &1)

/* ---- LSTM ---- */

typedef struct lstm_trace {
    double a[T][W], v[T][W], c[T][H], h[T][H]; /* before and after the gates' functions */
} lstm_trace;

static void lstm_run(const point *p, lstm_trace *tr)
{
    for (int t = 0; t < p->steps; t++) {
        const double *hprev = t ? tr->h[t - 1] : p->before[0],
                     *cprev = t ? tr->c[t - 1] : p->before[1];
        double *v = tr->v[t];
        preactivate(p, t, hprev, 0, W, tr->a[t]);
        for (int j = 0; j < W; j++)
            v[j] = j / H == 1 ? fn_tanh(tr->a[t][j]) : fn_sigmoid(tr->a[t][j]);
        for (int j = 0; j < H; j++) {
            tr->c[t][j] = v[j] * cprev[j] + v[H + j] * v[2 * H + j];
            tr->h[t][j] = v[3 * H + j] * fn_tanh(tr->c[t][j]);
        }
    }
}

/* The derivative of the function of gate k (f g i o), with the mistakes in it. */
static double lstm_slope(uint64_t on, int k, double a, double v)
{
    static const int missing[] = {LSTM_NO_SIGMOID_F, LSTM_NO_TANH_G, LSTM_NO_SIGMOID_I,
                                  LSTM_NO_SIGMOID_O};
    if (ON(missing[k])) return 1;
    if (ON(LSTM_PREACTIVATION)) v = a;
    if (k == 0 && ON(LSTM_FORGET_BIAS)) v = fn_sigmoid(a + 1);
    const bool tanh = (k == 1 && !ON(LSTM_SIGMOID_OF_G)) || (k == 2 && ON(LSTM_TANH_OF_I));
    return tanh ? 1 - v * v : v * (1 - v);
}

/* dv and da of one step, and dc before it. */
static void lstm_cell(const point *p, uint64_t on, const lstm_trace *tr, int t, const double *dh,
                      double *dc, double *dv, double *da)
{
    const double *v = tr->v[t], *cprev = t ? tr->c[t - 1] : p->before[1];
    for (int j = 0; j < H; j++) {
        const double f = v[j], g = v[H + j], i = v[2 * H + j], o = v[3 * H + j];
        const double c = tr->c[t][j], tc = fn_tanh(c), z = ON(LSTM_TANH_C_TWICE) ? fn_tanh(tc) : tc;
        const double through =
            dh[j] * (ON(LSTM_DC_WITHOUT_O) ? 1 : o) * (ON(LSTM_NO_TANH_C) ? 1 : 1 - z * z);
        const double sum = (ON(LSTM_C_NOT_CARRIED) && t < p->steps - 1 ? 0 : dc[j]) + through,
                     all = ON(LSTM_DC_DOUBLED) ? 2 * sum : sum;
        dv[j] = all * (ON(LSTM_F_USES_C_NOW) ? c : cprev[j]);
        dv[H + j] = all * (ON(LSTM_G_I_SWAPPED) ? g : i);
        dv[2 * H + j] = all * (ON(LSTM_G_I_SWAPPED) ? i : g);
        dv[3 * H + j] = dh[j] * (ON(LSTM_O_USES_C) ? c : tc);
        dc[j] = ON(LSTM_DCPREV_ALL) ? all : all * (ON(LSTM_DCPREV_I) ? i : f);
        for (int k = 0; k < 4; k++)
            da[k * H + j] = dv[k * H + j] * lstm_slope(on, k, tr->a[t][k * H + j], v[k * H + j]);
        for (int k = 0; k < 3 && ON(LSTM_O_FOR_ALL); k++) da[k * H + j] = da[3 * H + j];
    }
    if (ON(LSTM_COLUMNS_F_I)) swap_columns(da, 0, 2);
    if (ON(LSTM_COLUMNS_G_I)) swap_columns(da, 1, 2);
}

static void lstm_gradient(const point *p, uint64_t on, const grads *g)
{
    lstm_trace tr;
    double dhnext[H] = {0}, dc[H] = {0}, dh[H], dv[W], da[W];
    lstm_run(p, &tr);
    for (int t = p->steps - 1; t >= 0; t--) {
        const double *hprev = t ? tr.h[t - 1] : p->before[0];
        for (int j = 0; j < H; j++) dh[j] = p->dh[t][j] + (ON(LSTM_DH_NOT_CARRIED) ? 0 : dhnext[j]);
        lstm_cell(p, on, &tr, t, dh, dc, dv, da);
        const double *handed = ON(LSTM_DHPREV_RAW) ? dv : da,
                     *met = ON(LSTM_DWH_H_NOW) ? tr.h[t] : hprev;
        below(p, t, W, da, g);
        for (int i = 0; i < H; i++) {
            dhnext[i] = 0;
            for (int j = 0; j < W; j++) {
                g->Wh[i * W + j] += met[i] * da[j];
                dhnext[i] += handed[j] * p->Wh[i][j];
            }
        }
    }
    for (int j = 0; j < H && ON(LSTM_DB_FROM_F); j++) g->b[2 * H + j] = g->b[3 * H + j] = g->b[j];
    memcpy(g->before, dhnext, sizeof dhnext);
    memcpy(g->before + H, dc, sizeof dc);
}

/* ---- GRU ---- */

typedef struct gru_trace {
    double v[T][W], u[T][H], h[T][H]; /* z r n; r∘hprev, or hprev Wh_n + b_h */
} gru_trace;

static void gru_run(const point *p, bool after, gru_trace *tr)
{
    for (int t = 0; t < p->steps; t++) {
        const double *hprev = t ? tr->h[t - 1] : p->before[0], zero[H] = {0};
        double a[W], *v = tr->v[t], *u = tr->u[t];
        preactivate(p, t, hprev, 0, 2 * H, a);
        preactivate(p, t, zero, 2 * H, 3 * H, a);
        for (int j = 0; j < 2 * H; j++) v[j] = fn_sigmoid(a[j]);
        for (int j = 0; j < H; j++) {
            u[j] = after ? p->b[3 * H + j] : v[H + j] * hprev[j];
            for (int i = 0; i < H && after; i++) u[j] += hprev[i] * p->Wh[i][2 * H + j];
        }
        for (int j = 0; j < H; j++) {
            double sum = a[2 * H + j] + (after ? v[H + j] * u[j] : 0);
            for (int i = 0; i < H && !after; i++) sum += u[i] * p->Wh[i][2 * H + j];
            v[2 * H + j] = fn_tanh(sum);
            tr->h[t][j] = (1 - v[j]) * hprev[j] + v[j] * v[2 * H + j];
        }
    }
}

/* The candidate's Wh, transposed, times x. */
static double handed_by_n(const point *p, uint64_t on, int i, const double *x)
{
    double sum = 0;
    for (int j = 0; j < H; j++)
        sum += x[j] * (ON(GRU_NOT_TRANSPOSED) ? p->Wh[j][2 * H + i] : p->Wh[i][2 * H + j]);
    return sum;
}

/* One step: from dh to da and the gradients of Wh and b_h; dh becomes dhprev. */
static void gru_step(const point *p, uint64_t on, bool after, const gru_trace *tr, int t,
                     double *dh, double *da, const grads *g)
{
    const double *z = tr->v[t], *r = z + H, *n = r + H, *u = tr->u[t],
                 *hprev = t ? tr->h[t - 1] : p->before[0];
    const bool as_after = after != ON(GRU_OTHER_FORM);
    double dhprev[H], du[H], dr[H], met_n[H];
    for (int j = 0; j < H; j++) {
        const double dz = dh[j] * (ON(GRU_Z_SIGN)            ? hprev[j] - n[j]
                                   : ON(GRU_Z_WITHOUT_HPREV) ? n[j]
                                                             : n[j] - hprev[j]);
        da[j] = dz * (ON(GRU_NO_SIGMOID_Z) ? 1 : z[j] * (1 - z[j]));
        da[2 * H + j] =
            dh[j] * (ON(GRU_N_WITHOUT_Z) ? 1 : z[j]) * (ON(GRU_NO_TANH) ? 1 : 1 - n[j] * n[j]);
        dhprev[j] = ON(GRU_DIRECT_MISSING) ? 0 : dh[j] * (ON(GRU_DIRECT_Z) ? z[j] : 1 - z[j]);
    }
    for (int j = 0; j < H; j++) {
        du[j] = as_after ? da[2 * H + j] * r[j] : handed_by_n(p, on, j, da + 2 * H);
        dr[j] = as_after ? da[2 * H + j] * u[j] : du[j] * hprev[j];
        met_n[j] = as_after || ON(GRU_DWH_WITHOUT_R) ? hprev[j] : r[j] * hprev[j];
    }
    for (int j = 0; j < H; j++) {
        const double way =
            as_after ? handed_by_n(p, on, j, ON(GRU_RESET_NOT_IN_DHPREV) ? da + 2 * H : du)
                     : du[j] * (ON(GRU_RESET_NOT_IN_DHPREV) ? 1 : r[j]);
        if (!ON(GRU_RESET_PATH_MISSING)) dhprev[j] += way;
        da[H + j] = dr[j] * (ON(GRU_NO_SIGMOID_R) ? 1 : r[j] * (1 - r[j]));
    }
    if (ON(GRU_COLUMNS_Z_R)) swap_columns(da, 0, 1);
    for (int i = 0; i < H; i++)
        for (int j = 0; j < 3 * H; j++) {
            const bool candidate = j >= 2 * H;
            const double of_n = as_after && !ON(GRU_DWH_WITHOUT_R) ? du[j % H] : da[j];
            const double met = candidate                 ? met_n[i]
                               : ON(GRU_DWH_GATES_RESET) ? r[i] * hprev[i]
                                                         : hprev[i];
            g->Wh[i * W + j] += met * (candidate ? of_n : da[j]);
            if (!candidate && !ON(GRU_GATES_PATH_MISSING)) dhprev[i] += da[j] * p->Wh[i][j];
        }
    for (int j = 0; j < H && after; j++) g->b[3 * H + j] += as_after ? du[j] : da[2 * H + j];
    memcpy(dh, dhprev, sizeof dhprev);
}

static void gru_gradient(const point *p, uint64_t on, bool after, const grads *g)
{
    gru_trace tr;
    double dh[H] = {0}, da[W];
    gru_run(p, after, &tr);
    for (int t = p->steps - 1; t >= 0; t--) {
        for (int j = 0; j < H; j++) dh[j] = p->dh[t][j] + (ON(GRU_DH_NOT_CARRIED) ? 0 : dh[j]);
        gru_step(p, on, after, &tr, t, dh, da, g);
        below(p, t, 3 * H, da, g);
    }
    for (int j = 0; j < W && ON(GRU_NO_BIAS); j++) g->b[j] = 0;
    memcpy(g->before, dh, sizeof dh);
}

/* ---- the search ---- */

void gatebugs_gradient(gatebugs_cell cell, int probe, uint64_t on, gategrad *out)
{
    const point p = make_point(probe);
    const grads g = lay_out(out);
    if (cell == GATEBUGS_LSTM)
        lstm_gradient(&p, on, &g);
    else
        gru_gradient(&p, on, cell == GATEBUGS_GRU_AFTER, &g);
}

bool gatebugs_of(gatebugs_cell cell, int bug)
{
    return (cell == GATEBUGS_LSTM) == (bug < GRU_DIRECT_Z);
}

/* A new matrix of numbers that have W columns. */
static mat *taken(int rows, int cols, const double *v, int width)
{
    mat *A = mat_new(rows, cols);
    for (int i = 0; A && i < rows; i++)
        for (int j = 0; j < cols; j++) A->v[i * cols + j] = (real) v[i * width + j];
    return A;
}

static void give(double *v, int width, const mat *A)
{
    for (int i = 0; i < A->rows; i++)
        for (int j = 0; j < A->cols; j++) v[i * width + j] = (double) A->v[i * A->cols + j];
}

bool gatebugs_measure(const celltype *type, gatebugs_cell cell, int probe, gategrad *out)
{
    const point p = make_point(probe);
    const grads g = lay_out(out);
    const int columns = columns_of(cell), biases = cell == GATEBUGS_GRU ? 3 * H : 4 * H;
    rnncell w = {{taken(D, columns, &p.Wx[0][0], W), taken(H, columns, &p.Wh[0][0], W),
                  taken(1, biases, p.b, W)}},
            d = {{mat_new(D, columns), mat_new(H, columns), mat_new(1, biases)}};
    mat *h = taken(1, H, p.before[0], H), *c = taken(1, H, p.before[1], H);
    mat **xs = mats_new(T, 1, D), **dhs = mats_new(T, 1, H), **dxs = mats_new(T, 1, D);
    bool good = h && c && xs && dhs && dxs;
    for (int k = 0; k < 3; k++) good = good && w.all[k] && d.all[k];
    void *l = good ? type->make(1, T, w, d, true) : NULL;
    if (l) {
        for (int t = 0; t < T; t++) {
            for (int i = 0; i < D; i++) xs[t]->v[i] = (real) p.x[t][i];
            for (int i = 0; i < H; i++) dhs[t]->v[i] = (real) p.dh[t][i];
        }
        type->set_state(l, (cellstate){{h, c}});
        type->forward(l, p.steps, xs);
        type->backward(l, p.steps, xs, dhs, dxs);
        const cellstate before = type->dstate(l);
        give(g.Wx, W, d.Wx);
        give(g.Wh, W, d.Wh);
        give(g.b, W, d.b);
        for (int t = 0; t < p.steps; t++) give(g.x + t * D, D, dxs[t]);
        for (int k = 0; k < CELL_STATES && before.of[k]; k++)
            give(g.before + k * H, H, before.of[k]);
        type->free(l);
    }
    vectors_free(xs, T);
    vectors_free(dhs, T);
    vectors_free(dxs, T);
    mat_free(h);
    mat_free(c);
    for (int k = 0; k < 3; k++) {
        mat_free(w.all[k]);
        mat_free(d.all[k]);
    }
    return l != NULL;
}

/* |x - y| / max(|x|, |y|), the largest of the tensors and probes; infinity if a number is not finite. */
static double distance(const gategrad *x, const gategrad *y)
{
    static const int end[] = {D * W, (D + H) * W, (D + H + 1) * W, (D + H + 1) * W + T * D,
                              GATEBUGS_GRADIENTS};
    double most = 0;
    for (int probe = 0; probe < GATEBUGS_PROBES; probe++)
        for (int k = 0, i = 0; k < 5; k++) {
            double xx = 0, yy = 0, dd = 0;
            for (; i < end[k]; i++) {
                const double a = x[probe].v[i], b = y[probe].v[i];
                xx += a * a;
                yy += b * b;
                dd += (a - b) * (a - b);
            }
            if (!isfinite(xx)) return INFINITY;
            if (dd > 0) most = fmax(most, sqrt(dd / fmax(xx, yy)));
        }
    return most;
}

static double distance_from(gatebugs_cell cell, uint64_t on, const gategrad *grad)
{
    gategrad known[GATEBUGS_PROBES];
    for (int probe = 0; probe < GATEBUGS_PROBES; probe++)
        gatebugs_gradient(cell, probe, on, &known[probe]);
    return distance(grad, known);
}

void gatebugs_diagnose(gatebugs_cell cell, const gategrad grad[GATEBUGS_PROBES],
                       gatebugs_finding *f)
{
    const double same = REAL_IS_DOUBLE ? SAME : 1e-4;
    *f = (gatebugs_finding){false, {-1, -1}, distance_from(cell, 0, grad)};
    f->right = f->distance < same;
    for (int k = 0; k < GATEBUGS && !f->right; k++) {
        if (!gatebugs_of(cell, k)) continue;
        if (distance_from(cell, UINT64_C(1) << k, grad) >= same) continue;
        f->bug[0] = k;
        return;
    }
    for (int k = 0; k < GATEBUGS && !f->right; k++)
        for (int l = 0; l < k; l++) {
            if (!gatebugs_of(cell, k) || !gatebugs_of(cell, l)) continue;
            if (distance_from(cell, UINT64_C(1) << k | UINT64_C(1) << l, grad) >= same) continue;
            f->bug[0] = l;
            f->bug[1] = k;
            return;
        }
}
