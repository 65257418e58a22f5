/* bugs.c: the reference backward pass with a switch for each mistake, and the search for the mistakes in a gradient.
 * See bugs.h. */
#include "bugs.h"

#include "fn.h"
#include "require.h"
#include "rng.h"
#include "say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the reference ---- */

int bugs_size(int H, int V) { return 2 * H * V + H * H + H + V; }

int bugs_scratch(int H, int V, int T) { return (T + 1) * H + 3 * T * H + 3 * T * V + 3 * H + V; }

/* The results of the forward pass and the memory of the backward pass, all in one block of scratch. */
typedef struct trace_of {
    double *hs; /* hs + t * H is h[t], t = -1 .. T-1 */
    double *as; /* the inputs of tanh */
    double *ys, *ps;
    double *dy, *dh, *dhraw;         /* of every step */
    double *dhnext, *local, *handed; /* H numbers */
    double *column;                  /* V numbers */
} trace_of;

static trace_of lay_out(int H, int V, int T, double *scratch)
{
    trace_of tr;
    tr.hs = scratch + H;
    tr.as = tr.hs + T * H;
    tr.ys = tr.as + T * H;
    tr.ps = tr.ys + T * V;
    tr.dy = tr.ps + T * V;
    tr.dh = tr.dy + T * V;
    tr.dhraw = tr.dh + T * H;
    tr.dhnext = tr.dhraw + T * H;
    tr.local = tr.dhnext + H;
    tr.handed = tr.local + H;
    tr.column = tr.handed + H;
    return tr;
}

/* The start of each tensor in an array of all weights, and the end of the last. */
typedef struct places {
    int start[6];
} places;

enum { WXH, WHH, WHY, BH, BY };

static places split(int H, int V)
{
    return (places){{0, H * V, H * V + H * H, 2 * H * V + H * H, 2 * H * V + H * H + H,
                     2 * H * V + H * H + H + V}};
}

static double forward(const bugs_point *p, const trace_of *tr)
{
    const int H = p->H, V = p->V;
    const places at = split(H, V);
    const double *Wxh = p->theta + at.start[WXH], *Whh = p->theta + at.start[WHH],
                 *Why = p->theta + at.start[WHY], *bh = p->theta + at.start[BH],
                 *by = p->theta + at.start[BY];
    double loss = 0;
    memcpy(tr->hs - H, p->hprev, (size_t) H * sizeof *tr->hs);
    for (int t = 0; t < p->T; t++) {
        const double *before = tr->hs + (t - 1) * H;
        double *h = tr->hs + t * H, *a = tr->as + t * H, *y = tr->ys + t * V, *q = tr->ps + t * V;
        double sum = 0, max = -INFINITY;
        for (int i = 0; i < H; i++) {
            a[i] = bh[i] + Wxh[i * V + p->inputs[t]];
            for (int j = 0; j < H; j++) a[i] += Whh[i * H + j] * before[j];
            h[i] = fn_tanh(a[i]);
        }
        for (int k = 0; k < V; k++) {
            y[k] = by[k];
            for (int i = 0; i < H; i++) y[k] += Why[k * H + i] * h[i];
            max = fmax(max, y[k]);
        }
        for (int k = 0; k < V; k++) sum += q[k] = fn_exp(y[k] - max);
        for (int k = 0; k < V; k++) q[k] /= sum;
        loss -= fn_log(q[p->targets[t]]);
    }
    return loss;
}

/* Step t; outside 0..T-1, by variant: 1 none (-1), 2 the nearest end, 3 the other end. */
static int beyond(int t, int T, int variant)
{
    if (t >= 0 && t < T) return t;
    return variant == 1 ? -1 : variant == 2 ? (t < 0 ? 0 : T - 1) : (t < 0 ? T - 1 : 0);
}

/* dy[t]: p, and -1 at the target. */
static void set_dy(const bugs_point *p, const unsigned char *on, const trace_of *tr, int t)
{
    const int V = p->V, T = p->T;
    const double *q = (on[DY_FROM_LOGITS] ? tr->ys : tr->ps) + t * V, *ps = tr->ps + t * V;
    double *dy = tr->dy + t * V;
    int place[3], count = 0; /* where the 1 is subtracted */
    if (on[MINUS_ONE_AT_INPUT]) place[count++] = p->inputs[t];
    if (on[TARGET_PREV]) {
        const int other = beyond(t - 1, T, on[TARGET_PREV]);
        if (other >= 0) place[count++] = p->targets[other];
    }
    if (on[TARGET_NEXT]) {
        const int other = beyond(t + 1, T, on[TARGET_NEXT]);
        if (other >= 0) place[count++] = p->targets[other];
    }
    if (!on[MINUS_ONE_AT_INPUT] && !on[TARGET_PREV] && !on[TARGET_NEXT])
        place[count++] = p->targets[t];
    if (on[NO_MINUS_ONE] && !on[NO_SOFTMAX_JACOBIAN]) count = 0;
    for (int k = 0; k < V; k++) dy[k] = on[NO_SOFTMAX_JACOBIAN] ? 0 : q[k];
    for (int k = 0; k < count; k++) dy[place[k]] -= on[NO_SOFTMAX_JACOBIAN] ? 1 / q[place[k]] : 1;
    /* Together with -1/p, the Jacobian of softmax, diag(p) - p p', would give the right dy: no mistake at all. */
    if (on[SOFTMAX_TWICE] && !on[NO_SOFTMAX_JACOBIAN]) {
        double mean = 0;
        for (int k = 0; k < V; k++) mean += ps[k] * dy[k];
        for (int k = 0; k < V; k++)
            dy[k] = on[SOFTMAX_TWICE] == 1 ? ps[k] * (dy[k] - mean) : ps[k] * (1 - ps[k]) * dy[k];
    }
    if (on[SIGN_FLIPPED])
        for (int k = 0; k < V; k++) dy[k] = -dy[k];
}

