/* contract.c: calls a backward pass with other memory around it. See contract.h. */
#include "contract.h"

#include "rng.h"
#include "vectors.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Present in a program that is built with ASan. */
#if defined __GNUC__ && defined __ELF__
extern void __asan_poison_memory_region(void const volatile *address, size_t size)
    __attribute__((weak));
#define POISON __asan_poison_memory_region
#else
#define POISON ((void (*)(void const volatile *, size_t)) NULL)
#endif

bool contract_watched(void) { return POISON != NULL; }

/* Around the numbers of every matrix there is a band: the gap between cols and v, and BAND numbers behind. */
enum { BAND = 16, MOST_ROOM = 72, MOST_SLOTS = 14 + 3 * MOST_ROOM + 1, MOST_SIZE = 200 };
static const unsigned char GAP = 0xA5;
static const real BEHIND = (real) -1.0e30;

/* A matrix that the pass can reach. */
typedef struct slot {
    mat **at, *own;
    int rows, cols;
    const char *of, *name; /* "d->", "Wxh" */
    real *keep;            /* its numbers before the call; NULL: it may be written */
} slot;

/* The memory for calls at one point. */
typedef struct stage {
    const bugs_point *p;
    rnn *net, *d;
    trace *tr;
    work *w;
    mat *hprev;
    int *own_xs;  /* of the trace */
    int *ids;     /* xs and targets, with a neighbour at each end */
    int *targets; /* in ids */
    int xs_keep[MOST_ROOM + 2], targets_keep[MOST_ROOM + 2];
    slot slots[MOST_SLOTS];
    int count;
} stage;

/* How the memory is before a call. */
typedef struct setting {
    int dirty; /* the scratch vector that holds `dirt`, 0 to 3; -1: none */
    double dirt;
    const double *before; /* the gradients; NULL: zeros */
} setting;

static const char *const scratch_name[4] = {"dy", "dh", "dhraw", "dhnext"};

static void put_slot(stage *s, mat **at, const char *of, const char *name)
{
    s->slots[s->count++] = (slot){at, NULL, 0, 0, of, name, NULL};
}

static void list_slots(stage *s)
{
    for (int k = 0; k < 5; k++) put_slot(s, &s->net->all[k], "net->", rnn_name[k]);
    for (int k = 0; k < 5; k++) put_slot(s, &s->d->all[k], "d->", rnn_name[k]);
    mat **const scratch[4] = {&s->w->dy, &s->w->dh, &s->w->dhraw, &s->w->dhnext};
    for (int k = 0; k < 4; k++) put_slot(s, scratch[k], "w->", scratch_name[k]);
    for (int t = -1; t < s->tr->room; t++) put_slot(s, &s->tr->hs[t], "tr->", "hs");
    for (int t = 0; t < s->tr->room; t++) put_slot(s, &s->tr->ys[t], "tr->", "ys");
    for (int t = 0; t < s->tr->room; t++) put_slot(s, &s->tr->ps[t], "tr->", "ps");
}

static unsigned char *gap_of(mat *A) { return (unsigned char *) A + 2 * sizeof(int); }
static size_t gap_size(void) { return offsetof(mat, v) - 2 * sizeof(int); }

/* Put a matrix with bands in the place of this one. False on out of memory. */
static bool put_bands(slot *s)
{
    const int rows = (*s->at)->rows, cols = (*s->at)->cols, n = rows * cols;
    mat *A = mat_new(n + BAND, 1);
    if (!A) return false;
    A->rows = rows;
    A->cols = cols;
    memset(gap_of(A), GAP, gap_size());
    for (int i = 0; i < BAND; i++) A->v[n + i] = BEHIND;
    if (POISON) {
        POISON(gap_of(A), gap_size());
        POISON(A->v + n, BAND * sizeof *A->v);
    }
    mat_free(*s->at);
    *s->at = s->own = A;
    s->rows = rows;
    s->cols = cols;
    if (s->of[0] != 'n' && s->of[0] != 't') return true; /* d-> and w-> are written */
    s->keep = malloc((size_t) n * sizeof *s->keep);
    return s->keep != NULL;
}

static void stage_free(stage *s)
{
    for (int k = 0; k < s->count; k++) free(s->slots[k].keep);
    if (s->tr) s->tr->xs = s->own_xs;
    rnn_free(s->net);
    rnn_free(s->d);
    trace_free(s->tr);
    work_free(s->w);
    mat_free(s->hprev);
    free(s->ids);
    free(s);
}

