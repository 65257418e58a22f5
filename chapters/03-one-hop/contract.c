/* contract.c: calls a backward pass with other memory around it. See contract.h. */
#include "contract.h"

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
enum { BAND = 16, MOST_ROOM = 24, MOST_SLOTS = 14 + 3 * MOST_ROOM + 1, MOST_SIZE = 200 };
static const unsigned char GAP = 0xA5;
static const real BEHIND = (real) -1.0e30;

/* A matrix that the pass can reach. */
typedef struct slot {
    mat **at;
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
    int spare;            /* room for this many more steps */
    int dirty;            /* the scratch vector that holds nan, 0 to 3; -1: none */
    const double *before; /* the gradients; NULL: zeros */
} setting;

static const char *const scratch_name[4] = {"dy", "dh", "dhraw", "dhnext"};

static void put_slot(stage *s, mat **at, const char *of, const char *name)
{
    s->slots[s->count++] = (slot){at, of, name, NULL};
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
    *s->at = A;
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
    for (int k = 0; k < 4; k++) set_all(scratch[k], k == how->dirty ? NAN : 0);
    for (int k = 0; k < s->count; k++)
        for (int i = 0; s->slots[k].keep && i < mat_size(*s->slots[k].at); i++)
            s->slots[k].keep[i] = (*s->slots[k].at)->v[i];
    memcpy(s->xs_keep, tr->xs - 1, (size_t) (room + 2) * sizeof(int));
    memcpy(s->targets_keep, s->targets - 1, (size_t) (room + 2) * sizeof(int));
    return loss;
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

/* Call the pass, and again if g2 is not NULL. False on out of memory. */
static bool call(contract_pass *pass, const bugs_point *p, const setting *how, double *g,
                 double *g2, double *loss, char *breach)
{
    stage *s = stage_new(p, how->spare);
    if (!s) return false;
    for (int k = 0; k < (g2 ? 2 : 1); k++) {
        const double L = prepare(s, how);
        if (loss) *loss = L;
        pass(s->net, s->tr, s->targets, s->d, s->w);
        mats_store(k ? g2 : g, s->d->all, 5);
        if (breach && !breach[0]) find_written(s, breach);
    }
    stage_free(s);
    return true;
}

bool contract_at(contract_pass *pass, const bugs_point *p, double *g, double *loss)
{
    return call(pass, p, &(setting){0, -1, p->before}, g, NULL, loss, NULL);
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

bool contract_breach(contract_pass *pass, const bugs_point *p, char *breach)
{
    enum { SPARE = 3 };
    double g[MOST_SIZE], other[MOST_SIZE], before[MOST_SIZE];
    const int n = bugs_size(p->H, p->V);
    breach[0] = '\0';
    if (n > MOST_SIZE) return false;
    if (!call(pass, p, &(setting){0, -1, NULL}, g, other, NULL, breach)) return false;
    if (!breach[0] && !same(g, other, n))
        snprintf(breach, CONTRACT_ROOM, "keeps something from one call to the next");
    for (int k = 0; k < 4 && !breach[0]; k++) {
        if (!call(pass, p, &(setting){0, k, NULL}, other, NULL, NULL, breach)) return false;
        if (!breach[0] && !same(g, other, n))
            snprintf(breach, CONTRACT_ROOM, "reads w->%s before it is set", scratch_name[k]);
    }
    if (breach[0]) return true;
    if (!call(pass, p, &(setting){SPARE, -1, NULL}, other, NULL, NULL, breach)) return false;
    if (!breach[0] && !same(g, other, n))
        snprintf(breach, CONTRACT_ROOM, "reads tr->room, or steps beyond tr->T");
    if (breach[0]) return true;
    for (int i = 0; i < n; i++) before[i] = 0.375 + 0.125 * (i % 5);
    if (!call(pass, p, &(setting){0, -1, before}, other, NULL, NULL, breach)) return false;
    if (!breach[0]) find_added(p, before, g, other, breach);
    return true;
}