/* The derivative of tanh: 1 - h h. Of two mistakes in it, one gives the argument and one the function if they can;
 * else their results are multiplied. */
static double slope(const unsigned char *on, double h, double a, double before)
{
    const bool pre = on[TANH_OF_PREACTIVATION], prev = on[TANH_H_PREV], twice = on[TANH_TWICE],
               one = on[ONE_MINUS_H], sigmoid = on[SIGMOID_PRIME];
    double z = h, product = 1;
    if (on[NO_TANH]) return 1;
    if (twice + one + sigmoid == 1 && pre + prev == 1 && !(twice && pre))
        z = pre ? a : before;
    else {
        if (pre) product *= 1 - a * a;
        if (prev) product *= 1 - before * before;
    }
    if (twice) product *= 1 - fn_tanh(z) * fn_tanh(z);
    if (one) product *= 1 - z;
    if (sigmoid) product *= z * (1 - z);
    return pre || prev || twice || one || sigmoid ? product : 1 - h * h;
}

/* out = W' x if transposed, else W x; W is rows x cols. */
static void product(double *restrict out, const double *W, const double *x, int rows, int cols,
                    bool transposed)
{
    if (transposed) {
        for (int i = 0; i < cols; i++) out[i] = 0;
        for (int k = 0; k < rows; k++)
            for (int i = 0; i < cols; i++) out[i] += W[k * cols + i] * x[k];
    } else
        for (int k = 0; k < rows; k++) {
            out[k] = 0;
            for (int i = 0; i < cols; i++) out[k] += W[k * cols + i] * x[i];
        }
}

/* dh[t], dhraw[t] and dhnext: what the backward loop carries from step to step. */
static void carry(const bugs_point *p, const unsigned char *on, const trace_of *tr, int t)
{
    const int H = p->H, V = p->V;
    const double *Whh = p->theta + split(H, V).start[WHH], *Why = p->theta + split(H, V).start[WHY];
    const double *h = tr->hs + t * H, *a = tr->as + t * H, *before = h - H, *dy = tr->dy + t * V;
    double *dh = tr->dh + t * H, *dhraw = tr->dhraw + t * H;
    const int edge = beyond(t - 1, p->T, on[TANH_H_PREV] - 1);
    if (on[TANH_H_PREV] > 1) before = edge < 0 ? NULL : tr->hs + edge * H;
    if (on[WHY_STRIDE])
        for (int i = 0; i < H; i++) {
            dh[i] = 0;
            for (int k = 0; k < V; k++)
                dh[i] += Why[on[WHY_STRIDE] == 1 ? (k * V + i) % (V * H) : i * V + k] * dy[k];
        }
    else
        product(dh, Why, dy, V, H, true);
    for (int i = 0; i < H; i++) {
        const double f = slope(on, h[i], a[i], before ? before[i] : 0),
                     next = on[NO_DHNEXT] ? 0 : tr->dhnext[i];
        tr->local[i] = on[DHNEXT_FROM_DH] ? dh[i] : f * dh[i];
        if (on[DH_IS_DHNEXT])
            dh[i] = on[DHNEXT_AFTER_TANH] ? 0 : next;
        else if (!on[DHNEXT_AFTER_TANH])
            dh[i] += next;
        dhraw[i] = f * dh[i] + (on[DHNEXT_AFTER_TANH] ? next : 0);
    }
    const double *from = on[DHNEXT_ONE_STEP] ? tr->local : on[DHNEXT_FROM_DH] ? dh : dhraw;
    product(tr->handed, Whh, from, H, H, !on[DHNEXT_NOT_TRANSPOSED]);
    for (int i = 0; i < H; i++)
        tr->dhnext[i] = (on[DHNEXT_ACCUMULATES] ? tr->dhnext[i] : 0) + tr->handed[i];
}

/* G += x y', or G = x y' if overwritten; if transposed, G' instead of G. */
static void collect_matrix(double *g, const double *x, int rows, const double *y, int cols,
                           bool overwritten, bool transposed)
{
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++) {
            double *to = &g[transposed ? j * rows + i : i * cols + j];
            *to = (overwritten ? 0 : *to) + x[i] * y[j];
        }
}

static void collect_vector(double *g, const double *x, int n, bool overwritten)
{
    for (int i = 0; i < n; i++) g[i] = (overwritten ? 0 : g[i]) + x[i];
}

/* h[t], t = -1 .. T-1 */
static const double *state(const bugs_point *p, const trace_of *tr, int t)
{
    return tr->hs + t * p->H;
}

