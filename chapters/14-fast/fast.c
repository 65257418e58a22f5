/* fast.c: a run laid out for speed: its memory, its windows, and what the steps have in common. See fast.h. */
#include "fast.h"

#include "fn.h"
#include "require.h"
#include "vectors.h"

#include <math.h>
#include <stdlib.h>

/* ---- memory ---- */

static bool net_new(fastnet *net, const fast *r)
{
    const int H = r->o.hidden, V = r->V, HP = r->HP, VP = r->VP;
    *net =
        (fastnet){{mat_new(V, HP), mat_new(H, HP), mat_new(V, HP), mat_new(1, HP), mat_new(1, VP)}};
    return net->WxhT && net->Whh && net->Why && net->bh && net->by;
}

static void net_free(fastnet *net)
{
    for (int k = 0; k < 5; k++) mat_free(net->all[k]);
}

static bool shard_new(fastshard *s, const fast *r)
{
    const int T = r->o.seq_length, n = r->o.streams / r->o.shards;
    mat **hs = mats_new(T + 1, n, r->HP);
    s->hs = hs ? hs + 1 : NULL;
    s->ys = mats_new(T, n, r->VP);
    s->ps = mats_new(T, n, r->VP);
    s->dh = mats_new(T, n, r->HP);
    s->dhraw = mats_new(T, n, r->HP);
    s->inputs = calloc((size_t) T * (size_t) n, sizeof *s->inputs);
    s->targets = calloc((size_t) T * (size_t) n, sizeof *s->targets);
    const bool net = net_new(&s->d, r);
    return net && s->hs && s->ys && s->ps && s->dh && s->dhraw && s->inputs && s->targets;
}

static void shard_free(fastshard *s, int T)
{
    vectors_free(s->hs ? s->hs - 1 : NULL, T + 1);
    vectors_free(s->ys, T);
    vectors_free(s->ps, T);
    vectors_free(s->dh, T);
    vectors_free(s->dhraw, T);
    free(s->inputs);
    free(s->targets);
    net_free(&s->d);
}

/* Whole cache lines; but rows 4096 bytes apart would put each other out of the cache: one line more. */
static int padded(int n)
{
    enum { LINE = MAT_ALIGN / sizeof(real), PAGE = 4096 / sizeof(real) };
    const int whole = (n + LINE - 1) / LINE * LINE;
    return whole % PAGE == 0 ? whole + LINE : whole;
}

static bool allocate(fast *r)
{
    const int H = r->o.hidden, V = r->V, S = r->o.shards;
    r->WhhT = mat_new(H, r->HP);
    r->WhyT = mat_new(H, r->VP);
    r->band = mats_new(r->o.threads, FAST_BAND, r->HP);
    r->seen = calloc((size_t) V, sizeof *r->seen);
    r->shard = calloc((size_t) S, sizeof *r->shard);
    const bool net = net_new(&r->net, r), m = net_new(&r->m, r);
    bool good = net && m && r->WhhT && r->WhyT && r->band && r->seen && r->shard;
    for (int s = 0; good && s < S; s++) good = shard_new(&r->shard[s], r);
    return good;
}

/* The smaller of the two shapes. */
static void copy_corner(mat *A, const mat *B)
{
    const int rows = A->rows < B->rows ? A->rows : B->rows;
    const int cols = A->cols < B->cols ? A->cols : B->cols;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++) A->v[i * A->cols + j] = B->v[i * B->cols + j];
}

/* The weights that chapter 8 draws. */
static bool draw(fast *r)
{
    const int H = r->o.hidden, V = r->V;
    rng draws;
    rnn *net = rnn_new(H, V);
    if (!net) return false;
    rng_seed(&draws, r->o.seed);
    make_parameters(net, &draws);
    fast_transpose(r->net.WxhT, net->Wxh, 0, H);
    copy_corner(r->net.Whh, net->Whh);
    copy_corner(r->net.Why, net->Why);
    fast_transpose(r->WhhT, net->Whh, 0, H);
    fast_transpose(r->WhyT, net->Why, 0, V);
    for (int i = V; i < r->VP; i++) r->net.by->v[i] = (real) -HUGE_VAL;
    rnn_free(net);
    return true;
}

