/* lmtrain.c: the training of the word language model. See lmtrain.h. */
#include "lmtrain.h"

#include "require.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>

const lm_options lm_defaults = {10, 100, 100, 5, 0.1, 0};

long lm_least(const lm_options *o) { return (long) o->batch * o->time + 1; }

lm *lm_new(const lm_options *o, const int *ids, int count, int V)
{
    if (ids) REQUIRE(count, >=, lm_least(o));
    lm *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    const size_t block = (size_t) o->batch * (size_t) o->time;
    *m = (lm){.options = *o,
              .ids = ids,
              .count = count,
              .V = V,
              .s = timestack_new(o->batch, o->time, V, o->wordvec, o->hidden, true),
              .one = timestack_new(1, 1, V, o->wordvec, o->hidden, true),
              .xs = calloc(block, sizeof *m->xs),
              .ts = calloc(block, sizeof *m->ts),
              .y = mat_new(V, 1),
              .p = mat_new(V, 1)};
    if (!m->s || !m->one || !m->xs || !m->ts || !m->y || !m->p) {
        lm_free(m);
        return NULL;
    }
    rng_seed(&m->draws, o->seed);
    timenet_start(m->s->net, &m->draws);
    return m;
}

void lm_free(lm *m)
{
    if (!m) return;
    timestack_free(m->s);
    timestack_free(m->one);
    free(m->xs);
    free(m->ts);
    mat_free(m->y);
    mat_free(m->p);
    free(m);
}

int lm_iterations(const lm *m) { return (m->count - 1) / (m->options.batch * m->options.time); }

void lm_batch(lm *m) { (void) m; }

double lm_step(lm *m)
{
    (void) m;
    return NAN;
}

bool lm_epoch_done(lm *m, double *perplexity)
{
    (void) m; /* so that the program ends, every iteration is an epoch without a perplexity */
    *perplexity = NAN;
    m->epoch++;
    return true;
}

/* m->one, with the trained weights and a state of zeros. */
static timestack *for_one(lm *m)
{
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_copy(m->one->net->all[k], m->s->net->all[k]);
    timernn_reset_state(m->one->rnn);
    return m->one;
}

lm_score lm_test(lm *m, const int *ids, int count)
{
    (void) m, (void) ids, (void) count;
    return (lm_score){NAN, 0, 0};
}

bool lm_count(const int *ids, int count, int V, const int *test, int length, lm_baselines *out)
{
    (void) ids, (void) count, (void) V, (void) test, (void) length, (void) out;
    return false;
}

int lm_sample(lm *m, const int *prime, int primes, int n, double temperature, rng *draws, int *ids)
{
    static const int any = 0; /* a target, because one is needed; its loss is not used */
    timestack *one = for_one(m);
    int drawn = 0, x = prime[0];
    for (int i = 0; drawn < n; i++) {
        timestack_forward(one, 1, &x, &any);
        if (i + 1 < primes) {
            x = prime[i + 1];
            continue;
        }
        for (int k = 0; k < m->V; k++) m->y->v[k] = one->ys[0]->v[k];
        sample_temperature(m->p, m->y, temperature);
        x = rng_choice(draws, m->p);
        if (x < 0) break;
        ids[drawn++] = x;
    }
    return drawn;
}