static stage *stage_new(const bugs_point *p, int spare)
{
    const int room = p->T + spare;
    stage *s = room <= MOST_ROOM ? calloc(1, sizeof *s) : NULL;
    if (!s) return NULL;
    s->p = p;
    s->net = rnn_new(p->H, p->V);
    s->d = rnn_new(p->H, p->V);
    s->tr = trace_new(p->H, p->V, room);
    s->w = work_new(p->H, p->V);
    s->hprev = mat_new(p->H, 1);
    s->ids = calloc((size_t) (2 * (room + 2)), sizeof *s->ids);
    if (s->tr) s->own_xs = s->tr->xs;
    bool good = s->net && s->d && s->tr && s->w && s->hprev && s->ids;
    if (good) list_slots(s);
    for (int k = 0; good && k < s->count; k++) good = put_bands(&s->slots[k]);
    if (good) return s;
    stage_free(s);
    return NULL;
}

static void set_all(mat *A, double x)
{
    for (int i = 0; i < mat_size(A); i++) A->v[i] = (real) x;
}

/* The memory as a setting says, after the forward pass. Returns the loss. */
static double prepare(stage *s, const setting *how)
{
    const bugs_point *p = s->p;
    const int room = s->tr->room;
    trace *tr = s->tr;
    s->targets = s->ids + room + 3;
    tr->xs = s->ids + 1;
    tr->T = p->T;
    for (int t = -1; t <= room; t++) { /* beyond the neighbours there are other ids */
        tr->xs[t] = t <= p->T ? p->inputs[t] : t % p->V;
        s->targets[t] = t <= p->T ? p->targets[t] : t % p->V;
    }
    mats_load(s->net->all, 5, p->theta);
    mats_load(&s->hprev, 1, p->hprev);
    for (int t = 0; t < room; t++) {
        set_all(tr->hs[t], 0.5);
        set_all(tr->ys[t], 0.5);
        set_all(tr->ps[t], 0.5);
    }
    const double loss = rnn_forward(s->net, p->inputs, p->targets, s->hprev, tr);
    if (how->before)
        mats_load(s->d->all, 5, how->before);
    else
        rnn_zero(s->d);
    mat *const scratch[4] = {s->w->dy, s->w->dh, s->w->dhraw, s->w->dhnext};
    for (int k = 0; k < 4; k++) set_all(scratch[k], k == how->dirty ? how->dirt : 0);
    for (int k = 0; k < s->count; k++)
        for (int i = 0; s->slots[k].keep && i < mat_size(*s->slots[k].at); i++)
            s->slots[k].keep[i] = (*s->slots[k].at)->v[i];
    memcpy(s->xs_keep, tr->xs - 1, (size_t) (room + 2) * sizeof(int));
    memcpy(s->targets_keep, s->targets - 1, (size_t) (room + 2) * sizeof(int));
    return loss;
}

/* The pass may exchange the scratch vectors, but no other matrix may be replaced or get another shape. Puts them back;
 * seen gets the five gradients as the caller sees them. */
static void find_replaced(stage *s, mat *seen[5], char *breach)
{
    for (int k = 0; k < 5; k++) {
        mat *now = s->d->all[k];
        const slot *at = &s->slots[5 + k]; /* as list_slots() orders them */
        seen[k] = now->rows == at->rows && now->cols == at->cols ? now : at->own;
    }
    for (int k = 0; k < s->count; k++) {
        const slot *at = &s->slots[k];
        if (at->of[0] == 'w') continue;
        const bool other = *at->at != at->own;
        if (!other && at->own->rows == at->rows && at->own->cols == at->cols) continue;
        if (breach && !breach[0])
            snprintf(breach, CONTRACT_ROOM, "%s %s%s", other ? "replaces" : "changes the shape of",
                     at->of, at->name);
        *at->at = at->own;
        at->own->rows = at->rows;
        at->own->cols = at->cols;
    }
}