fast *fast_new(const fast_options *o, const int *ix, int length, int V)
{
    REQUIRE(o->threads, >, 0);
    REQUIRE(o->threads, <=, fast_most_threads);
    REQUIRE(o->shards, <=, fast_most_shards);
    REQUIRE(o->streams, <=, fast_most_streams);
    REQUIRE(o->streams % o->shards, ==, 0);
    REQUIRE(length / o->streams, >, o->seq_length);
    fast *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->o = *o;
    r->ix = ix;
    r->length = length;
    r->V = V;
    r->HP = padded(o->hidden);
    r->VP = padded(V);
    if (!allocate(r) || !draw(r)) {
        fast_free(r);
        return NULL;
    }
    r->smooth_loss = fn_log(V) * o->seq_length;
    return r;
}

void fast_free(fast *r)
{
    if (!r) return;
    for (int s = 0; r->shard && s < r->o.shards; s++) shard_free(&r->shard[s], r->o.seq_length);
    free(r->shard);
    free(r->seen);
    vectors_free(r->band, r->o.threads);
    mat_free(r->WhhT);
    mat_free(r->WhyT);
    net_free(&r->net);
    net_free(&r->m);
    free(r);
}

void fast_weights(rnn *net, const fast *r)
{
    fast_transpose(net->Wxh, r->net.WxhT, 0, r->V);
    copy_corner(net->Whh, r->net.Whh);
    copy_corner(net->Why, r->net.Why);
    for (int i = 0; i < r->o.hidden; i++) net->bh->v[i] = r->net.bh->v[i];
    for (int i = 0; i < r->V; i++) net->by->v[i] = r->net.by->v[i];
}

/* ---- windows ---- */

static void load(fastshard *s, const fast *r, int k, bool rewound)
{
    const int T = r->o.seq_length, n = r->o.streams / r->o.shards;
    if (rewound)
        mat_zero(s->hs[-1]);
    else
        mat_copy(s->hs[-1], s->hs[T - 1]);
    for (int i = 0; i < n; i++) {
        const int *at = r->ix + (k * n + i) * (r->length / r->o.streams) + r->p;
        for (int t = 0; t < T; t++) {
            s->inputs[t * n + i] = at[t];
            s->targets[t * n + i] = at[t + 1];
        }
    }
}

void fast_load(fast *r)
{
    const bool rewound = r->n == 0 || r->length / r->o.streams - r->p <= r->o.seq_length + 1;
    if (rewound) r->p = 0;
    for (int k = 0; k < r->o.shards; k++) load(&r->shard[k], r, k, rewound);
}

double fast_step(fast *r)
{
    double loss = 0;
    fast_load(r);
    fast_learn(r);
    for (int k = 0; k < r->o.shards; k++) loss += r->shard[k].loss;
    loss /= r->o.streams;
    r->smooth_loss = r->smooth_loss * 0.999 + loss * 0.001;
    r->p += r->o.seq_length;
    r->n++;
    return loss;
}

/* ---- rows ---- */

void fast_add(int n, real *restrict y, const real *x)
{
    for (int j = 0; j < n; j++) y[j] += x[j];
}

void fast_set_rows(mat *A, const mat *b)
{
    for (int i = 0; i < A->rows; i++)
        for (int j = 0; j < A->cols; j++) A->v[i * A->cols + j] = b->v[j];
}

void fast_transpose(mat *B, const mat *A, int first, int rows)
{
    enum { SIDE = MAT_ALIGN / sizeof(real) }; /* as a constant: no loop is left of these */
    const int cols = A->cols < B->rows ? A->cols : B->rows;
    for (int i = first; i < first + rows; i += SIDE)
        for (int j = 0; j < cols; j++) {
            const real *a = A->v + i * A->cols + j;
            real *b = B->v + j * B->cols + i;
            if (i + SIDE <= first + rows)
                for (int k = 0; k < SIDE; k++) b[k] = a[k * A->cols];
            else
                for (int k = 0; k < first + rows - i; k++) b[k] = a[k * A->cols];
        }
}

factor fast_columns(mat *const *part, int parts, int first, int count)
{
    return (factor){(const mat *const *) part, parts, false, first, count};
}

factor fast_turned(mat *const *part, int parts, int first, int count)
{
    return (factor){(const mat *const *) part, parts, true, first, count};
}

factor fast_all(mat *const *part, int parts) { return fast_columns(part, parts, 0, 0); }