static void collect_Why(const bugs_point *p, const unsigned char *on, const trace_of *tr, int t,
                        double *g)
{
    const int H = p->H, T = p->T;
    int at = on[DWHY_H_LAST] ? T - 1 : t;
    bool nothing = false;
    if (on[DWHY_H_PREV]) {
        at--;
        if (at < 0 && on[DWHY_H_PREV] > 1) {
            at = beyond(at, T, on[DWHY_H_PREV] - 1);
            nothing = at < 0;
        }
    }
    double *h = tr->local; /* no longer in use */
    for (int i = 0; i < H; i++) h[i] = nothing ? 0 : state(p, tr, at)[i];
    collect_matrix(g, tr->dy + t * p->V, p->V, h, H, on[DWHY_OVERWRITTEN] || on[ALL_OVERWRITTEN],
                   on[DWHY_TRANSPOSED]);
}

/* For the hprev mistakes, h[-1] is the state before the first step that the loop reaches. */
static void collect_Whh(const bugs_point *p, const unsigned char *on, const trace_of *tr, int t,
                        double *g)
{
    const int H = p->H;
    const bool at_edge = t == (on[SKIPS_FIRST] ? 1 : 0);
    int at = on[DWHH_H_NOW] ? t : t - 1;
    if (at_edge && on[HPREV_WRAPS]) at = p->T - 1;
    double *h = tr->local;
    for (int i = 0; i < H; i++) h[i] = at_edge && on[HPREV_DROPPED] ? 0 : state(p, tr, at)[i];
    collect_matrix(g, (on[DWHH_USES_DH] ? tr->dh : tr->dhraw) + t * H, H, h, H,
                   on[DWHH_OVERWRITTEN] || on[ALL_OVERWRITTEN], on[DWHH_TRANSPOSED]);
}

/* Variants of overwriting: 1 the matrix, 2 the column, from T-1 down; 3 and 4 the same from 0 up. */
static void collect_Wxh(const bugs_point *p, const unsigned char *on, const trace_of *tr, int t,
                        int overwritten, double *g)
{
    const int H = p->H, V = p->V;
    int at = t;
    if (on[DWXH_X_PREV]) at = beyond(t - 1, p->T, on[DWXH_X_PREV]);
    const double *x = (on[DWXH_USES_DH] ? tr->dh : tr->dhraw) + t * H;
    const int column = at < 0 ? -1 : (on[DWXH_Y] ? p->targets : p->inputs)[at];
    if (overwritten == 1 || overwritten == 3)
        for (int i = 0; i < H * V; i++) g[i] = 0;
    for (int i = 0; column >= 0 && i < H; i++) {
        double *to = &g[on[DWXH_TRANSPOSED] ? column * H + i : i * V + column];
        *to = (overwritten ? 0 : *to) + x[i];
    }
}

static void collect(const bugs_point *p, const unsigned char *on, const trace_of *tr, int t,
                    double *g)
{
    const int H = p->H, V = p->V;
    const bool all = on[ALL_OVERWRITTEN];
    const places to = split(H, V);
    collect_Why(p, on, tr, t, g + to.start[WHY]);
    if (!on[DBY_MISSING])
        collect_vector(g + to.start[BY], tr->dy + t * V, V, on[DBY_OVERWRITTEN] || all);
    if (!on[DBH_MISSING])
        collect_vector(g + to.start[BH], (on[DBH_USES_DH] ? tr->dh : tr->dhraw) + t * H, H, all);
    collect_Wxh(p, on, tr, t, on[DWXH_OVERWRITTEN] ? on[DWXH_OVERWRITTEN] : on[ALL_OVERWRITTEN],
                g + to.start[WXH]);
    collect_Whh(p, on, tr, t, g + to.start[WHH]);
}

/* Are the steps collected in order of increasing t? */
static bool is_upwards(const unsigned char *on)
{
    return on[FORWARD_ORDER] || on[DWHY_OVERWRITTEN] == 2 || on[DBY_OVERWRITTEN] == 2 ||
           on[DWHH_OVERWRITTEN] == 2 || on[DWXH_OVERWRITTEN] > 2 || on[ALL_OVERWRITTEN] > 2;
}

static void clip(double *g, int n, double most)
{
    for (int i = 0; i < n; i++) g[i] = g[i] > most ? most : g[i] < -most ? -most : g[i];
}

static void backward(const bugs_point *p, const unsigned char *on, const trace_of *tr, double *g)
{
    const int H = p->H, V = p->V, n = bugs_size(H, V);
    const int from = on[SKIPS_FIRST] ? 1 : 0, to = p->T - (on[SKIPS_LAST] ? 1 : 0);
    for (int i = 0; i < n; i++) g[i] = 0;
    for (int i = 0; i < H; i++) tr->dhnext[i] = 0;
    for (int k = from; k < to; k++) {
        const int t = on[FORWARD_ORDER] ? k : from + to - 1 - k;
        set_dy(p, on, tr, t);
        carry(p, on, tr, t);
    }
    for (int k = from; k < to; k++) collect(p, on, tr, is_upwards(on) ? k : from + to - 1 - k, g);
    if (on[CLIPPED_5]) clip(g, n, 5);
    if (on[CLIPPED_1]) clip(g, n, 1);
    for (int i = 0; on[DIVIDED_BY_T] && i < n; i++) g[i] /= p->T;
}

