/* lm/call.c: calls the functions that train and measure the word language model.
 *
 * Request: {which, batch, time, D, H, V, count, seed, times}, {learning rate, sum, scale of the weights}, the ids of the
 * text, and those of another text. */
#include "lmtrain.h"
#include "worker.h"

#include <math.h>

__attribute__((weak)) void lm_batch(lm *m)
{
    (void) m;
    worker_not_implemented();
}

__attribute__((weak)) double lm_step(lm *m)
{
    (void) m;
    worker_not_implemented();
}

__attribute__((weak)) bool lm_epoch_done(lm *m, double *perplexity)
{
    (void) m, (void) perplexity;
    worker_not_implemented();
}

__attribute__((weak)) lm_score lm_test(lm *m, const int *ids, int count)
{
    (void) m, (void) ids, (void) count;
    worker_not_implemented();
}

__attribute__((weak)) bool lm_count(const int *ids, int count, int V, const int *test, int length,
                                    lm_baselines *out)
{
    (void) ids, (void) count, (void) V, (void) test, (void) length, (void) out;
    worker_not_implemented();
}

static void say_ids(frame *answer, const char *name, int t, const int *ids, int n)
{
    mat *v = guard_mat(1, n, NULL);
    for (int i = 0; i < n; i++) v->v[i] = ids[i] < 0 ? guard_unwritten() : (real) ids[i];
    worker_say_mat(answer, name, t, v);
}

/* `times` blocks. */
static void batches(lm *m, int times, frame *answer)
{
    const int block = m->options.batch * m->options.time;
    for (int k = 0; k < times; k++) {
        for (int i = 0; i < block; i++) m->xs[i] = m->ts[i] = -1;
        lm_batch(m);
        say_ids(answer, "xs", k, m->xs, block);
        say_ids(answer, "ts", k, m->ts, block);
        worker_say_number(answer, "time_idx", k, m->time_idx);
    }
}

/* `times` iterations. */
static void iterations(lm *m, int times, frame *answer)
{
    mat *before[TIMENET_TENSORS];
    for (int k = 0; k < TIMENET_TENSORS; k++) {
        const mat *A = m->s->net->all[k];
        before[k] = guard_mat(A->rows, A->cols, NULL);
        mat_copy(before[k], A);
    }
    for (int k = 0; k < times; k++) {
        worker_say_number(answer, "loss", k, lm_step(m));
        worker_say_number(answer, "sum", k, m->sum);
        worker_say_number(answer, "iteration", k, m->iteration);
    }
    for (int k = 0; k < TIMENET_TENSORS; k++)
        worker_say_grown(answer, timenet_name[k], m->s->net->all[k], before[k]);
}

/* After `times` iterations, whose losses sum to `sum`: is the epoch over? */
static void epoch(lm *m, int times, double sum, frame *answer)
{
    double perplexity = -1;
    m->iteration = times;
    m->sum = sum;
    worker_say_number(answer, "over", -1, lm_epoch_done(m, &perplexity));
    worker_say_number(answer, "perplexity", -1, perplexity);
    worker_say_number(answer, "epoch", -1, m->epoch);
    worker_say_number(answer, "iteration", -1, m->iteration);
    worker_say_number(answer, "sum", -1, m->sum);
}

static void test(lm *m, const int *other, int length, frame *answer)
{
    mat *const states[] = {m->s->rnn->h,
                           m->one->rnn->h}; /* as training and an earlier test leave them */
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < mat_size(states[k]); i++)
            states[k]->v[i] = (real) 0.01 * (real) (i + 1);
    m->s->rnn->has_state = m->one->rnn->has_state = true;
    m->epoch = m->iteration = m->time_idx = 2;
    m->sum = 3;
    const lm_score s = lm_test(m, other, length);
    worker_say_number(answer, "perplexity", -1, s.perplexity);
    worker_say_number(answer, "counted", -1, s.counted);
    worker_say_number(answer, "skipped", -1, s.skipped);
    /* The training is not disturbed. */
    const double run[] = {m->s->rnn->has_state, m->epoch, m->iteration, m->time_idx, m->sum};
    worker_say_mat(answer, "training", -1, states[0]);
    for (size_t k = 0; k < sizeof run / sizeof *run; k++)
        worker_say_number(answer, "training", -1, run[k]);
    for (int k = 0; k < TIMENET_TENSORS; k++)
        worker_say_mat(answer, "training", -1, m->s->net->all[k]);
}

static void counting(const int *ids, int count, int V, const int *other, int length, frame *answer)
{
    const double none = (double) guard_unwritten();
    lm_baselines b = {none, none, none};
    worker_say_number(answer, "good", -1, lm_count(ids, count, V, other, length, &b));
    worker_say_number(answer, "uniform", -1, b.uniform);
    worker_say_number(answer, "unigram", -1, b.unigram);
    worker_say_number(answer, "bigram", -1, b.bigram);
}

void worker_call(frame *request, frame *answer)
{
    const int *in = worker_ints(request, 10), which = in[0], V = in[5], count = in[6],
              times = in[8];
    const mat *x = worker_mat(request, 3, 1);
    const int *ids = worker_ints(request, count), *other = worker_ints(request, in[9]);
    const lm_options o = {in[1], in[3], in[4], in[2], (double) x->v[0], (uint32_t) in[7]};
    if (which == 4) {
        counting(ids, count, V, other, in[9], answer);
        return;
    }
    lm *m = lm_new(&o, ids, count, V);
    if (!m) worker_bad_request();
    for (int k = 0; k < TIMENET_TENSORS; k++) { /* so large that the words differ */
        mat *A = m->s->net->all[k];
        for (int i = 0; i < mat_size(A); i++) A->v[i] *= k == 0 ? 100 * x->v[2] : x->v[2];
    }
    if (which == 0)
        batches(m, times, answer);
    else if (which == 1)
        iterations(m, times, answer);
    else if (which == 2)
        epoch(m, times, (double) x->v[1], answer);
    else
        test(m, other, in[9], answer);
}
