/* backward/rows.c: what the backward pass is asked, and the known mistake that its answers show. */
#include "bugs.h"
#include "mutants.h"
#include "reference.h"
#include "rnn.h"
#include "rows.h"
#include "vectors.h"
#include "worker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void *room(int n, size_t each)
{
    void *v = calloc((size_t) n, each);
    cr_assert(v);
    return v;
}

static int part_size(int H, int V, int k) { return (const int[]){H * V, H * H, V * H, H, V}[k]; }

static void put_five(frame *f, int H, int V, const double *v)
{
    for (int k = 0; k < 5; k++) {
        frame_put_reals(f, v, part_size(H, V, k));
        v += part_size(H, V, k);
    }
}

static void put_vector(frame *f, mat *x)
{
    double *v = room(mat_size(x), sizeof *v);
    mats_store(v, &x, 1);
    frame_put_reals(f, v, mat_size(x));
    free(v);
}

/* One call: what call.c reads. The activations are the reference's; d holds `before`. */
static void put_call(frame *f, const bugs_point *p, const double *before)
{
    rnn *net = rnn_new(p->H, p->V);
    trace *tr = trace_new(p->H, p->V, p->T);
    mat *hprev = mat_new(p->H, 1);
    cr_assert(net && tr && hprev);
    mats_load(net->all, 5, p->theta);
    mats_load(&hprev, 1, p->hprev);
    rnn_forward(net, p->inputs, p->targets, hprev, tr);
    frame_put_ints(f, (const int[]){p->H, p->V, p->T}, 3);
    frame_put_ints(f, p->inputs, p->T);
    frame_put_ints(f, p->targets, p->T);
    put_five(f, p->H, p->V, p->theta);
    for (int t = -1; t < p->T; t++) put_vector(f, tr->hs[t]);
    for (int t = 0; t < p->T; t++) put_vector(f, tr->ys[t]);
    for (int t = 0; t < p->T; t++) put_vector(f, tr->ps[t]);
    put_five(f, p->H, p->V, before);
    mat_free(hprev);
    trace_free(tr);
    rnn_free(net);
}

/* Weights of a usual size, repeated characters, hprev != 0, and numbers in d, to which the gradient is added. In a long
 * sequence the first target is so frequent that its dby exceeds 5, where clipping is noticed, and there are so many
 * weights that differences of the loss cannot be computed in time. */
static void ask(frame *f, rng *draws, const int (*sizes)[3], int calls)
{
    frame_put_ints(f, (const int[]){calls, sizes[0][2] < 6},
                   2); /* of small ones: what was only to be read */
    for (int c = 0; c < calls; c++) {
        const int H = sizes[c][0], V = sizes[c][1], T = sizes[c][2], n = bugs_size(H, V),
                  matrices = 2 * H * V + H * H;
        double *theta = room(n, sizeof *theta), *hprev = room(H, sizeof *hprev),
               *before = room(n, sizeof *before);
        int *inputs = room(T, sizeof *inputs), *targets = room(T, sizeof *targets);
        for (int i = 0; i < n; i++)
            theta[i] = (i < matrices ? 1.0 : 0.3) / sqrt(H) * rng_randn(draws);
        for (int i = 0; i < H; i++) hprev[i] = 2 * rng_uniform(draws) - 1;
        for (int i = 0; i < n; i++) before[i] = rng_randn(draws);
        for (int t = 0; t < T; t++) {
            inputs[t] = (int) (V * rng_uniform(draws));
            targets[t] = (int) (V * pow(rng_uniform(draws), 3));
        }
        put_call(f, &(bugs_point){H, V, T, inputs, targets, theta, hprev, NULL}, before);
        free(theta);
        free(hprev);
        free(before);
        free(inputs);
        free(targets);
    }
}

static void one_step(frame *f, rng *draws)
{
    ask(f, draws, (const int[][3]){{5, 4, 1}, {3, 6, 1}}, 2);
}
static void two_steps(frame *f, rng *draws)
{
    ask(f, draws, (const int[][3]){{4, 5, 2}, {6, 3, 2}}, 2);
}
static void many_steps(frame *f, rng *draws)
{
    ask(f, draws, (const int[][3]){{5, 7, 6}, {48, 40, 60}}, 2);
}
static void long_text(frame *f, rng *draws)
{
    ask(f, draws, (const int[][3]){{9, 6, 25}, {40, 48, 60}}, 2);
}
static void calls(frame *f, rng *draws)
{
    ask(f, draws, (const int[][3]){{4, 5, 3}, {4, 5, 3}, {6, 4, 5}}, 3);
}
/* So many weights and steps that differences of the loss, by each weight or by each step's h, take too long: H times as
 * long as to follow each step's loss back by itself, which is right, and in time on a machine a fifth as fast. */