static const bugs_switches NONE = {{0}};

double bugs_gradient(const bugs_point *p, const bugs_switches *s, double *g, double *scratch)
{
    REQUIRE(p->H, >, 0);
    REQUIRE(p->V, >, 0);
    REQUIRE(p->T, >, 0);
    const trace_of tr = lay_out(p->H, p->V, p->T, scratch);
    const double loss = forward(p, &tr);
    backward(p, s ? s->on : NONE.on, &tr, g);
    return loss;
}

/* |x - y| / max(|x|, |y|) of the elements from .. below - 1. */
static double relative_distance(const double *x, const double *y, int from, int below)
{
    double squares = 0, xx = 0, yy = 0;
    for (int i = from; i < below; i++) {
        squares += (x[i] - y[i]) * (x[i] - y[i]);
        xx += x[i] * x[i];
        yy += y[i] * y[i];
    }
    return !isfinite(squares) ? INFINITY : squares > 0 ? sqrt(squares / fmax(xx, yy)) : 0;
}

double bugs_distance(int H, int V, const double *x, const double *y)
{
    const places at = split(H, V);
    double most = 0;
    for (int k = 0; k < 5; k++)
        most = fmax(most, relative_distance(x, y, at.start[k], at.start[k + 1]));
    return most;
}

/* ---- the library: the right pass, every mistake in every variant, every pair ---- */

enum {
    MOST_SINGLES = 80,
    MOST_ENTRIES = 1 + MOST_SINGLES + MOST_SINGLES * (MOST_SINGLES - 1) / 2,
    MOST_SIZE = 200 /* weights of a probe */
};

typedef struct single {
    unsigned char bug, variant;
} single;

/* The mistakes of an entry, as indices into singles; -1: none. */
typedef struct entry {
    signed char first, second;
} entry;

struct bugs {
    bugs_point point[BUGS_PROBES];
    double *numbers[BUGS_PROBES]; /* theta, hprev, the right gradient, scratch: one block */
    int *ids[BUGS_PROBES];        /* inputs, targets */
    double *right[BUGS_PROBES], *scratch[BUGS_PROBES];
    double loss[BUGS_PROBES];
    single singles[MOST_SINGLES];
    entry entries[MOST_ENTRIES];
    int singles_count, entries_count;
    /* scratch of bugs_diagnose() */
    double distance[MOST_ENTRIES];
    bool complete[MOST_ENTRIES];
    double g[MOST_SIZE], moved[MOST_SIZE];
};

/* The probes. V < H, so that Why read with stride V stays in bounds; H, V and T differ; targets do not depend on
 * inputs. The naming probes: 6 steps, larger weights, large gradients. Their seeds keep the library's fingerprints
 * far apart: every entry is at least 0.67 from right, different ones at least 0.04 from each other
 * (tests/test_bugs.c demands 0.2 and 0.02). */
static const struct {
    int H, V, T;
    double spread; /* of weights, biases, hprev */
    int constant;  /* the first steps, this many, have the same target */
    uint32_t seed;
} probe_plan[BUGS_PROBES] = {
    {7, 5, 6, 0.9, 0, 14}, {5, 4, 7, 1.6, 0, 28}, {7, 5, 16, 1.1, 12, 0},
    {5, 4, 1, 0.9, 0, 3},  {5, 4, 2, 0.9, 0, 4},  {7, 6, 5, 0.9, 0, 5},
};

static void draw_probe(bugs *b, int probe, uint32_t seed)
{
    const int H = probe_plan[probe].H, V = probe_plan[probe].V, T = probe_plan[probe].T,
              n = bugs_size(H, V);
    const double spread = probe_plan[probe].spread;
    double *theta = b->numbers[probe], *hprev = theta + n;
    int *inputs = b->ids[probe], *targets = inputs + T;
    rng draws;
    rng_seed(&draws, seed);
    for (int i = 0; i < n; i++) theta[i] = spread * rng_randn(&draws);
    for (int i = 0; i < H; i++) hprev[i] = fn_tanh(spread * rng_randn(&draws));
    for (int t = 0; t < T; t++) {
        inputs[t] = probe == BUGS_DISTINCT ? t : (int) (rng_uniform(&draws) * V);
        targets[t] = (int) (rng_uniform(&draws) * V);
        if (t > 0 && t < probe_plan[probe].constant) targets[t] = targets[0];
    }
    b->right[probe] = hprev + H;
    b->scratch[probe] = b->right[probe] + n;
    b->point[probe] = (bugs_point){H, V, T, inputs, targets, theta, hprev};
    b->loss[probe] = bugs_gradient(&b->point[probe], NULL, b->right[probe], b->scratch[probe]);
}

/* Append the pairs of two first variants (the usual way to write them), or all other pairs. */
static void list_pairs(bugs *b, bool usual)
{
    const single *of = b->singles;
    for (int i = 0; i < b->singles_count; i++)
        for (int j = i + 1; j < b->singles_count; j++)
            if (of[i].bug != of[j].bug && usual == (of[i].variant == 1 && of[j].variant == 1))
                b->entries[b->entries_count++] = (entry){(signed char) i, (signed char) j};
}

