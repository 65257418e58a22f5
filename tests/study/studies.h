/* studies.h: measures how far the gradient checker can be trusted. study.c runs the full studies, test_rnncheck.c
 * short ones.
 *
 * The loss is rnn_forward()'s; the gradient being checked is that of the reference in bugs.h, right or with a
 * mistake, so the results do not depend on the backward pass that is linked in. The true derivative is computed
 * with the complex step: a separate forward pass in complex numbers, whose imaginary part gives the derivative
 * without any subtraction (Squire and Trapp, 1998). */
#ifndef STUDIES_H
#define STUDIES_H

#include "bugs.h"
#include "rnncheck.h"
#include "say.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A network with a sequence, and the same as a point of bugs.h. */
typedef struct subject {
    rnnprobe *probe;
    bugs_point point;
    double *theta, *hprev, *g, *scratch;
    gc_tensor tensor[5];
    int size;
} subject;

static const bugs_switches no_mistake = {{0}};

/* start: weights 0.01 randn, biases and hprev 0, as at the start of training; else all of them `spread` randn. */
static subject *subject_new(int H, int V, int T, double spread, uint32_t seed, bool start)
{
    subject *s = need(calloc(1, sizeof *s));
    s->probe = need(rnnprobe_new(H, V, T, start ? 0.01 : spread, seed));
    rnncheck *c = &s->probe->check;
    c->mistakes = &no_mistake;
    s->size = bugs_size(H, V);
    s->theta = need(calloc((size_t) s->size, sizeof *s->theta));
    s->g = need(calloc((size_t) s->size, sizeof *s->g));
    s->hprev = need(calloc((size_t) H, sizeof *s->hprev));
    s->scratch = need(calloc((size_t) bugs_scratch(H, V, T), sizeof *s->scratch));
    if (start) {
        mat_zero(c->net->bh);
        mat_zero(c->net->by);
        mat_zero(s->probe->hprev);
    }
    s->point = rnncheck_point(c, s->theta, s->hprev);
    return s;
}

static gc_problem subject_problem(subject *s)
{
    return rnncheck_problem(&s->probe->check, s->tensor);
}

static double noise_of(const gc_problem *p)
{
    double noise;
    if (!gc_noise(p, 0, &noise)) need(NULL);
    return noise;
}

/* Compute the gradient, s->g. Returns the loss. */
static double subject_gradient(subject *s)
{
    return bugs_gradient(&s->point, s->probe->check.mistakes, s->g, s->scratch);
}

static void subject_free(subject *s)
{
    rnnprobe_free(s->probe);
    free(s->theta);
    free(s->g);
    free(s->hprev);
    free(s->scratch);
    free(s);
}

/* A random subject: H 1-20, V 2-15, T 1-20, spread between `least` and `most`. */
static subject *subject_random(uint32_t seed, double least, double most)
{
    rng draws;
    rng_seed(&draws, seed);
    const int H = 1 + (int) (rng_uniform(&draws) * 20), V = 2 + (int) (rng_uniform(&draws) * 14),
              T = 1 + (int) (rng_uniform(&draws) * 20);
    const double spread = least * pow(most / least, rng_uniform(&draws));
    return subject_new(H, V, T, spread, seed, false);
}

/* ---- the oracle ---- */

/* The loss in complex numbers, with i h added to weight `which`; -1: to none. */
static double complex complex_loss(const bugs_point *p, int which, double h)
{
    enum { MOST = 20 };
    const int H = p->H, V = p->V;
    double complex before[MOST], now[MOST], y[MOST], loss = 0;
#define W(k) (p->theta[k] + ((k) == which ? h * I : 0))
    const int Whh = H * V, Why = Whh + H * H, bh = Why + V * H, by = bh + H;
    for (int i = 0; i < H; i++) before[i] = p->hprev[i];
    for (int t = 0; t < p->T; t++) {
        double complex sum = 0;
        double max = -INFINITY;
        for (int i = 0; i < H; i++) {
            double complex a = W(bh + i) + W(i * V + p->inputs[t]);
            for (int j = 0; j < H; j++) a += W(Whh + i * H + j) * before[j];
            now[i] = ctanh(a);
        }
        for (int k = 0; k < V; k++) {
            y[k] = W(by + k);
            for (int i = 0; i < H; i++) y[k] += W(Why + k * H + i) * now[i];
            max = fmax(max, creal(y[k]));
        }
        for (int k = 0; k < V; k++) sum += cexp(y[k] - max);
        loss -= y[p->targets[t]] - max - clog(sum);
        memcpy(before, now, (size_t) H * sizeof *before);
    }
#undef W
    return loss;
}

static double oracle(const bugs_point *p, int which)
{
    const double h = 1e-100;
    return cimag(complex_loss(p, which, h)) / h;
}

/* ---- the studies ---- */

/* The largest errors over all elements of all models; numeric and analytic relative to the tensor's largest. */
typedef struct accuracy {
    double real_part; /* complex loss against ours, relative */
    double numeric;   /* ladder against oracle */
    double analytic;  /* reference gradient against oracle */
    int elements, failed;
} accuracy;

