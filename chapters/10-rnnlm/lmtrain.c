/* lmtrain.c: the training of the word language model. See lmtrain.h. */
#include "lmtrain.h"

#include "adagrad.h"
#include "fn.h"
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

void lm_batch(lm *m)
{
    const int N = m->options.batch, pairs = m->count - 1, jump = pairs / N;
    for (int t = 0; t < m->options.time; t++) {
        for (int n = 0; n < N; n++) {
            const int at = (int) (((long) n * jump + m->time_idx) % pairs);
            m->xs[t * N + n] = m->ids[at];
            m->ts[t * N + n] = m->ids[at + 1];
        }
        m->time_idx = (m->time_idx + 1) % pairs;
    }
}

double lm_step(lm *m)
{
    timestack *s = m->s;
    const int T = m->options.time;
    lm_batch(m);
    const double loss = timestack_forward(s, T, m->xs, m->ts);
    timenet_zero(s->d);
    timestack_backward(s, T, m->xs, m->ts);
    sgd(s->net->all, s->d->all, TIMENET_TENSORS, m->options.learning_rate);
    m->sum += loss;
    m->iteration++;
    return loss;
}

bool lm_epoch_done(lm *m, double *perplexity)
{
    const int iterations = lm_iterations(m);
    if (m->iteration < iterations) return false;
    *perplexity = fn_exp(m->sum / iterations);
    m->epoch++;
    m->iteration = 0;
    m->sum = 0;
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
    timestack *one = for_one(m);
    lm_score score = {NAN, 0, 0};
    double sum = 0;
    for (int i = 0; i < count; i++) score.skipped += ids[i] < 0;
    for (int i = 0; i + 1 < count; i++) {
        if (ids[i] < 0 || ids[i + 1] < 0) {
            timernn_reset_state(one->rnn);
            continue;
        }
        sum += timestack_forward(one, 1, &ids[i], &ids[i + 1]);
        score.counted++;
    }
    if (score.counted) score.perplexity = fn_exp(sum / score.counted);
    return score;
}

static int by_value(const void *a, const void *b)
{
    const long long x = *(const long long *) a, y = *(const long long *) b;
    return (x > y) - (x < y);
}

/* How many of the sorted numbers are less than x. */
static int below(const long long *sorted, int n, long long x)
{
    int from = 0;
    while (n > 0) {
        const int half = n / 2;
        if (sorted[from + half] < x) {
            from += half + 1;
            n -= half + 1;
        } else
            n = half;
    }
    return from;
}

bool lm_count(const int *ids, int count, int V, const int *test, int length, lm_baselines *out)
{
    int *times = calloc((size_t) V, sizeof *times), counted = 0;
    long long *pairs = calloc((size_t) count, sizeof *pairs);
    if (!times || !pairs) {
        free(times);
        free(pairs);
        return false;
    }
    for (int i = 0; i < count; i++) times[ids[i]]++;
    for (int i = 0; i + 1 < count; i++) pairs[i] = (long long) ids[i] * V + ids[i + 1];
    qsort(pairs, (size_t) (count - 1), sizeof *pairs, by_value);
    double unigram = 0, bigram = 0;
    for (int i = 0; i + 1 < length; i++) {
        if (test[i] < 0 || test[i + 1] < 0) continue;
        const long long pair = (long long) test[i] * V + test[i + 1];
        const int both = below(pairs, count - 1, pair + 1) - below(pairs, count - 1, pair),
                  first = below(pairs, count - 1, ((long long) test[i] + 1) * V) -
                          below(pairs, count - 1, (long long) test[i] * V);
        const double alone =
            (double) times[test[i + 1]] / count; /* P(b) = count of b / count of all */
        unigram -= fn_log(alone);
        bigram -= fn_log((both + alone) / (first + 1)); /* P(b | a) = (ab + P(b)) / (a + 1) */
        counted++;
    }
    *out = (lm_baselines){V, counted ? fn_exp(unigram / counted) : NAN,
                          counted ? fn_exp(bigram / counted) : NAN};
    free(times);
    free(pairs);
    return true;
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
