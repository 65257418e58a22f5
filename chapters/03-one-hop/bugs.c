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

/* ids[t]; beyond the ends by variant: as in beyond(), or 4 what stands there. */
static int id_at(const int *ids, int t, int T, int variant)
{
    const int at = variant == 4 ? t : beyond(t, T, variant);
    return variant == 4 || at >= 0 ? ids[at] : -1;
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
        place[count] = id_at(p->targets, t - 1, T, on[TARGET_PREV]);
        count += place[count] >= 0;
    }
    if (on[TARGET_NEXT]) {
        place[count] = id_at(p->targets, t + 1, T, on[TARGET_NEXT]);
        count += place[count] >= 0;
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
    const double *x = (on[DWXH_USES_DH] ? tr->dh : tr->dhraw) + t * H;
    const int column = id_at(on[DWXH_Y] ? p->targets : p->inputs, on[DWXH_X_PREV] ? t - 1 : t, p->T,
                             on[DWXH_X_PREV]);
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
        collect_vector(g + to.start[BH], (on[DBH_USES_DH] ? tr->dh : tr->dhraw) + t * H, H,
                       on[DBH_OVERWRITTEN] || all);
    /* all-overwritten has no variant 3, in which only the last step counts: that has other causes. */
    const int whole = on[ALL_OVERWRITTEN] == 3 ? 4 : on[ALL_OVERWRITTEN];
    collect_Wxh(p, on, tr, t, on[DWXH_OVERWRITTEN] ? on[DWXH_OVERWRITTEN] : whole,
                g + to.start[WXH]);
    collect_Whh(p, on, tr, t, g + to.start[WHH]);
}

/* Are the steps collected in order of increasing t? */
static bool is_upwards(const unsigned char *on)
{
    return on[FORWARD_ORDER] || on[DWHY_OVERWRITTEN] == 2 || on[DBY_OVERWRITTEN] == 2 ||
           on[DBH_OVERWRITTEN] == 2 || on[DWHH_OVERWRITTEN] == 2 || on[DWXH_OVERWRITTEN] > 2 ||
           on[ALL_OVERWRITTEN] > 2;
}

static void clip(double *g, int n, double most)
{
    for (int i = 0; i < n; i++) g[i] = g[i] > most ? most : g[i] < -most ? -most : g[i];
}

static void backward(const bugs_point *p, const unsigned char *on, const trace_of *tr, double *g)
{
    const int H = p->H, V = p->V, n = bugs_size(H, V);
    const int from = on[SKIPS_FIRST] ? 1 : 0, to = p->T - (on[SKIPS_LAST] ? 1 : 0);
    for (int i = 0; i < n; i++) g[i] = p->before ? p->before[i] : 0;
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
    double *numbers[BUGS_PROBES]; /* theta, hprev, before, the right gradient, scratch: one block */
    int *ids[BUGS_PROBES];        /* inputs, targets, each with its neighbours */
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
    {7, 5, 6, 0.9, 0, 14}, {5, 4, 7, 1.6, 0, 28}, {7, 5, 16, 1.1, 12, 0}, {5, 4, 1, 0.9, 0, 3},
    {5, 4, 2, 0.9, 0, 4},  {7, 6, 5, 0.9, 0, 5},  {6, 5, 4, 0.9, 0, 6},
};

/* What stands before and after T ids: one that is at neither end. */
static void set_neighbours(int *ids, int T, int V)
{
    int id = 0;
    while (id == ids[0] || id == ids[T - 1]) id++;
    REQUIRE(id, <, V);
    ids[-1] = ids[T] = id;
}