static void study_accuracy(int H, int V, int T, bool start, int seeds, accuracy *r)
{
    *r = (accuracy){0};
    for (int seed = 0; seed < seeds; seed++) {
        subject *s = subject_new(H, V, T, 1 / sqrt(H), (uint32_t) seed, start);
        const gc_problem problem = subject_problem(s);
        gc_report report;
        r->failed += gc_check(&problem, NULL, &report) != GC_OK;
        subject_gradient(s);
        const double L = problem.loss(problem.model), noise = noise_of(&problem);
        r->real_part = fmax(r->real_part, fabs(creal(complex_loss(&s->point, -1, 0)) - L) / L);
        for (int k = 0, which = 0; k < 5; which += mat_size(s->tensor[k].value), k++) {
            double largest = 0, numeric = 0, analytic = 0;
            for (int i = 0; i < mat_size(s->tensor[k].value); i++) {
                const double truth = oracle(&s->point, which + i);
                largest = fmax(largest, fabs(truth));
                numeric = fmax(numeric, fabs(gc_derivative(&problem, k, i, noise).n - truth));
                analytic = fmax(analytic, fabs(s->g[which + i] - truth));
                r->elements++;
            }
            r->numeric = fmax(r->numeric, numeric / largest);
            r->analytic = fmax(r->analytic, analytic / largest);
        }
        subject_free(s);
    }
}

/* Are the error bars honest? */
typedef struct bars {
    long elements, outside; /* outside: off by more than 4 bars plus 1e-9 of the true value */
    double median;          /* of bar / error */
} bars;

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

/* Studies at least this many elements of random models; the bar is that of the first ladder. */
static void study_bars(long elements, bars *r)
{
    double *wide = need(malloc((size_t) (elements + 2000) * sizeof *wide));
    *r = (bars){0};
    for (uint32_t seed = 0; r->elements < elements; seed++) {
        subject *s = subject_random(seed, 0.01, 0.5);
        const gc_problem problem = subject_problem(s);
        const double noise = noise_of(&problem);
        for (int k = 0, which = 0; k < 5; k++)
            for (int i = 0; i < mat_size(s->tensor[k].value); i++, which++) {
                const double truth = oracle(&s->point, which);
                const gc_number n = gc_derivative(&problem, k, i, noise);
                const double miss = fabs(n.n - truth);
                r->outside += !(miss <= 1e-9 * fabs(truth) + 4 * n.bar);
                wide[r->elements++] = miss > 0 ? n.bar / miss : INFINITY;
            }
        subject_free(s);
    }
    qsort(wide, (size_t) r->elements, sizeof *wide, by_size);
    r->median = wide[r->elements / 2];
    free(wide);
}

/* Verdicts on right gradients. */
typedef struct alarms {
    int models, ok, unresolved, false_fails;
    long elements;
    uint64_t digest; /* of all verdicts and worst elements: the same with every compiler */
} alarms;

static void study_alarms(uint32_t from, uint32_t below, double least, double most, alarms *r)
{
    *r = (alarms){.digest = 1469598103934665603u};
    for (uint32_t seed = from; seed < below; seed++) {
        subject *s = subject_random(seed, least, most);
        const gc_problem problem = subject_problem(s);
        gc_report report;
        const gc_verdict v = gc_check(&problem, NULL, &report);
        r->models++;
        r->elements += s->size;
        r->ok += v == GC_OK;
        r->unresolved += v == GC_UNRESOLVED;
        r->false_fails += v > GC_UNRESOLVED;
        for (int k = 0; k < 5; k++)
            r->digest = (r->digest ^
                         (uint64_t) ((int) report.row[k].verdict * 1000 + report.row[k].worst)) *
                        1099511628211u;
        subject_free(s);
    }
}

/* Verdicts on wrong gradients that differ by more than 1e-8 of the gradient's length. */
typedef struct catches {
    int pairs, live, caught, unresolved, passed;
} catches;

static void study_catches(uint32_t from, uint32_t below, catches *r)
{
    *r = (catches){0};
    for (uint32_t seed = from; seed < below; seed++) {
        subject *s = subject_random(seed, 0.01, 0.5);
        const gc_problem problem = subject_problem(s);
        double *right = need(malloc((size_t) s->size * sizeof *right));
        subject_gradient(s);
        memcpy(right, s->g, (size_t) s->size * sizeof *right);
        for (int k = 0; k < BUGS; k++, r->pairs++) {
            bugs_switches one = {{0}};
            gc_report report;
            one.on[k] = 1;
            s->probe->check.mistakes = &one;
            subject_gradient(s);
            double apart = 0, length = 0;
            for (int i = 0; i < s->size; i++) {
                apart += (s->g[i] - right[i]) * (s->g[i] - right[i]);
                length += right[i] * right[i];
            }
            if (!(sqrt(apart) > 1e-8 * sqrt(length))) continue;
            const gc_verdict v = gc_check(&problem, NULL, &report);
            r->live++;
            r->caught += v == GC_FAIL || v == GC_NOT_FINITE;
            r->unresolved += v == GC_UNRESOLVED;
            r->passed += v == GC_OK;
        }
        free(right);
        subject_free(s);
    }
}

#endif