static void list_entries(bugs *b)
{
    for (int k = 0; k < BUGS; k++)
        for (int v = 1; v <= buglist[k].variants; v++) {
            REQUIRE(b->singles_count, <, MOST_SINGLES);
            b->singles[b->singles_count++] = (single){(unsigned char) k, (unsigned char) v};
        }
    b->entries[b->entries_count++] = (entry){-1, -1};
    for (int i = 0; i < b->singles_count; i++)
        b->entries[b->entries_count++] = (entry){(signed char) i, -1};
    list_pairs(b, true);
    list_pairs(b, false);
}

bugs *bugs_new(void)
{
    bugs *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    list_entries(b);
    for (int k = 0; k < BUGS_PROBES; k++) {
        const int H = probe_plan[k].H, V = probe_plan[k].V, T = probe_plan[k].T,
                  n = bugs_size(H, V);
        REQUIRE(n, <=, MOST_SIZE);
        b->numbers[k] = calloc((size_t) (2 * n + H + bugs_scratch(H, V, T)), sizeof *b->numbers[k]);
        b->ids[k] = calloc((size_t) (2 * T), sizeof *b->ids[k]);
        if (!b->numbers[k] || !b->ids[k]) {
            bugs_free(b);
            return NULL;
        }
        draw_probe(b, k, probe_plan[k].seed);
    }
    return b;
}

void bugs_free(bugs *b)
{
    if (!b) return;
    for (int k = 0; k < BUGS_PROBES; k++) {
        free(b->numbers[k]);
        free(b->ids[k]);
    }
    free(b);
}

const bugs_point *bugs_probe(const bugs *b, int probe)
{
    REQUIRE(probe, >=, 0);
    REQUIRE(probe, <, BUGS_PROBES);
    return &b->point[probe];
}

const double *bugs_right(const bugs *b, int probe, double *loss)
{
    REQUIRE(probe, >=, 0);
    REQUIRE(probe, <, BUGS_PROBES);
    if (loss) *loss = b->loss[probe];
    return b->right[probe];
}

int bugs_entries(const bugs *b) { return b->entries_count; }

bugs_switches bugs_entry(const bugs *b, int k, int bug[2])
{
    REQUIRE(k, >=, 0);
    REQUIRE(k, <, b->entries_count);
    const int at[2] = {b->entries[k].first, b->entries[k].second};
    bugs_switches s = NONE;
    for (int i = 0; i < 2; i++) {
        bug[i] = at[i] < 0 ? -1 : b->singles[at[i]].bug;
        if (at[i] >= 0) s.on[bug[i]] = b->singles[at[i]].variant;
    }
    return s;
}

/* ---- the search ---- */

/* Two gradients in double agree within EXACT. A gradient in float may differ by float_noise(), times a margin for
 * the many roundings of a pass, but by LOOSE at most. */
static const double EXACT = 1e-9, FLOAT_MARGIN = 64, LOOSE = 2e-4;
/* If the nearest entry agrees, others up to this many times as far away count as equal to it. */
static const double CLEAR = 100;

/* The entry's gradient at a probe, from the forward pass stored in the probe's scratch. */
static const double *fingerprint(bugs *b, int probe, const bugs_switches *s)
{
    const bugs_point *p = &b->point[probe];
    const trace_of tr = lay_out(p->H, p->V, p->T, b->scratch[probe]);
    backward(p, s->on, &tr, b->g);
    return b->g;
}

static double distance_at(bugs *b, int probe, const bugs_switches *s, const double *grad)
{
    const bugs_point *p = &b->point[probe];
    return bugs_distance(p->H, p->V, fingerprint(b, probe, s), grad);
}

/* How far rounding the weights to float can move this gradient: the largest distance of four random draws. */
static double float_noise(bugs *b, int probe, const bugs_switches *s)
{
    enum { DRAWS = 4 };
    const bugs_point *p = &b->point[probe];
    const int n = bugs_size(p->H, p->V);
    double most = 0, at_home[MOST_SIZE], theta[MOST_SIZE];
    bugs_point beside = *p;
    rng draws;
    rng_seed(&draws, 0);
    beside.theta = theta;
    memcpy(at_home, fingerprint(b, probe, s), (size_t) n * sizeof *at_home);
    for (int k = 0; k < DRAWS; k++) {
        for (int i = 0; i < n; i++)
            theta[i] = p->theta[i] * (1 + (2 * rng_uniform(&draws) - 1) * FLT_EPSILON);
        bugs_gradient(&beside, s, b->moved, b->scratch[probe]);
        most = fmax(most, bugs_distance(p->H, p->V, at_home, b->moved));
    }
    bugs_gradient(p, NULL, b->moved, b->scratch[probe]); /* restore the stored forward pass */
    return most;
}

/* Does the entry agree up to rounding? 2: of double; 1: of float only; 0: no. */
static int agrees(bugs *b, const bugs_switches *s, const double *const grad[BUGS_PROBES])
{
    int agreement = 2;
    for (int k = 0; k < BUGS_NAMING; k++) {
        const double d = distance_at(b, k, s, grad[k]);
        if (d <= EXACT) continue;
        if (d > LOOSE || d > FLOAT_MARGIN * float_noise(b, k, s)) return 0;
        agreement = 1;
    }
    return agreement;
}

