/* charnet.c: a mini-batch in shards, and what updates the weights. See charnet.h. */
#include "charnet.h"

#include "adagrad.h"
#include "adam.h"
#include "clip.h"
#include "dropout.h"
#include "fn.h"
#include "gru.h"
#include "require.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>

const celltype *const charnet_cell[CHARNET_CELLS] = {&lstm_type, &gru_type, &rnn_type};

int charnet_shards(int batch)
{
    enum { ROWS = 8 };
    int shards = 1;
    while (batch % (2 * shards) == 0 && batch / (2 * shards) >= ROWS &&
           2 * shards <= CHARNET_SHARDS)
        shards *= 2;
    return shards;
}

bool charnet_divide(charnet_options *o, error *e)
{
    if (o->shards == 0) o->shards = charnet_shards(o->batch);
    if (o->batch % o->shards == 0 && (o->shards & (o->shards - 1)) == 0) return true;
    return error_set(e,
                     say("--shards %d: give a power of two that divides --batch %d",
                         "--shards %d: --batch %d을(를) 나누는 2의 거듭제곱을 주십시오"),
                     o->shards, o->batch);
}

/* ---- memory ---- */

static bool allocate_shards(charnet *r)
{
    const int S = r->o.shards, n = r->o.batch / S, T = r->o.seq_length;
    r->shard = calloc((size_t) S, sizeof *r->shard);
    r->xs = calloc((size_t) S, sizeof *r->xs);
    r->ts = calloc((size_t) S, sizeof *r->ts);
    r->loss = calloc((size_t) S, sizeof *r->loss);
    bool good = r->shard && r->xs && r->ts && r->loss;
    for (int k = 0; good && k < S; k++) {
        r->shard[k] = cellstack_new(n, T, r->net, true);
        r->xs[k] = calloc((size_t) T * (size_t) n, sizeof(int));
        r->ts[k] = calloc((size_t) T * (size_t) n, sizeof(int));
        good = r->shard[k] && r->xs[k] && r->ts[k] &&
               (r->o.dropout == 0 || cellstack_add_masks(r->shard[k]));
    }
    return good;
}

/* What training needs beside the weights. */
static bool allocate_training(charnet *r, const int *ids, int count, int V)
{
    static const int memories[] = {[CHARNET_ADAM] = 2, [CHARNET_ADAGRAD] = 1, [CHARNET_SGD] = 0};
    const charnet_options *o = &r->o;
    const size_t block = (size_t) o->batch * (size_t) o->seq_length;
    r->blocks = (lm){.options = {.batch = o->batch, .time = o->seq_length},
                     .ids = ids,
                     .count = count,
                     .V = V,
                     .xs = calloc(block, sizeof(int)),
                     .ts = calloc(block, sizeof(int))};
    bool good = r->blocks.xs && r->blocks.ts && allocate_shards(r);
    for (int i = 0; i < memories[o->optimizer] && good; i++) {
        r->mem[i] = cellnet_new(r->net->type, o->layers, V, o->embed, o->hidden);
        good = r->mem[i] != NULL;
    }
    return good;
}

charnet *charnet_new(const charnet_options *o, const int *ids, int count, int V)
{
    REQUIRE(o->batch % o->shards, ==, 0);
    REQUIRE(o->shards & (o->shards - 1), ==, 0);
    REQUIRE(o->threads, >, 0);
    charnet *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->o = *o;
    r->rate = o->learning_rate;
    r->net = cellnet_new(charnet_cell[o->cell], o->layers, V, o->embed, o->hidden);
    if (r->net) r->one = cellstack_new(1, o->seq_length, r->net, true);
    if (!r->one || (ids && !allocate_training(r, ids, count, V))) {
        charnet_free(r);
        return NULL;
    }
    if (ids) REQUIRE(count, >=, lm_least(&r->blocks.options));
    rng draws;
    rng_seed(&draws, o->seed);
    cellnet_start(r->net, o->forget_bias, &draws);
    return r;
}

void charnet_free(charnet *r)
{
    if (!r) return;
    for (int k = 0; k < r->o.shards; k++) {
        if (r->shard) cellstack_free(r->shard[k]);
        if (r->xs) free(r->xs[k]);
        if (r->ts) free(r->ts[k]);
    }
    free(r->shard);
    free(r->xs);
    free(r->ts);
    free(r->loss);
    free(r->blocks.xs);
    free(r->blocks.ts);
    cellstack_free(r->one);
    for (int i = 0; i < CHARNET_MEMORIES; i++) cellnet_free(r->mem[i]);
    cellnet_free(r->net);
    free(r);
}

/* ---- training ---- */

void charnet_go_to(charnet *r, int n)
{
    r->n = n;
    r->blocks.time_idx = (int) ((long long) n * r->o.seq_length % (r->blocks.count - 1));
}

