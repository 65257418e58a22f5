/* assignment: rnnlm; expect: passed; points: 100 */
/* A table of all pairs; the test has a network of its own; the batch comes from where each sequence stands. */
#include "adagrad.h"
#include "lmtrain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void lm_batch(lm *m)
{
    const int N = m->options.batch, T = m->options.time, pairs = m->count - 1, jump = pairs / N;
    for (int n = 0; n < N; n++) {
        int at = (int) (((long long) n * jump + m->time_idx) % pairs);
        for (int t = 0; t < T; t++, at = at + 1 == pairs ? 0 : at + 1) {
            m->xs[t * N + n] = m->ids[at];
            m->ts[t * N + n] = m->ids[at + 1];
        }
    }
    m->time_idx = (m->time_idx + T) % pairs;
}

double lm_step(lm *m)
{
    double loss;
    lm_batch(m);
    for (int k = 0; k < TIMENET_TENSORS; k++)
        memset(m->s->d->all[k]->v, 0, (size_t) mat_size(m->s->d->all[k]) * sizeof(real));
    loss = timestack_forward(m->s, m->options.time, m->xs, m->ts);
    timestack_backward(m->s, m->options.time, m->xs, m->ts);
    for (int k = 0; k < TIMENET_TENSORS; k++)
        for (int i = 0; i < mat_size(m->s->d->all[k]); i++)
            m->s->net->all[k]->v[i] -= m->options.learning_rate * m->s->d->all[k]->v[i];
    return ++m->iteration, m->sum += loss, loss;
}

bool lm_epoch_done(lm *m, double *perplexity)
{
    const int blocks = (m->count - 1) / (m->options.batch * m->options.time);
    if (m->iteration != blocks) return false;
    *perplexity = pow(2, m->sum / blocks / log(2));
    m->sum = m->iteration = 0;
    return m->epoch++, true;
}

lm_score lm_test(lm *m, const int *ids, int count)
{
    lm_score score = {NAN, 0, 0};
    timestack *one = timestack_new(1, 1, m->V, m->options.wordvec, m->options.hidden, true);
    long double sum = 0;
    if (!one) return score;
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_copy(one->net->all[k], m->s->net->all[k]);
    for (int i = 0; i < count; i++) {
        if (ids[i] == -1) {
            score.skipped++;
            timernn_reset_state(one->rnn);
        } else if (i + 1 < count && ids[i + 1] != -1) {
            sum += timestack_forward(one, 1, ids + i, ids + i + 1);
            score.counted++;
        }
    }
    timestack_free(one);
    if (score.counted > 0) score.perplexity = exp((double) (sum / score.counted));
    return score;
}

bool lm_count(const int *ids, int count, int V, const int *test, int length, lm_baselines *out)
{
    double *table = calloc((size_t) V * V + 2 * (size_t) V, sizeof *table);
    if (!table) return false;
    double *words = table + (size_t) V * V, *firsts = words + V, one = 0, two = 0;
    int n = 0;
    for (int i = 0; i < count; i++) {
        words[ids[i]]++;
        if (i + 1 == count) break;
        firsts[ids[i]]++;
        table[(size_t) ids[i] * V + ids[i + 1]]++;
    }
    for (int i = 1; i < length; i++) {
        const int a = test[i - 1], b = test[i];
        if (a < 0 || b < 0) continue;
        const double p = words[b] / count;
        one += log(p);
        two += log((table[(size_t) a * V + b] + p) / (firsts[a] + 1));
        n++;
    }
    out->uniform = V;
    out->unigram = n ? exp(-one / n) : NAN;
    out->bigram = n ? exp(-two / n) : NAN;
    free(table);
    return true;
}