/* The nearest entry not taken yet, or -1. Only entries in the lead are computed on the other probes. */
static int nearest(bugs *b, const double *const grad[BUGS_PROBES], const bool *taken)
{
    for (;;) {
        int best = -1, bug[2];
        for (int k = 0; k < b->entries_count; k++)
            if (!taken[k] && (best < 0 || b->distance[k] < b->distance[best])) best = k;
        if (best < 0 || b->complete[best]) return best;
        const bugs_switches s = bugs_entry(b, best, bug);
        for (int probe = 1; probe < BUGS_NAMING; probe++)
            b->distance[best] = fmax(b->distance[best], distance_at(b, probe, &s, grad[probe]));
        b->complete[best] = true;
    }
}

static void find_name(bugs *b, const double *const grad[BUGS_PROBES], bugs_finding *f)
{
    bool taken[MOST_ENTRIES] = {false};
    int bug[2];
    for (int k = 0; k < b->entries_count; k++) {
        const bugs_switches s = bugs_entry(b, k, bug);
        b->distance[k] = distance_at(b, 0, &s, grad[0]);
        b->complete[k] = false;
    }
    int best = nearest(b, grad, taken);
    f->distance = b->distance[best];
    const bugs_switches s = bugs_entry(b, best, bug);
    const int agreement = agrees(b, &s, grad);
    /* Others with the same numbers: mostly a mistake paired with one that it hides. The simplest gets the name. */
    int next = best, also = -1, named[2];
    const double tie = agreement ? CLEAR * fmax(f->distance, 1e-3 * EXACT) : 0;
    while (next >= 0 && b->distance[next] <= tie) {
        taken[next] = true;
        if (next < best) best = next;
        next = nearest(b, grad, taken);
    }
    bugs_entry(b, best, named);
    for (int k = best + 1; agreement && named[1] >= 0 && k < b->entries_count; k++) {
        bugs_entry(b, k, bug);
        if (also < 0 && taken[k] && (bug[0] != named[0] || bug[1] != named[1])) also = k;
    }
    if (also >= 0) bugs_entry(b, also, f->also);
    bugs_entry(b, best, f->bug);
    f->next_distance = next < 0 ? INFINITY : b->distance[next];
    if (next >= 0) bugs_entry(b, next, f->next);
    f->in_float = agreement == 1;
    f->kind = agreement == 0 ? BUGS_UNKNOWN : best == 0 ? BUGS_RIGHT : BUGS_NAMED;
}

/* The factor if gradient = factor x right in all tensors, else nan. */
static double constant_factor(const bugs *b, int probe, const double *grad)
{
    const bugs_point *p = &b->point[probe];
    const int n = bugs_size(p->H, p->V);
    double gr = 0, rr = 0, scaled[MOST_SIZE];
    for (int i = 0; i < n; i++) {
        gr += grad[i] * b->right[probe][i];
        rr += b->right[probe][i] * b->right[probe][i];
    }
    const double factor = gr / rr;
    for (int i = 0; i < n; i++) scaled[i] = factor * b->right[probe][i];
    return bugs_distance(p->H, p->V, scaled, grad) <= 1e-6 ? factor : NAN;
}

/* The first mistake that explains tensor k exactly, whatever the other tensors are; -1: none. */
static int explain_tensor(bugs *b, const double *const grad[BUGS_PROBES], int k)
{
    int bug[2];
    for (int e = 1; e <= b->singles_count; e++) {
        const bugs_switches s = bugs_entry(b, e, bug);
        bool good = true;
        for (int probe = 0; good && probe < BUGS_NAMING; probe++) {
            const bugs_point *p = &b->point[probe];
            const places at = split(p->H, p->V);
            good = relative_distance(fingerprint(b, probe, &s), grad[probe], at.start[k],
                                     at.start[k + 1]) <= EXACT;
        }
        if (good) return bug[0];
    }
    return -1;
}

static void read_tensors(bugs *b, const double *const grad[BUGS_PROBES], bugs_finding *f)
{
    for (int k = 0; k < 5; k++) {
        f->tensor_right[k] = f->tensor_zero[k] = true;
        for (int probe = 0; probe < BUGS_NAMING; probe++) {
            const places at = split(b->point[probe].H, b->point[probe].V);
            f->tensor_right[k] =
                f->tensor_right[k] && relative_distance(b->right[probe], grad[probe], at.start[k],
                                                        at.start[k + 1]) <= 1e-6;
            for (int i = at.start[k]; i < at.start[k + 1]; i++)
                f->tensor_zero[k] = f->tensor_zero[k] && grad[probe][i] == 0;
        }
        f->tensor_bug[k] =
            f->kind == BUGS_UNKNOWN && !f->tensor_right[k] ? explain_tensor(b, grad, k) : -1;
    }
}

/* The latest step whose column of dWxh is wrong; on this probe each step has its own column. */
static int latest_wrong(const bugs *b, const double *grad)
{
    const bugs_point *p = &b->point[BUGS_DISTINCT];
    const double *right = b->right[BUGS_DISTINCT];
    for (int t = p->T - 1; t >= 0; t--) {
        double miss = 0, size = 0;
        for (int i = 0; i < p->H; i++) {
            const int at = i * p->V + p->inputs[t];
            miss += fabs(grad[at] - right[at]);
            size += fabs(right[at]);
        }
        if (!(miss <= 1e-4 * size)) return t;
    }
    return -1;
}

