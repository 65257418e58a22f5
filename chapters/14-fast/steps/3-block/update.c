/* update.c: up to step 3, the pass, then one sweep after another over all weights: gradients, clip, Adagrad,
 * transposes. */
#include "adagrad.h"
#include "clip.h"
#include "fast.h"

const int fast_most_shards = 1, fast_most_threads = 1;

void fast_learn(fast *r)
{
    const int T = r->o.seq_length, H = r->o.hidden, V = r->V;
    fastshard *s = r->shard;
    fast_pass(r, 0, 0);
    product(&s->d.Why, 1, fast_turned(s->ps, T, 0, V), fast_all(s->hs, T)); /* dyᵀ h */
    product(&s->d.Whh, 1, fast_turned(s->dhraw, T, 0, H),
            fast_all(s->hs - 1, T)); /* dhrawᵀ hprev */
    if (r->o.clip > 0) clip_value(s->d.all, 5, r->o.clip);
    adagrad(r->net.all, s->d.all, r->m.all, 5, r->o.learning_rate);
    fast_transpose(r->WhhT, r->net.Whh, 0, H);
    fast_transpose(r->WhyT, r->net.Why, 0, V);
    for (int k = 0; k < 5; k++) mat_zero(s->d.all[k]);
}
