/* step.c: what happens in one iteration, by many ranks; in the place of chapter 15's. See step.h. */
#include "step.h"

#include "halving.h"
#include "live.h"

#include <stdlib.h>

/* ---- computing ---- */

/* How many shards each rank has. */
static int share(const charnet *r) { return r->o.shards / ranks_count(); }

void step_gradient(charnet *r) { charnet_gradient(r, ranks_me() * share(r), share(r)); }

void step_sum(charnet *r)
{
    const int first = ranks_me() * share(r);
    cellnet *sum = r->shard[first]->d;
    cellnet *scratch = r->shard[first > 0 ? 0 : r->o.shards - 1]->d; /* of another rank's shard */
    ranks_sum(sum->all, scratch->all, sum->tensors);
    for (int k = 0; first > 0 && k < sum->tensors; k++)
        mat_copy(r->shard[0]->d->all[k], sum->all[k]);
}

double step_together(charnet *r)
{
    const int S = r->o.shards;
    double loss = 0;
    charnet_load(r);
    step_gradient(r);
    step_sum(r);
    ranks_gather(r->loss, (size_t) share(r) * sizeof *r->loss);
    for (int k = 0; k < S; k++) loss += r->loss[k] / S;
    charnet_update(r);
    return loss;
}

/* ---- sharing ---- */

/* Give all ranks the numbers that one of them has. */
static void tell(int from, mat *const all[], int n)
{
    for (int k = 0; k < n; k++)
        ranks_tell(from, all[k]->v, (size_t) mat_size(all[k]) * sizeof(real));
}

/* The states of all shards: from the ranks that compute them, or from rank 0. */
static void tell_states(charnet *r, bool from_zero)
{
    const celltype *type = r->net->type;
    for (int k = 0; k < r->o.shards; k++)
        for (int l = 0; l < r->net->layers; l++) {
            void *layer = r->shard[k]->layer[l];
            const cellstate own = type->state(layer);
            for (int i = 0; i < CELL_STATES && own.of[i]; i++)
                tell(from_zero ? 0 : k / share(r), &own.of[i], 1);
            type->set_state(layer, own);
        }
}

static void tell_run(charnet *r)
{
    tell(0, r->net->all, r->net->tensors);
    for (int i = 0; i < CHARNET_MEMORIES && r->mem[i]; i++)
        tell(0, r->mem[i]->all, r->mem[i]->tensors);
    tell_states(r, true);
}

/* Could all ranks do it? */
static bool all_could(bool mine)
{
    bool could[CHARNET_SHARDS], all = true;
    could[ranks_me()] = mine;
    ranks_gather(could, sizeof *could);
    for (int k = 0; k < ranks_count(); k++) all = all && could[k];
    return all;
}

/* ---- orders ---- */

enum { BEGIN, STEP, COLLECT, END };

/* What rank 0 tells the others to do. */
typedef struct order {
    int what;          /* one of these */
    int count, V;      /* BEGIN: ids of the text, vocabulary */
    int n;             /* STEP: which iteration */
    double rate;       /* STEP: its learning rate */
    charnet_options o; /* BEGIN: options */
} order;

static void give(int what, const charnet *r)
{
    order o = {.what = what};
    if (r) o = (order){what, r->blocks.count, r->net->E->rows, r->n, r->rate, r->o};
    ranks_tell(0, &o, sizeof o);
}

bool charnet_settle(charnet_options *o, error *e)
{
    if (!charnet_divide(o, e)) return false;
    if (o->shards % ranks_count() == 0) return true; /* both are powers of two then */
    return error_set(e,
                     say("%d ranks cannot share %d shards: give a power of two of ranks, and as "
                         "many --shards or more",
                         "랭크 %d개는 몫 %d개를 나누어 맡을 수 없습니다. 랭크의 수는 2의 "
                         "거듭제곱, --shards는 그 이상으로 주십시오"),
                     ranks_count(), o->shards);
}

bool charnet_begin(charnet *r, error *e)
{
    if (ranks_count() == 1) return true;
    give(BEGIN, r);
    if (!all_could(true)) return error_no_memory(e);
    ranks_tell(0, (int *) r->blocks.ids, (size_t) r->blocks.count * sizeof(int)); /* only read */
    tell_run(r);
    return true;
}

double charnet_step(charnet *r)
{
    give(STEP, r);
    return step_together(r);
}

void charnet_collect(charnet *r)
{
    if (ranks_count() == 1) return;
    give(COLLECT, r);
    tell_states(r, false);
}

void step_end(void) { give(END, NULL); }

/* BEGIN: a run like rank 0's; NULL if not all ranks have the memory. */
static charnet *join(const order *o, int **ids)
{
    *ids = malloc((size_t) o->count * sizeof **ids);
    charnet *r = *ids ? charnet_new(&o->o, *ids, o->count, o->V) : NULL;
    if (!all_could(r != NULL)) {
        charnet_free(r);
        return NULL;
    }
    ranks_tell(0, *ids, (size_t) o->count * sizeof **ids);
    tell_run(r);
    return r;
}

void step_serve(void)
{
    charnet *r = NULL;
    int *ids = NULL;
    order o;
    live_catch(); /* mpirun and srun send a signal to all ranks; rank 0 saves, and then comes END */
    while (ranks_tell(0, &o, sizeof o), o.what != END)
        if (o.what == BEGIN)
            r = join(&o, &ids);
        else if (o.what == COLLECT)
            tell_states(r, false);
        else {
            charnet_go_to(r, o.n);
            r->rate = o.rate;
            step_together(r);
        }
    charnet_free(r);
    free(ids);
}