void bugs_diagnose(bugs *b, const double *const grad[BUGS_PROBES], bugs_finding *f)
{
    *f = (bugs_finding){.kind = BUGS_RIGHT,
                        .bug = {-1, -1},
                        .also = {-1, -1},
                        .next = {-1, -1},
                        .tensor_bug = {-1, -1, -1, -1, -1},
                        .first_wrong = -1};
    bool zero = true;
    for (int probe = 0; probe < BUGS_PROBES; probe++) {
        const bugs_point *p = &b->point[probe];
        const double d = bugs_distance(p->H, p->V, b->right[probe], grad[probe]);
        f->right[probe] = d <= 1e-4;
        if (probe < BUGS_NAMING) {
            f->from_right = fmax(f->from_right, d);
            f->factor[probe] = constant_factor(b, probe, grad[probe]);
        }
        for (int i = 0; i < bugs_size(p->H, p->V); i++) {
            if (!isfinite(grad[probe][i])) f->kind = BUGS_NOT_FINITE;
            zero = zero && grad[probe][i] == 0;
        }
    }
    if (f->kind == BUGS_NOT_FINITE) return;
    if (zero) {
        f->kind = BUGS_UNKNOWN;
        f->distance = f->from_right;
    } else
        find_name(b, grad, f);
    read_tensors(b, grad, f);
    f->first_wrong = latest_wrong(b, grad[BUGS_DISTINCT]);
}

/* ---- messages ---- */

static const char *const tensor_name[5] = {"dWxh", "dWhh", "dWhy", "dbh", "dby"};

/* The ids of a mistake or of a pair. */
static const char *pair_name(char *text, const int bug[2])
{
    if (bug[0] < 0)
        snprintf(text, BUGS_ROOM, "%s", say("the right gradient", "올바른 기울기"));
    else if (bug[1] < 0)
        snprintf(text, BUGS_ROOM, "%s", buglist[bug[0]].id);
    else
        snprintf(text, BUGS_ROOM, "%s + %s", buglist[bug[0]].id, buglist[bug[1]].id);
    return text;
}

const char *bugs_name(char *text, const bugs_finding *f)
{
    char ids[BUGS_ROOM];
    switch (f->kind) {
    case BUGS_RIGHT:
        snprintf(text, BUGS_ROOM, "right");
        break;
    case BUGS_NAMED:
        snprintf(text, BUGS_ROOM, "named: %.80s", pair_name(ids, f->bug));
        break;
    case BUGS_UNKNOWN:
    case BUGS_NOT_FINITE:
        snprintf(text, BUGS_ROOM, "not one of the known mistakes");
        break;
    }
    return text;
}

static void say_agreement(FILE *out, const bugs_finding *f)
{
    char next[BUGS_ROOM];
    fprintf(out,
            say("  it agrees with your gradients to %s; the next best explanation (%s) is off by "
                "%s %%\n",
                "  검사한 기울기와 %s까지 일치합니다. 그다음 설명(%s)은 %s %% 어긋납니다\n"),
            NUM("%.0e", f->distance), pair_name(next, f->next),
            NUM("%.0f", 100 * f->next_distance));
    if (f->in_float)
        fputs(say("  (as near as single precision comes: is something of yours a float?)\n",
                  "  (단정밀도로 이를 수 있는 만큼의 일치입니다. 어딘가에서 float로 계산하는 "
                  "듯합니다.)\n"),
              out);
}

static void read_factor(FILE *out, const bugs_finding *f)
{
    bool all = true, same = true;
    for (int k = 0; k < BUGS_NAMING; k++) {
        all = all && isfinite(f->factor[k]);
        same = same && fabs(f->factor[k] - f->factor[0]) <= 1e-6 * fabs(f->factor[0]);
    }
    if (!all || f->factor[0] == 0) return;
    if (same)
        fprintf(out,
                say("  every gradient is %s times the right one\n",
                    "  모든 기울기가 올바른 값의 %s배입니다\n"),
                NUM("%.6g", f->factor[0]));
    else {
        fputs(say("  every gradient is the right one times a factor, but not the same one:\n",
                  "  모든 기울기가 올바른 값에 한 수를 곱한 것이지만 그 수가 그때그때 다릅니다.\n"),
              out);
        for (int k = 0; k < BUGS_NAMING; k++)
            fprintf(out,
                    say("    H = %d, V = %d, T = %d: %s\n", "    H = %d, V = %d, T = %d: %s\n"),
                    probe_plan[k].H, probe_plan[k].V, probe_plan[k].T, NUM("%.6g", f->factor[k]));
        fputs(say("    (a 1/V, a mean, or the gradient's length clipped)\n",
                  "    (1/V를 곱했거나, 평균을 냈거나, 기울기의 길이를 잘랐을 때 이렇습니다)\n"),
              out);
    }
}

