/* update.c: step 1. The pass makes all gradients; clip, Adagrad, transposes, one sweep over all weights after another. */
#include "adagrad.h"
#include "clip.h"
#include "fast.h"

const int fast_most_shards = 1, fast_most_threads = 1;

void fast_learn(fast *r)
{
    const fastnet *d = &r->shard[0].d;
    fast_pass(r, 0, 0);
    if (r->o.clip > 0) clip_value(d->all, 5, r->o.clip);
    adagrad(r->net.all, d->all, r->m.all, 5, r->o.learning_rate);
    fast_transpose(r->WhhT, r->net.Whh, 0, r->o.hidden);
    fast_transpose(r->WhyT, r->net.Why, 0, r->V);
    for (int k = 0; k < 5; k++) mat_zero(d->all[k]);
}