/* What was written that must not be? */
static void find_written(const stage *s, char *breach)
{
    const trace *tr = s->tr;
    const size_t ids = (size_t) (tr->room + 2) * sizeof(int);
    for (int k = 0; k < s->count && !breach[0]; k++) {
        const slot *at = &s->slots[k];
        mat *A = *at->at;
        const int n = mat_size(A);
        bool band = true;
        for (size_t i = 0; !POISON && i < gap_size(); i++) band = band && gap_of(A)[i] == GAP;
        for (int i = 0; !POISON && i < BAND; i++) band = band && A->v[n + i] == BEHIND;
        if (!band) snprintf(breach, CONTRACT_ROOM, "writes beside %s%s", at->of, at->name);
        for (int i = 0; at->keep && !breach[0] && i < n; i++)
            if (memcmp(&A->v[i], &at->keep[i], sizeof *A->v) != 0)
                snprintf(breach, CONTRACT_ROOM, "changes %s%s", at->of, at->name);
    }
    if (breach[0]) return;
    if (tr->T != s->p->T) snprintf(breach, CONTRACT_ROOM, "changes tr->T");
    if (memcmp(s->xs_keep, tr->xs - 1, ids) != 0) snprintf(breach, CONTRACT_ROOM, "changes tr->xs");
    if (memcmp(s->targets_keep, s->targets - 1, ids) != 0)
        snprintf(breach, CONTRACT_ROOM, "changes targets");
}

/* Call the pass on this stage. Returns the loss. */
static double call_on(stage *s, contract_pass *pass, const setting *how, double *g, char *breach)
{
    mat *seen[5];
    const double loss = prepare(s, how);
    pass(s->net, s->tr, s->targets, s->d, s->w);
    find_replaced(s, seen, breach);
    mats_store(g, seen, 5);
    if (breach && !breach[0]) find_written(s, breach);
    return loss;
}

/* Call the pass on a stage of its own. False on out of memory. */
static bool call(contract_pass *pass, const bugs_point *p, int spare, const setting *how, double *g,
                 double *loss, char *breach)
{
    stage *s = stage_new(p, spare);
    if (!s) return false;
    const double L = call_on(s, pass, how, g, breach);
    if (loss) *loss = L;
    stage_free(s);
    return true;
}

bool contract_at(contract_pass *pass, const bugs_point *p, double *g, double *loss)
{
    return call(pass, p, 0, &(setting){-1, 0, p->before}, g, loss, NULL);
}

/* Are they the same numbers, or both nan? */
static bool same(const double *x, const double *y, int n)
{
    for (int i = 0; i < n; i++)
        if (!(x[i] == y[i] || (isnan(x[i]) && isnan(y[i])))) return false;
    return true;
}

/* With `before` in the gradients, is `after` the gradient g plus that? */
static void find_added(const bugs_point *p, const double *before, const double *g,
                       const double *after, char *breach)
{
    const int H = p->H, V = p->V, size[5] = {H * V, H * H, V * H, H, V};
    int set = 0, added = 0, first = 0, at = 0;
    for (int k = 0; k < 5; k++) {
        bool is_set = true, is_added = true;
        for (int i = at; i < at + size[k]; i++) {
            if (!isfinite(g[i])) continue;
            const double bound = (REAL_IS_DOUBLE ? 1e-6 : 1e-3) * (1 + fabs(g[i]));
            is_set = is_set && fabs(after[i] - g[i]) <= bound;
            is_added = is_added && fabs(after[i] - g[i] - before[i]) <= bound;
        }
        if (is_set && set == 0) first = k;
        set += is_set;
        added += is_added;
        at += size[k];
    }
    if (added == 5) return;
    if (set == 5)
        snprintf(breach, CONTRACT_ROOM, "sets d, where it should add to it");
    else if (set + added == 5)
        snprintf(breach, CONTRACT_ROOM, "sets d->%s, where it should add to it", rnn_name[first]);
    else
        snprintf(breach, CONTRACT_ROOM, "reads d, where it should only add to it");
}

/* Two calls with the same memory; then with other weights in it, beside the same in memory of its own: a pass that keeps
 * a copy of the weights does not see that they are others. */
static bool find_kept(contract_pass *pass, const bugs_point *p, double *g, char *breach)
{
    double again[MOST_SIZE], there[MOST_SIZE], anew[MOST_SIZE], theta[MOST_SIZE], hprev[MOST_SIZE];
    const setting zeros = {-1, 0, NULL};
    const int n = bugs_size(p->H, p->V);
    bugs_point other = *p;
    other.theta = theta;
    other.hprev = hprev;
    for (int i = 0; i < n; i++) theta[i] = -0.75 * p->theta[n - 1 - i];
    for (int i = 0; i < p->H; i++) hprev[i] = -p->hprev[i];
    stage *s = stage_new(p, 0), *s2 = stage_new(&other, 0);
    const bool good = s && s2;
    if (good) {
        call_on(s, pass, &zeros, g, breach);
        call_on(s, pass, &zeros, again, breach);
        s->p = &other;
        call_on(s, pass, &zeros, there, breach);
        call_on(s2, pass, &zeros, anew, breach);
        if (!breach[0] && !(same(g, again, n) && same(there, anew, n)))
            snprintf(breach, CONTRACT_ROOM, "gives other numbers when it is called again");
    }
    if (s) stage_free(s);
    if (s2) stage_free(s2);
    return good;
}

