/* celltrain.c: the training of a stack of recurrent layers. See celltrain.h. */
#include "celltrain.h"

#include "adagrad.h"
#include "clip.h"
#include "require.h"

#include <math.h>
#include <stdlib.h>

celltrain *celltrain_new(const celltrain_options *o, const int *ids, int count, int V)
{
    const lm_options *p = &o->lm;
    const size_t block = (size_t) p->batch * (size_t) p->time;
    if (ids) REQUIRE(count, >=, lm_least(p));
    celltrain *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    *r = (celltrain){.options = *o,
                     .blocks = {.options = *p,
                                .ids = ids,
                                .count = count,
                                .V = V,
                                .xs = calloc(block, sizeof(int)),
                                .ts = calloc(block, sizeof(int))},
                     .net = cellnet_new(o->type, o->layers, V, p->wordvec, p->hidden)};
    if (o->adagrad) r->mem = cellnet_new(o->type, o->layers, V, p->wordvec, p->hidden);
    if (r->net) {
        r->s = cellstack_new(p->batch, p->time, r->net, true);
        r->one = cellstack_new(1, 1, r->net, true);
    }
    if (!r->blocks.xs || !r->blocks.ts || (o->adagrad && !r->mem) || !r->s || !r->one) {
        celltrain_free(r);
        return NULL;
    }
    rng_seed(&r->blocks.draws, p->seed);
    cellnet_start(r->net, o->forget_bias, &r->blocks.draws);
    return r;
}

void celltrain_free(celltrain *r)
{
    if (!r) return;
    cellstack_free(r->s);
    cellstack_free(r->one);
    cellnet_free(r->net);
    cellnet_free(r->mem);
    free(r->blocks.xs);
    free(r->blocks.ts);
    free(r);
}

void celltrain_update(celltrain *r)
{
    const celltrain_options *o = &r->options;
    mat *const *param = r->net->all, *const *dparam = r->s->d->all;
    const int n = r->net->tensors;
    r->norm = clip_norm(dparam, n, o->clip > 0 ? o->clip : INFINITY);
    if (o->adagrad)
        adagrad(param, dparam, r->mem->all, n, o->lm.learning_rate);
    else
        sgd(param, dparam, n, o->lm.learning_rate);
    r->iteration++;
}

double celltrain_step(celltrain *r)
{
    const lm *b = &r->blocks;
    const int T = b->options.time;
    lm_batch(&r->blocks);
    const double loss = cellstack_forward(r->s, T, b->xs, b->ts);
    cellnet_zero(r->s->d);
    cellstack_backward(r->s, T, b->xs, b->ts);
    celltrain_update(r);
    return loss;
}

double celltrain_score(celltrain *r, const int *ids, int count)
{
    double sum = 0;
    int counted = 0;
    cellstack_reset_state(r->one);
    for (int i = 0; i + 1 < count; i++) {
        if (ids[i] < 0 || ids[i + 1] < 0) {
            cellstack_reset_state(r->one);
            continue;
        }
        sum += cellstack_forward(r->one, 1, &ids[i], &ids[i + 1]);
        counted++;
    }
    return counted ? sum / counted : NAN;
}