static void large(frame *f, rng *draws) { ask(f, draws, (const int[][3]){{128, 64, 60}}, 1); }

const row_question row_questions[] = {{NULL, ""}};

/* The gradients at the probes of the library of mistakes: the worker's, or the reference's. */
static bool at_probes(const bugs *b, double **grad, bool worker)
{
    frame f = row_request();
    int n[5 * BUGS_PROBES];
    bool good = true;
    frame_put_ints(&f, (const int[]){BUGS_PROBES, 0}, 2);
    for (int k = 0; k < BUGS_PROBES; k++) {
        const bugs_point *p = bugs_probe(b, k);
        grad[k] = room(bugs_size(p->H, p->V), sizeof *grad[k]);
        put_call(&f, p, p->before);
        for (int m = 0; m < 5; m++) n[5 * k + m] = part_size(p->H, p->V, m);
    }
    const double *v[5 * BUGS_PROBES];
    static reference_answer reference;
    if (worker) {
        const row_numbers a = row_numbers_of(&f, n, 5 * BUGS_PROBES);
        good = a.good;
        for (int k = 0; k < 5 * BUGS_PROBES; k++) v[k] = a.v[k];
    } else {
        reference_ask(&f, worker_call, &reference);
        for (int k = 0; k < 5 * BUGS_PROBES; k++) v[k] = reference.part[k].v;
        frame_free(&f);
    }
    for (int k = 0; k < BUGS_PROBES; k++)
        for (int m = 0, i = 0; m < 5; m++)
            for (int j = 0; j < n[5 * k + m]; j++) grad[k][i++] = v[5 * k + m][j];
    return good;
}

static bool is_named(const bugs_finding *found, int bug)
{
    return found->kind == BUGS_NAMED && (found->bug[0] == bug || found->bug[1] == bug);
}

/* The library knows 49 mistakes and every two of them. Where the reference itself hands nothing back through time, that
 * is no mistake, but to do so is one. */
void row_diagnose(FILE *out)
{
    bugs *b = bugs_new();
    double *right[BUGS_PROBES], *worker[BUGS_PROBES];
    bugs_finding ours, found;
    const char *names[3];
    int n = 0;
    cr_assert(b);
    at_probes(b, right, false);
    bugs_diagnose(b, (const double *const *) right, &ours);
    if (at_probes(b, worker, true)) {
        const bool detached = is_named(&ours, NO_DHNEXT);
        bugs_diagnose(b, (const double *const *) worker, &found);
        const bool told = found.kind == BUGS_NAMED || found.kind == BUGS_RIGHT;
        for (int k = 0; k < 2 && found.kind == BUGS_NAMED; k++)
            if (found.bug[k] >= 0 && !(detached && found.bug[k] == NO_DHNEXT))
                names[n++] = buglist[found.bug[k]].id;
        const bool hands_back =
            told && !is_named(&found, NO_DHNEXT) && !is_named(&found, DH_IS_DHNEXT);
        if (hands_back && detached) names[n++] = mutant_at(BUGS)->id;
        if (found.kind == BUGS_UNKNOWN) names[n++] = "unknown";
        fputc('\t', out);
        for (int k = 0; k < n; k++) fprintf(out, "%s%s", k ? " + " : "", names[k]);
        fputc('\n', out);
    }
    for (int k = 0; k < BUGS_PROBES; k++) {
        free(right[k]);
        free(worker[k]);
    }
    bugs_free(b);
}

ROW(backward, one_step_dWhy, one_step, "dWhy", 1)
ROW(backward, one_step_dby, one_step, "dby", 1)
ROW(backward, one_step_dWxh, one_step, "dWxh", 1)
ROW(backward, one_step_dWhh, one_step, "dWhh", 1)
ROW(backward, one_step_dbh, one_step, "dbh", 1)
ROW(backward, two_steps, two_steps, "dWxh dWhh dbh", 1)
ROW(backward, many_steps_dWhy, many_steps, "dWhy", 1)
ROW(backward, many_steps_dby, many_steps, "dby", 1)
ROW(backward, many_steps_dWxh, many_steps, "dWxh", 1)
ROW(backward, many_steps_dWhh, many_steps, "dWhh", 1)
ROW(backward, many_steps_dbh, many_steps, "dbh", 1)
ROW(backward, long_text, long_text, "dWxh dWhh dWhy dbh dby", 1)
ROW(backward, leaves_trace, calls, "dWhy dby hs ys ps xs targets Wxh Whh Why bh by", 1)
ROW(backward, leaves_all, calls, "dWxh dWhh dWhy dbh dby hs ys ps xs targets Wxh Whh Why bh by", 1)
ROW(backward, several_calls, calls, "dWhy dby", 1)
ROW(backward, each_call, calls, "dWxh dWhh dWhy dbh dby", 1)
ROW(backward, large, large, "dWxh dWhh dWhy dbh dby", 1)
