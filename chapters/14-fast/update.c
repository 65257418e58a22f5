/* update.c: the shards' passes, then new weights, a few rows at a time: their gradient, its sum over the shards, clip,
 * Adagrad, and the transposed copy, while they are in the cache. See fast.h. */
#include "fast.h"
#include "shards.h"

#include <math.h>
#include <string.h>

const int fast_most_shards = FAST_SHARDS, fast_most_threads = SHARDS_WORKERS;

/* n numbers: sum their gradients g over the shards, clip, Adagrad (as clip_value() and adagrad() do it). */
static void learn(const fast *r, int n, real *restrict W, real *restrict m, real *const g[])
{
    const real rate = (real) r->o.learning_rate;
    const real most = (real) (r->o.clip > 0 ? r->o.clip : HUGE_VAL);
    shards_sum(g, r->o.shards, n);
    const real *restrict dW = g[0];
    for (int i = 0; i < n; i++) {
        const real x = dW[i], d = x < -most ? -most : x > most ? most : x;
        m[i] += d * d;
        W[i] -= rate * d / (real) sqrt(m[i] + (real) 1e-8);
    }
}

/* Row i of a matrix whose gradients the shards have; they are 0 then. */
static void learn_row(const fast *r, int which, int i)
{
    mat *W = r->net.all[which], *m = r->m.all[which];
    const int n = W->cols, S = r->o.shards;
    real *g[FAST_SHARDS] = {NULL};
    for (int s = 0; s < S; s++) g[s] = r->shard[s].d.all[which]->v + i * n;
    learn(r, n, W->v + i * n, m->v + i * n, g);
    for (int s = 0; s < S; s++) memset(g[s], 0, (size_t) n * sizeof(real));
}

/* Some rows of a shard's gradient: of Why, dWhy = dyᵀ h, or of Whh, dWhh = dhrawᵀ hprev. */
static void gradient(mat *d, const fast *r, const fastshard *s, bool Why, int first)
{
    const int T = r->o.seq_length, rows = d->rows;
    mat_zero(d);
    product(&d, 1, fast_turned(Why ? s->ps : s->dhraw, T, first, rows),
            fast_all(Why ? s->hs : s->hs - 1, T));
}

/* A shard's job: its pass; and, if it is one of many, its gradients, as its states are in this core's cache. */
static void shard_job(void *run, int k, int worker)
{
    const fast *r = run;
    const fastshard *s = &r->shard[k];
    fast_pass(run, k, worker);
    if (r->o.shards == 1) return;
    gradient(s->d.Whh, r, s, false, 0);
    gradient(s->d.Why, r, s, true, 0);
}

/* Band k of Why or of Whh. If there is only one shard, its gradient is made here, and never leaves the cache. */
static void learn_band(const fast *r, bool Why, int k, mat *band)
{
    const int HP = r->HP, S = r->o.shards, first = k * FAST_BAND;
    mat *W = Why ? r->net.Why : r->net.Whh, *m = Why ? r->m.Why : r->m.Whh;
    const int left = W->rows - first, rows = left < FAST_BAND ? left : FAST_BAND;
    real *g[FAST_SHARDS] = {band->v};
    if (S == 1) {
        band->rows = rows; /* the last band may have fewer */
        gradient(band, r, r->shard, Why, first);
    } else
        for (int i = 0; i < S; i++)
            g[i] = (Why ? r->shard[i].d.Why : r->shard[i].d.Whh)->v + first * HP;
    learn(r, rows * HP, W->v + first * HP, m->v + first * HP, g);
    fast_transpose(Why ? r->WhyT : r->WhhT, W, first, rows);
}

static int bands(int rows) { return (rows + FAST_BAND - 1) / FAST_BAND; }

/* The jobs: the bands of Whh, those of Why, the rows of WxhT, bh and by. */
static void learn_job(void *run, int k, int worker)
{
    const fast *r = run;
    const int Whh = bands(r->o.hidden), Why = bands(r->V);
    mat *band = r->band[worker];
    if (k < Whh)
        learn_band(r, false, k, band);
    else if ((k -= Whh) < Why)
        learn_band(r, true, k, band);
    else if ((k -= Why) >= r->V)
        learn_row(r, 3 + k - r->V, 0); /* bh is all[3], by all[4] */
    else if (r->seen[k])               /* a gradient of 0 moves nothing */
        learn_row(r, 0, k);
}

void fast_learn(fast *r)
{
    const int rows = r->o.seq_length * (r->o.streams / r->o.shards);
    memset(r->seen, 0, (size_t) r->V * sizeof *r->seen);
    for (int s = 0; s < r->o.shards; s++)
        for (int i = 0; i < rows; i++) r->seen[r->shard[s].inputs[i]] = true;
    shards_each(r->o.shards, r->o.threads, shard_job, r);
    shards_each(bands(r->o.hidden) + bands(r->V) + r->V + 2, r->o.threads, learn_job, r);
}