bool contract_breach(contract_pass *pass, const bugs_point *p, char *breach)
{
    enum { SPARE = 3 };
    static const double dirt[] = {NAN, 7};
    double g[MOST_SIZE], other[MOST_SIZE], before[MOST_SIZE];
    const int n = bugs_size(p->H, p->V);
    breach[0] = '\0';
    if (n > MOST_SIZE) return false;
    if (!find_kept(pass, p, g, breach)) return false;
    for (int k = 0; k < 8 && !breach[0]; k++) {
        const setting how = {k % 4, dirt[k / 4], NULL};
        if (!call(pass, p, 0, &how, other, NULL, breach)) return false;
        if (!breach[0] && !same(g, other, n))
            snprintf(breach, CONTRACT_ROOM, "reads w->%s before it is set", scratch_name[k % 4]);
    }
    if (breach[0]) return true;
    if (!call(pass, p, SPARE, &(setting){-1, 0, NULL}, other, NULL, breach)) return false;
    if (!breach[0] && !same(g, other, n))
        snprintf(breach, CONTRACT_ROOM, "reads tr->room, or steps beyond tr->T");
    if (breach[0]) return true;
    for (int i = 0; i < n; i++) before[i] = 0.375 + 0.125 * (i % 5);
    if (!call(pass, p, 0, &(setting){-1, 0, before}, other, NULL, breach)) return false;
    if (!breach[0]) find_added(p, before, g, other, breach);
    return true;
}

/* ---- other shapes ---- */

/* More outputs than hidden units; as many; one of each; the size of chapter 8; many steps, with large gradients that
 * come from more than 50 steps later. */
static const struct {
    int H, V, T;
    double to_h, in_h, to_y; /* spread of Wxh and bh, Whh, Why and by */
} shapes[] = {{3, 9, 4, 0.7, 0.7, 0.7},
              {4, 4, 5, 0.7, 0.7, 0.7},
              {1, 2, 3, 0.7, 0.7, 0.7},
              {100, 65, 25, 0.1, 0.1, 0.1},
              {8, 5, 70, 0.02, 0.5, 8}};

int contract_shapes(void) { return sizeof shapes / sizeof *shapes; }

void contract_shape(int k, int *H, int *V, int *T)
{
    *H = shapes[k].H;
    *V = shapes[k].V;
    *T = shapes[k].T;
}

bool contract_elsewhere(contract_pass *pass, int k, double *distance)
{
    const int H = shapes[k].H, V = shapes[k].V, T = shapes[k].T, n = bugs_size(H, V);
    double *const block = calloc((size_t) (3 * n + H + bugs_scratch(H, V, T)), sizeof *block);
    int *const ids = calloc((size_t) (2 * (T + 2)), sizeof *ids);
    double loss, *g = block, *right = g + n, *theta = right + n, *hprev = theta + n;
    const bugs_point p = {H, V, T, ids + 1, ids + T + 3, theta, hprev, NULL};
    bool good = block && ids;
    if (good) {
        rng draws;
        rng_seed(&draws, 20 + (uint32_t) k);
        for (int i = 0; i < n; i++) {
            const bool of_Whh = i >= H * V && i < H * V + H * H,
                       of_h = i < H * V || (i >= 2 * H * V + H * H && i < n - V);
            const double spread = of_h ? shapes[k].to_h : of_Whh ? shapes[k].in_h : shapes[k].to_y;
            theta[i] = spread * rng_randn(&draws);
        }
        for (int i = 0; i < H; i++) hprev[i] = shapes[k].to_h * (2 * rng_uniform(&draws) - 1);
        for (int i = 0; i < 2 * (T + 2); i++) ids[i] = (int) (rng_uniform(&draws) * V);
        for (int t = 0; t < T / 2; t++) ids[T + 3 + t] = 0;
        good = contract_at(pass, &p, g, &loss);
    }
    if (good) {
        bugs_gradient(&p, NULL, right, hprev + H);
        *distance = bugs_distance(H, V, g, right);
    }
    free(block);
    free(ids);
    return good;
}