static void read_time(FILE *out, const bugs_finding *f)
{
    if (!f->right[BUGS_ONE_STEP]) {
        if (f->tensor_right[WHY] && f->tensor_right[BY])
            fputs(say("  wrong for a single step already: look within one step before what goes "
                      "through time\n",
                      "  시각이 하나여도 틀립니다. 시간을 거스르는 부분보다 한 시각 안을 먼저 "
                      "보십시오\n"),
                  out);
        return;
    }
    if (!f->right[BUGS_TWO_STEPS])
        fputs(say("  right for one step, wrong from two on: how the steps add up, or what is "
                  "handed back (dhnext)\n",
                  "  시각이 하나면 맞고 둘부터 틀립니다. 시각들을 더하는 법이나 넘겨주는 "
                  "값(dhnext)을 보십시오\n"),
              out);
    else if (!f->right[0])
        fputs(
            say("  right for one and two steps, wrong later: dhnext piles up, or does not go on\n",
                "  시각이 둘까지는 맞고 그 뒤로 틀립니다. dhnext가 쌓이거나 이어지지 않습니다\n"),
            out);
}

static void read_rules(FILE *out, const bugs_finding *f)
{
    int wrong = 0, last = 0;
    for (int k = 0; k < 5; k++) {
        if (f->tensor_right[k]) continue;
        wrong++;
        last = k;
        if (f->tensor_zero[k])
            fprintf(out,
                    say("  %s is 0 everywhere: nothing is added to it\n",
                        "  %s가 모두 0입니다. 아무것도 더해지지 않습니다\n"),
                    tensor_name[k]);
        else if (f->tensor_bug[k] >= 0)
            fprintf(out,
                    say("  %s by itself is that of %s: %s\n", "  %s만 보면 %s와 같습니다: %s\n"),
                    tensor_name[k], buglist[f->tensor_bug[k]].id,
                    say(buglist[f->tensor_bug[k]].en, buglist[f->tensor_bug[k]].ko));
    }
    if (wrong == 1)
        fprintf(
            out,
            say("  only %s is wrong: look at the line that adds to it (its operands, their index, "
                "+=)\n",
                "  %s만 틀렸습니다. 거기에 더하는 줄을 보십시오(무엇을 곱하는지, 그 번호, +=)\n"),
            tensor_name[last]);
    else if (wrong == 5)
        fputs(
            say("  all five are wrong: dy (the target, the softmax), or a factor on everything\n",
                "  다섯 모두 틀렸습니다. dy(정답 위치, 소프트맥스)나 전체에 곱한 수를 보십시오\n"),
            out);
    else if (!f->tensor_right[WXH] && !f->tensor_right[WHH] && !f->tensor_right[BH] &&
             f->tensor_right[WHY] && f->tensor_right[BY])
        fputs(say("  dWhy and dby are right, the rest is not: below the output layer (dh, the "
                  "derivative of tanh, dhnext)\n",
                  "  dWhy와 dby는 맞고 나머지가 틀렸습니다. 출력층 아래(dh, tanh의 미분, dhnext)를 "
                  "보십시오\n"),
              out);
    read_factor(out, f);
    read_time(out, f);
    if (f->first_wrong >= 0 && !f->tensor_right[WXH])
        fprintf(out,
                say("  going back from the last of %d steps, dhraw is wrong from t = %d on\n",
                    "  %d시각의 마지막에서 거슬러 가면 t = %d부터 dhraw가 틀립니다\n"),
                probe_plan[BUGS_DISTINCT].T, f->first_wrong);
}

void bugs_explain(FILE *out, const bugs_finding *f)
{
    char also[BUGS_ROOM];
    switch (f->kind) {
    case BUGS_RIGHT:
        fputs(say("the gradient is right\n", "기울기가 맞습니다\n"), out);
        say_agreement(out, f);
        break;
    case BUGS_NAMED:
        for (int i = 0; i < 2 && f->bug[i] >= 0; i++) {
            const known_bug *k = &buglist[f->bug[i]];
            fprintf(out, say("likely mistake: %s\n  %s\n", "아마도 이 실수입니다: %s\n  %s\n"),
                    k->id, say(k->en, k->ko));
            fprintf(out,
                    say("  to read: chapters/*-%s/README.md#%s\n",
                        "  읽을 곳: chapters/*-%s/README.md#%s\n"),
                    k->lesson, k->section);
        }
        say_agreement(out, f);
        if (f->also[0] >= 0)
            fprintf(out, say("  (%s computes the same numbers)\n", "  (%s도 같은 수를 냅니다)\n"),
                    pair_name(also, f->also));
        break;
    case BUGS_NOT_FINITE:
        fputs(say("there is a nan or an infinity in the gradient: something is read that was never "
                  "written, "
                  "divided by 0, or grows without end\n",
                  "기울기에 nan이나 무한대가 있습니다. 쓰지 않은 곳을 읽었거나, 0으로 나누었거나, "
                  "끝없이 커진 것입니다\n"),
              out);
        break;
    case BUGS_UNKNOWN:
        fprintf(out,
                say("the gradient is wrong, and no known mistake, nor two of them, makes these "
                    "numbers\n"
                    "  (the nearest is off by %s %%)\n",
                    "기울기가 틀렸고, 아는 실수 하나나 둘로는 이 수가 나오지 않습니다\n"
                    "  (가장 가까운 것이 %s %% 어긋납니다)\n"),
                NUM("%.2g", 100 * f->distance));
        read_rules(out, f);
        break;
    }
}