static void draw_probe(bugs *b, int probe, uint32_t seed)
{
    const int H = probe_plan[probe].H, V = probe_plan[probe].V, T = probe_plan[probe].T,
              n = bugs_size(H, V);
    const double spread = probe_plan[probe].spread;
    double *theta = b->numbers[probe], *hprev = theta + n, *before = hprev + H;
    int *inputs = b->ids[probe] + 1, *targets = inputs + T + 2;
    rng draws;
    rng_seed(&draws, seed);
    for (int i = 0; i < n; i++) theta[i] = spread * rng_randn(&draws);
    for (int i = 0; i < H; i++) hprev[i] = fn_tanh(spread * rng_randn(&draws));
    for (int t = 0; t < T; t++) {
        inputs[t] = probe == BUGS_DISTINCT ? t : (int) (rng_uniform(&draws) * V);
        targets[t] = (int) (rng_uniform(&draws) * V);
        if (t > 0 && t < probe_plan[probe].constant) targets[t] = targets[0];
    }
    set_neighbours(inputs, T, V);
    set_neighbours(targets, T, V);
    for (int i = 0; i < n; i++) before[i] = probe == BUGS_FILLED ? spread * rng_randn(&draws) : 0;
    b->right[probe] = before + n;
    b->scratch[probe] = b->right[probe] + n;
    b->point[probe] = (bugs_point){H, V, T, inputs, targets, theta, hprev, before};
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
        b->numbers[k] = calloc((size_t) (3 * n + H + bugs_scratch(H, V, T)), sizeof *b->numbers[k]);
        b->ids[k] = calloc((size_t) (2 * (T + 2)), sizeof *b->ids[k]);
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

/* Does the entry agree up to rounding on this probe? 2: of double; 1: of float only; 0: no. */
static int agrees_at(bugs *b, int probe, const bugs_switches *s, const double *grad)
{
    const double d = distance_at(b, probe, s, grad);
    if (d <= EXACT) return 2;
    return d <= LOOSE && d <= FLOAT_MARGIN * float_noise(b, probe, s);
}

/* The same on the probes from .. below - 1: the worst of them. */
static int agrees(bugs *b, const bugs_switches *s, const double *const grad[BUGS_PROBES], int from,
                  int below)
{
    int agreement = 2;
    for (int k = from; agreement && k < below; k++) {
        const int here = agrees_at(b, k, s, grad[k]);
        if (here < agreement) agreement = here;
    }
    return agreement;
}

/* Is a tensor set with = or to 0, so that what was in it beforehand is lost? */
static bool overwrites(const bugs_switches *s)
{
    return s->on[DWHY_OVERWRITTEN] || s->on[DBY_OVERWRITTEN] || s->on[DBH_OVERWRITTEN] ||
           s->on[DWHH_OVERWRITTEN] || s->on[DWXH_OVERWRITTEN] || s->on[ALL_OVERWRITTEN];
}

/* Does the entry agree where the gradients are not 0 beforehand? Unless it overwrites, a program may also add its result
 * to them at the end, set them to it, or (sign-flipped) negate them all. */
static int agrees_filled(bugs *b, const bugs_switches *s, const double *grad, bool *sets)
{
    bugs_point *p = &b->point[BUGS_FILLED];
    const double *before = p->before;
    double rest[MOST_SIZE], zeros[MOST_SIZE] = {0};
    *sets = false;
    int agreement = agrees_at(b, BUGS_FILLED, s, grad);
    p->before = zeros;
    for (int times = 1; !agreement && !overwrites(s) && times >= (s->on[SIGN_FLIPPED] ? -1 : 0);
         times--) {
        for (int i = 0; i < bugs_size(p->H, p->V); i++) rest[i] = grad[i] - times * before[i];
        agreement = agrees_at(b, BUGS_FILLED, s, rest);
        *sets = agreement && times == 0;
    }
    p->before = before;
    return agreement;
}

/* Does the entry leave a tensor at 0, other than a bias that is not accumulated? That has many causes. */
static bool leaves_zero(bugs *b, const bugs_switches *s)
{
    for (int k = 0; k < 5; k++) {
        bool zero = !(k == BH && s->on[DBH_MISSING]) && !(k == BY && s->on[DBY_MISSING]);
        for (int probe = 0; zero && probe < BUGS_NAMING; probe++) {
            const places at = split(b->point[probe].H, b->point[probe].V);
            const double *g = fingerprint(b, probe, s);
            for (int i = at.start[k]; zero && i < at.start[k + 1]; i++) zero = g[i] == 0;
        }
        if (zero) return true;
    }
    return false;
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

/* Of the entries with these numbers on the naming probes: is the evidence for entry k, too? Returns how it agrees. */
static int is_evident(bugs *b, const double *const grad[BUGS_PROBES], int k, bool *sets)
{
    int bug[2];
    const bugs_switches s = bugs_entry(b, k, bug);
    const int agreement = agrees(b, &s, grad, 0, BUGS_FILLED);
    *sets = false;
    if (k == 0 || !agreement) return agreement; /* right, whatever becomes of what was there */
    const int filled = agrees_filled(b, &s, grad[BUGS_FILLED], sets);
    return leaves_zero(b, &s) ? 0 : filled < agreement ? filled : agreement;
}

static void find_name(bugs *b, const double *const grad[BUGS_PROBES], bugs_finding *f)
{
    bool taken[MOST_ENTRIES] = {false}, sets;
    int bug[2], named = -1, agreement = 0;
    for (int k = 0; k < b->entries_count; k++) {
        const bugs_switches s = bugs_entry(b, k, bug);
        b->distance[k] = distance_at(b, 0, &s, grad[0]);
        b->complete[k] = false;
    }
    const int best = nearest(b, grad, taken);
    f->distance = b->distance[best];
    const bugs_switches s = bugs_entry(b, best, bug);
    f->ambiguous = agrees(b, &s, grad, 0, BUGS_NAMING) > 0;
    /* Others with the same numbers: mostly a mistake paired with one that it hides. */
    int next = best;
    const double tie = f->ambiguous ? CLEAR * fmax(f->distance, 1e-3 * EXACT) : 0;
    while (next >= 0 && b->distance[next] <= tie) {
        taken[next] = true;
        next = nearest(b, grad, taken);
    }
    f->next_distance = next < 0 ? INFINITY : b->distance[next];
    if (next >= 0) bugs_entry(b, next, f->next);
    /* The simplest for which there is evidence gets the name. */
    for (int k = 0; f->ambiguous && k < b->entries_count; k++) {
        if (!taken[k] || (named >= 0 && (f->bug[1] < 0 || f->also[0] >= 0))) continue;
        const int here = is_evident(b, grad, k, &sets);
        if (!here) continue;
        bugs_entry(b, k, bug);
        if (named < 0) {
            named = k;
            agreement = here;
            f->sets = sets;
            memcpy(f->bug, bug, sizeof bug);
        } else if (bug[0] != f->bug[0] || bug[1] != f->bug[1])
            memcpy(f->also, bug, sizeof bug);
    }
    f->ambiguous = f->ambiguous && named < 0;
    f->in_float = agreement == 1;
    f->kind = named < 0 ? BUGS_UNKNOWN : named == 0 ? BUGS_RIGHT : BUGS_NAMED;
}

/* The factor if gradient = factor x right in the elements from .. below - 1, else nan. */
static double constant_factor(const bugs *b, int probe, const double *grad, int from, int below)
{
    double gr = 0, rr = 0, scaled[MOST_SIZE];
    for (int i = from; i < below; i++) {
        gr += grad[i] * b->right[probe][i];
        rr += b->right[probe][i] * b->right[probe][i];
    }
    const double factor = gr / rr;
    for (int i = from; i < below; i++) scaled[i] = factor * b->right[probe][i];
    return relative_distance(scaled, grad, from, below) <= 1e-6 ? factor : NAN;
}

static double tensor_distance(const bugs *b, int probe, int k, const double *x, const double *y)
{
    const places at = split(b->point[probe].H, b->point[probe].V);
    return relative_distance(x, y, at.start[k], at.start[k + 1]);
}

/* The first mistake that explains tensor k exactly on all probes, whatever the other tensors are; -1: none. */
static int explain_tensor(bugs *b, const double *const grad[BUGS_PROBES], int k)
{
    int bug[2];
    for (int e = 1; e <= b->singles_count; e++) {
        const bugs_switches s = bugs_entry(b, e, bug);
        bool good = bug[0] != ALL_OVERWRITTEN;
        for (int probe = 0; good && probe < BUGS_PROBES; probe++)
            good = tensor_distance(b, probe, k, fingerprint(b, probe, &s), grad[probe]) <= EXACT;
        if (good) return bug[0];
    }
    return -1;
}

static void read_tensor(bugs *b, const double *const grad[BUGS_PROBES], int k, bugs_finding *f)
{
    bool right = true, zero = true, erased = true;
    for (int probe = 0; probe < BUGS_NAMING; probe++) {
        const places at = split(b->point[probe].H, b->point[probe].V);
        right = right && tensor_distance(b, probe, k, b->right[probe], grad[probe]) <= 1e-6;
        for (int i = at.start[k]; i < at.start[k + 1]; i++) zero = zero && grad[probe][i] == 0;
        const double factor = constant_factor(b, probe, grad[probe], at.start[k], at.start[k + 1]);
        if (probe == 0) f->tensor_factor[k] = factor;
        if (!(fabs(factor - f->tensor_factor[k]) <= 1e-6 * fabs(factor))) f->tensor_factor[k] = NAN;
    }
    const bugs_point *p = &b->point[BUGS_FILLED];
    const places at = split(p->H, p->V);
    for (int i = at.start[k]; i < at.start[k + 1]; i++)
        erased = erased && grad[BUGS_FILLED][i] == 0;
    const bool kept = tensor_distance(b, BUGS_FILLED, k, p->before, grad[BUGS_FILLED]) <= 1e-6;
    f->tensor_right[k] = right;
    f->tensor_zero[k] = !zero    ? BUGS_NOT_ZERO
                        : kept   ? BUGS_UNTOUCHED
                        : erased ? BUGS_ERASED
                                 : BUGS_READS;
    f->tensor_bug[k] = f->kind == BUGS_UNKNOWN && !right && !zero ? explain_tensor(b, grad, k) : -1;
}

/* dhraw[t] as column inputs[t] of dWxh tells it on BUGS_DISTINCT, where each step has its own column. */
static double dhraw_of(const bugs_point *p, const double *grad, int t, int i)
{
    return grad[i * p->V + p->inputs[t]];
}

/* Do dbh and dWhh agree with that dhraw? If not, it is dWxh that is wrong, or one of them as well. */
static bool tells_dhraw(bugs *b, const double *grad)
{
    const bugs_point *p = &b->point[BUGS_DISTINCT];
    const int H = p->H;
    const trace_of tr = lay_out(H, p->V, p->T, b->scratch[BUGS_DISTINCT]);
    const places at = split(H, p->V);
    double *sum = b->moved;
    memset(sum, 0, MOST_SIZE * sizeof *sum);
    for (int t = 0; t < p->T; t++)
        for (int i = 0; i < H; i++) {
            sum[at.start[BH] + i] += dhraw_of(p, grad, t, i);
            for (int j = 0; j < H; j++)
                sum[at.start[WHH] + i * H + j] += dhraw_of(p, grad, t, i) * state(p, &tr, t - 1)[j];
        }
    return tensor_distance(b, BUGS_DISTINCT, BH, sum, grad) <= 1e-4 &&
           tensor_distance(b, BUGS_DISTINCT, WHH, sum, grad) <= 1e-4;
}

/* The latest step whose dhraw is wrong, or -1. */
static int latest_wrong(const bugs *b, const double *grad)
{
    const bugs_point *p = &b->point[BUGS_DISTINCT];
    for (int t = p->T - 1; t >= 0; t--) {
        double miss = 0, size = 0;
        for (int i = 0; i < p->H; i++) {
            const double right = dhraw_of(p, b->right[BUGS_DISTINCT], t, i);
            miss += fabs(dhraw_of(p, grad, t, i) - right);
            size += fabs(right);
        }
        if (!(miss <= 1e-4 * size)) return t;
    }
    return -1;
}

/* Is this the gradient of step t alone (t < 0: counted from the end) on the probes from .. below - 1? */
static bool is_of_one_step(bugs *b, const double *const grad[BUGS_PROBES], int t, int from,
                           int below)
{
    double scratch[MOST_SIZE], hprev[MOST_SIZE];
    for (int probe = from; probe < below; probe++) {
        const bugs_point *p = &b->point[probe];
        const trace_of tr = lay_out(p->H, p->V, p->T, b->scratch[probe]);
        const int at = t < 0 ? p->T + t : t;
        memcpy(hprev, state(p, &tr, at - 1), (size_t) p->H * sizeof *hprev);
        REQUIRE(bugs_scratch(p->H, p->V, 1), <=, MOST_SIZE);
        const bugs_point one = {p->H,     p->V,  1,   p->inputs + at, p->targets + at,
                                p->theta, hprev, NULL};
        bugs_gradient(&one, NULL, b->moved, scratch);
        if (bugs_distance(p->H, p->V, b->moved, grad[probe]) > 1e-6) return false;
    }
    return true;
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
        const int n = bugs_size(p->H, p->V);
        const double d = bugs_distance(p->H, p->V, b->right[probe], grad[probe]);
        f->right[probe] = d <= 1e-4;
        if (probe < BUGS_NAMING) {
            f->from_right = fmax(f->from_right, d);
            f->factor[probe] = constant_factor(b, probe, grad[probe], 0, n);
        }
        for (int i = 0; i < n; i++) {
            if (!isfinite(grad[probe][i])) f->kind = BUGS_NOT_FINITE;
            zero = zero && (probe == BUGS_FILLED || grad[probe][i] == 0);
        }
    }
    if (f->kind == BUGS_NOT_FINITE) return;
    if (zero) {
        f->kind = BUGS_UNKNOWN;
        f->distance = f->from_right;
    } else
        find_name(b, grad, f);
    if (tells_dhraw(b, grad[BUGS_DISTINCT])) f->first_wrong = latest_wrong(b, grad[BUGS_DISTINCT]);
    for (int k = 0; k < 5; k++) read_tensor(b, grad, k, f);
    f->step = is_of_one_step(b, grad, -1, 0, BUGS_NAMING)  ? BUGS_LAST_STEP
              : is_of_one_step(b, grad, 0, 0, BUGS_NAMING) ? BUGS_FIRST_STEP
                                                           : BUGS_ALL_STEPS;
    if (f->step == BUGS_ALL_STEPS) return;
    f->ambiguous = true;
    f->kind = BUGS_UNKNOWN;
    f->sets = is_of_one_step(b, grad, f->step == BUGS_LAST_STEP ? -1 : 0, BUGS_FILLED, BUGS_PROBES);
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

/* Is one factor, or one for each tensor, all that is wrong? Says which. */
static bool read_factor(FILE *out, const bugs_finding *f)
{
    bool all = true, same = true, each = true;
    for (int k = 0; k < BUGS_NAMING; k++) {
        all = all && isfinite(f->factor[k]);
        same = same && fabs(f->factor[k] - f->factor[0]) <= 1e-6 * fabs(f->factor[0]);
    }
    for (int k = 0; k < 5; k++)
        each = each && (f->tensor_right[k] || isfinite(f->tensor_factor[k]));
    if (all && same)
        fprintf(
            out,
            say("  every gradient is %s times the right one: a factor on dy, or on everything\n",
                "  모든 기울기가 올바른 값의 %s배입니다. dy나 전체에 곱한 수를 보십시오\n"),
            NUM("%.6g", f->factor[0]));
    else if (all) {
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
    } else if (each && f->tensor_right[WHY] && f->tensor_right[BY] &&
               fabs(f->tensor_factor[WXH] - f->tensor_factor[WHH]) <= 1e-6 &&
               fabs(f->tensor_factor[WXH] - f->tensor_factor[BH]) <= 1e-6)
        fprintf(out,
                say("  dWxh, dWhh and dbh are %s times the right ones: look at dh and dhraw\n",
                    "  dWxh, dWhh, dbh가 올바른 값의 %s배입니다. dh와 dhraw를 보십시오\n"),
                NUM("%.6g", f->tensor_factor[WXH]));
    else
        for (int k = 0; each && k < 5; k++)
            if (!f->tensor_right[k])
                fprintf(out,
                        say("  %s is %s times the right one: look at what is added to it\n",
                            "  %s가 올바른 값의 %s배입니다. 거기에 더하는 것을 보십시오\n"),
                        tensor_name[k], NUM("%.6g", f->tensor_factor[k]));
    return all || each;
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
    } else if (!f->right[BUGS_TWO_STEPS])
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
    if (f->first_wrong >= 0)
        fprintf(out,
                say("  going back from the last of %d steps, dhraw is wrong from t = %d on\n",
                    "  %d시각의 마지막에서 거슬러 가면 t = %d부터 dhraw가 틀립니다\n"),
                probe_plan[BUGS_DISTINCT].T, f->first_wrong);
}

/* Say which tensors nothing was added to. Returns how many. */
static int read_zeros(FILE *out, const bugs_finding *f)
{
    int zeros = 0, untouched = 0;
    for (int k = 0; k < 5; k++) {
        zeros += f->tensor_zero[k] != BUGS_NOT_ZERO;
        untouched += f->tensor_zero[k] == BUGS_UNTOUCHED;
    }
    if (untouched == 5 && f->right[BUGS_ONE_STEP])
        fputs(
            say("  for one step the gradients are right, for more nothing is added to them: is "
                "everything multiplied by 0, such as 1 / T in whole numbers (1.0 / T is meant)?\n",
                "  시각이 하나면 맞고, 둘부터는 어느 기울기에도 더해지는 것이 없습니다. 0을 "
                "곱하지 않았습니까? 정수끼리 나눈 1 / T는 0입니다(1.0 / T)\n"),
            out);
    else if (untouched == 5)
        fputs(say("  none of the five was ever written: does the loop run, and is dy not 0?\n",
                  "  다섯 기울기 어디에도 쓰지 않았습니다. 반복문이 돕니까? dy가 0은 아닙니까?\n"),
              out);
    else if (f->tensor_zero[WXH] == BUGS_UNTOUCHED && f->tensor_zero[WHH] == BUGS_UNTOUCHED &&
             f->tensor_zero[BH] == BUGS_UNTOUCHED && untouched == 3)
        fputs(
            say("  only dWhy and dby are written: dWxh, dWhh and dbh get nothing. Are there lines "
                "that add to them? Is dh not 0 (dh = dhnext where += is meant)?\n",
                "  dWhy와 dby에만 썼습니다. dWxh, dWhh, dbh에는 아무것도 더해지지 않습니다. 더하는 "
                "줄이 있습니까? dh가 0은 아닙니까(+= 자리에 dh = dhnext)?\n"),
            out);
    else
        for (int k = 0; k < 5; k++)
            if (f->tensor_zero[k] == BUGS_UNTOUCHED)
                fprintf(out,
                        say("  %s was never written: no line adds to it, or it adds 0, or adds to "
                            "another variable\n",
                            "  %s에 쓰지 않았습니다. 더하는 줄이 없거나, 0을 더하거나, 다른 "
                            "변수에 더합니다\n"),
                        tensor_name[k]);
            else if (f->tensor_zero[k] == BUGS_ERASED)
                fprintf(out,
                        say("  %s is 0 at the end, whatever was in it: it is set to 0 after the "
                            "steps were added, or to something that is 0\n",
                            "  %s가 처음 값과 상관없이 끝에 0입니다. 다 더한 뒤에 0으로 만들었거나 "
                            "0인 것을 넣었습니다\n"),
                        tensor_name[k]);
            else if (f->tensor_zero[k] == BUGS_READS)
                fprintf(
                    out,
                    say("  %s is 0 if d is 0 beforehand, else not: is d read where net is "
                        "meant?\n",
                        "  %s가 처음에 d가 0이면 0이고 아니면 아닙니다. net을 읽을 자리에서 d를 "
                        "읽습니까?\n"),
                    tensor_name[k]);
    return zeros;
}

/* Say if only one step counts. */
static bool read_step(FILE *out, const bugs_finding *f)
{
    if (f->step == BUGS_LAST_STEP)
        fputs(say("  only the last step counts, t = T-1: does something leave the loop (return, "
                  "break), or does its condition end it?\n",
                  "  마지막 시각 t = T-1만 셉니다. 반복문을 빠져나가는 것(return, break)이 있거나 "
                  "조건이 반복문을 끝냅니까?\n"),
              out);
    else if (f->step == BUGS_FIRST_STEP)
        fputs(
            say("  only step t = 0 counts, and nothing was handed back to it: has the loop a body "
                "(a ; after for), and does it begin at T-1?\n",
                "  t = 0 시각만 세고, 넘겨받은 것도 없습니다. 반복문에 몸통이 있습니까(for 뒤의 "
                ";)? T-1에서 시작합니까?\n"),
            out);
    if (f->step != BUGS_ALL_STEPS && f->sets)
        fputs(
            say("  (what was in d beforehand is gone: are the gradients set with =, or to 0 in the "
                "loop?)\n",
                "  (처음에 d에 있던 값이 사라집니다. 기울기를 =로 정하거나 반복문 안에서 0으로 "
                "만듭니까?)\n"),
            out);
    return f->step != BUGS_ALL_STEPS;
}

static void read_rules(FILE *out, const bugs_finding *f)
{
    int wrong = 0, last = 0;
    const int zeros = read_zeros(out, f);
    if (read_step(out, f)) return;
    for (int k = 0; k < 5; k++) {
        if (f->tensor_right[k]) continue;
        wrong++;
        last = k;
        if (f->tensor_bug[k] >= 0)
            fprintf(out,
                    say("  %s by itself is that of %s: %s\n", "  %s만 보면 %s와 같습니다: %s\n"),
                    tensor_name[k], buglist[f->tensor_bug[k]].id,
                    say(buglist[f->tensor_bug[k]].en, buglist[f->tensor_bug[k]].ko));
    }
    if (zeros == wrong || read_factor(out, f)) return;
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
    read_time(out, f);
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
        if (f->ambiguous)
            fputs(
                say("the gradient is wrong, and more than one mistake makes these numbers: none is "
                    "named\n",
                    "기울기가 틀렸고, 이 수를 내는 실수가 하나가 아니어서 이름을 대지 않습니다\n"),
                out);
        else
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