void charnet_load(charnet *r)
{
    const int N = r->o.batch, n = N / r->o.shards;
    lm_batch(&r->blocks);
    for (int k = 0; k < r->o.shards; k++) /* shard k: the sequences k n .. (k + 1) n - 1 */
        for (int t = 0; t < r->o.seq_length; t++)
            for (int i = 0; i < n; i++) {
                r->xs[k][t * n + i] = r->blocks.xs[t * N + k * n + i];
                r->ts[k][t * n + i] = r->blocks.ts[t * N + k * n + i];
            }
}

/* Shards to work on. */
typedef struct part {
    charnet *r;
    int first, count;
} part;

/* Forward and backward through the block of a shard; a job of shards_each(). */
static void pass(void *of, int job, int worker)
{
    const part *p = of;
    charnet *r = p->r;
    const int k = p->first + job, T = r->o.seq_length;
    cellstack *s = r->shard[k];
    (void) worker;
    if (r->o.dropout > 0)
        dropout_draw(s, T, &(dropout){r->o.dropout, r->o.seed, (uint64_t) r->n, k * s->N});
    r->loss[k] = cellstack_forward(s, T, r->xs[k], r->ts[k]);
    cellnet_zero(s->d);
    cellstack_backward(s, T, r->xs[k], r->ts[k]);
}

/* The gradients of a matrix, summed over the shards; a job, too. */
static void sum(void *of, int job, int worker)
{
    const part *p = of;
    real *g[CHARNET_SHARDS] = {NULL};
    (void) worker;
    for (int k = 0; k < p->count; k++) g[k] = p->r->shard[p->first + k]->d->all[job]->v;
    shards_sum(g, p->count, mat_size(p->r->net->all[job]));
}

void charnet_gradient(charnet *r, int first, int count)
{
    part p = {r, first, count};
    shards_each(count, r->o.threads, pass, &p);
    shards_each(r->net->tensors, r->o.threads, sum, &p);
}

/* One matrix, by the gradient in shard[0]->d; a job. */
static void learn(void *of, int job, int worker)
{
    charnet *r = of;
    mat *const *param = r->net->all + job, *const *dparam = r->shard[0]->d->all + job;
    const double rate = r->rate;
    (void) worker;
    if (r->o.optimizer == CHARNET_SGD)
        sgd(param, dparam, 1, rate);
    else if (r->o.optimizer == CHARNET_ADAGRAD)
        adagrad(param, dparam, r->mem[0]->all + job, 1, rate);
    else
        adam(param, dparam, r->mem[0]->all + job, r->mem[1]->all + job, 1, rate, r->n + 1);
}

void charnet_update(charnet *r)
{
    cellnet *d = r->shard[0]->d;
    const real mean = 1 / (real) r->o.shards; /* exact: S is a power of two */
    for (int k = 0; k < d->tensors; k++)
        for (int i = 0, size = mat_size(d->all[k]); i < size; i++) d->all[k]->v[i] *= mean;
    r->norm = clip_norm(d->all, d->tensors, r->o.clip_norm > 0 ? r->o.clip_norm : INFINITY);
    shards_each(d->tensors, r->o.threads, learn, r);
    r->n++;
}

/* ---- states ---- */

void charnet_states(charnet *r, const cellstate *states, bool set)
{
    const celltype *type = r->net->type;
    const int S = r->o.shards, size = r->o.batch / S * r->o.hidden;
    for (int k = 0; k < S; k++)
        for (int l = 0; l < r->net->layers; l++) {
            void *layer = r->shard[k]->layer[l];
            const cellstate own = type->state(layer);
            for (int i = 0; i < CELL_STATES && own.of[i]; i++) {
                real *a = own.of[i]->v, *b = states[l].of[i]->v + k * size;
                for (int j = 0; j < size; j++) *(set ? a + j : b + j) = set ? b[j] : a[j];
            }
            if (set) type->set_state(layer, own);
        }
}

/* ---- reading ---- */

double charnet_score(cellstack *one, const int *ids, int count, double *nat, int *counted)
{
    double sum = 0;
    *counted = 0;
    for (int i = 0; nat && i < count; i++) nat[i] = NAN;
    cellstack_reset_state(one);
    for (int at = 0, T; at + 1 < count; at += T) {
        for (T = 0; T < one->room && at + T + 1 < count; T++) /* up to an unknown symbol */
            if (ids[at + T] < 0 || ids[at + T + 1] < 0) break;
        if (T == 0) {
            cellstack_reset_state(one);
            T = 1;
            continue;
        }
        cellstack_forward(one, T, ids + at, ids + at + 1);
        for (int t = 0; t < T; t++) {
            const double x = -fn_log(one->ps[t]->v[ids[at + t + 1]]);
            if (nat) nat[at + t + 1] = x;
            sum += x;
            ++*counted;
        }
    }
    return sum;
}
