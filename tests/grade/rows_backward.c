/* rows_backward.c: the rows of the chapters with a backward pass. The suite is the chapter's name. */
#include "backward.h"
#include "bugs.h"
#include "rows.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CALLS = 6 };

/* A network, a sequence, and what d holds before. */
typedef struct question {
    int H, V, T;
    int *inputs, *targets;
    double *theta, *hprev, *before, *want;
} question;

static double *room(int n)
{
    double *v = calloc((size_t) n, sizeof *v);
    cr_assert(v);
    return v;
}

/* Weights of a generic size, repeated characters, hprev != 0. */
static question draw(int H, int V, int T, rng *draws, bool naive)
{
    question q = {H, V, T, NULL, NULL, room(bugs_size(H, V)), room(H), room(bugs_size(H, V)), room(bugs_size(H, V))};
    q.inputs = calloc((size_t) T, sizeof *q.inputs);
    q.targets = calloc((size_t) T, sizeof *q.targets);
    cr_assert(q.inputs && q.targets);
    for (int i = 0; i < bugs_size(H, V); i++) q.theta[i] = (i < 2 * H * V + H * H ? 1.0 : 0.3) / sqrt(H) * rng_randn(draws);
    for (int i = 0; i < H; i++) q.hprev[i] = 2 * rng_uniform(draws) - 1;
    for (int i = 0; i < bugs_size(H, V); i++) q.before[i] = rng_randn(draws);
    for (int t = 0; t < T; t++) {
        q.inputs[t] = (int) (V * rng_uniform(draws));
        q.targets[t] = (int) (V * rng_uniform(draws));
    }
    const bugs_point p = {H, V, T, q.inputs, q.targets, q.theta, q.hprev};
    bugs_switches s = {{0}};
    s.on[NO_DHNEXT] = naive;
    double *scratch = room(bugs_scratch(H, V, T));
    bugs_gradient(&p, &s, q.want, scratch);
    free(scratch);
    return q;
}

static void question_free(question *q)
{
    free(q->inputs);
    free(q->targets);
    free(q->theta);
    free(q->hprev);
    free(q->before);
    free(q->want);
}

static int part_size(int H, int V, int k) { return (const int[]){H * V, H * H, V * H, H, V}[k]; }

static void put_five(frame *f, int H, int V, const double *v)
{
    for (int k = 0; k < 5; k++) {
        frame_put_reals(f, v, part_size(H, V, k));
        v += part_size(H, V, k);
    }
}

static void put_vector(frame *f, const mat *x)
{
    double *v = room(mat_size(x));
    for (int i = 0; i < mat_size(x); i++) v[i] = (double) x->v[i];
    frame_put_reals(f, v, mat_size(x));
    free(v);
}

/* One call: what call_backward.c reads. The activations are the reference's. */
static void put_question(frame *f, const question *q)
{
    rnn *net = rnn_new(q->H, q->V);
    trace *tr = trace_new(q->H, q->V, q->T);
    mat *hprev = mat_new(q->H, 1);
    cr_assert(net && tr && hprev);
    const double *v = q->theta;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) net->all[k]->v[i] = (real) *v++;
    for (int i = 0; i < q->H; i++) hprev->v[i] = (real) q->hprev[i];
    rnn_forward(net, q->inputs, q->targets, hprev, tr);
    frame_put_ints(f, (const int[]){q->H, q->V, q->T}, 3);
    put_five(f, q->H, q->V, q->theta);
    frame_put_ints(f, q->inputs, q->T);
    frame_put_ints(f, q->targets, q->T);
    for (int t = -1; t < q->T; t++) put_vector(f, tr->hs[t]);
    for (int t = 0; t < q->T; t++) put_vector(f, tr->ys[t]);
    for (int t = 0; t < q->T; t++) put_vector(f, tr->ps[t]);
    put_five(f, q->H, q->V, q->before);
    mat_free(hprev);
    trace_free(tr);
    rnn_free(net);
}

static row_answer ask(const question *q, int calls, double seconds)
{
    frame f = row_request();
    size_t most = 0;
    frame_put_ints(&f, &calls, 1);
    for (int c = 0; c < calls; c++) {
        put_question(&f, &q[c]);
        most += (size_t) bugs_size(q[c].H, q[c].V) * sizeof(double) + 5 * 2 * sizeof(int);
    }
    return row_ask(&f, most, seconds);
}

/* The names of the mistakes, from the worker's gradients on the probes of bugs.h. */
static void name_mistake(bool naive, char *hint, size_t size)
{
    bugs *b = bugs_new();
    cr_assert(b);
    question q[BUGS_PROBES];
    double *grad[BUGS_PROBES];
    bool good = true;
    for (int k = 0; k < BUGS_PROBES; k++) {
        const bugs_point *p = bugs_probe(b, k);
        q[k] = (question){p->H, p->V, p->T, (int *) (uintptr_t) p->inputs, (int *) (uintptr_t) p->targets,
                          (double *) (uintptr_t) p->theta, (double *) (uintptr_t) p->hprev, room(bugs_size(p->H, p->V)), NULL};
        grad[k] = room(bugs_size(p->H, p->V));
    }
    row_answer a = ask(q, BUGS_PROBES, 0);
    for (int k = 0; k < BUGS_PROBES; k++) {
        double *v = grad[k];
        for (int m = 0; m < 5; m++) {
            good = good && a.status == ROW_PASSED && frame_get_reals(&a.f, v, part_size(q[k].H, q[k].V, m));
            v += part_size(q[k].H, q[k].V, m);
        }
    }
    row_answer_free(&a);
    bugs_finding found;
    hint[0] = '\0';
    if (good) {
        bugs_diagnose(b, (const double *const *) grad, &found);
        if (found.kind == BUGS_NAMED) {
            size_t at = 0;
            for (int k = 0; k < 2; k++) {
                if (found.bug[k] < 0 || (naive && found.bug[k] == NO_DHNEXT)) continue;
                at += (size_t) snprintf(hint + at, size - at, "%s%s", at ? " + " : "", buglist[found.bug[k]].id);
            }
        } else if (found.kind == BUGS_RIGHT && naive)
            snprintf(hint, size, "has-dhnext");
        else if (found.kind == BUGS_UNKNOWN)
            snprintf(hint, size, "unknown");
    }
    for (int k = 0; k < BUGS_PROBES; k++) {
        free(q[k].before);
        free(grad[k]);
    }
    bugs_free(b);
}

/* A row: the tensors of `wanted` (a letter each: x h y b c), over some sizes, and `again` calls with the same d. */
static void grade(const char *row, const char *wanted, const int (*sizes)[3], int calls, bool naive, double seconds)
{
    static const char letters[] = "xhybc";
    row_finding f = {.t = -1, .index = -1, .part = ""};
    question q[MOST_CALLS];
    rng draws = row_draws(row);
    for (int c = 0; c < calls; c++) q[c] = draw(sizes[c][0], sizes[c][1], sizes[c][2], &draws, naive);
    row_answer a = ask(q, calls, seconds);
    f.status = a.status;
    for (int c = 0; c < calls && f.status == ROW_PASSED; c++) {
        const double *want = q[c].want, *before = q[c].before;
        for (int k = 0; k < 5; k++) {
            const int n = part_size(q[c].H, q[c].V, k);
            row_finding ignored = f;
            row_compare(&a, (const char *[]){"dWxh", "dWhh", "dWhy", "dbh", "dby"}[k], -1, want, before, n,
                        strchr(wanted, letters[k]) ? &f : &ignored);
            if (ignored.status == ROW_INVALID_ANSWER) f.status = a.f.bad ? ROW_INVALID_ANSWER : f.status;
            want += n;
            before += n;
        }
    }
    if (f.status == ROW_PASSED && !frame_ended(&a.f)) f.status = ROW_INVALID_ANSWER;
    row_answer_free(&a);
    if (f.status == ROW_FAILED) name_mistake(naive, f.hint, sizeof f.hint);
    for (int c = 0; c < calls; c++) question_free(&q[c]);
    row_end(row, &f);
}

static const int one_step[][3] = {{5, 4, 1}, {3, 6, 1}};
static const int two_steps[][3] = {{4, 5, 2}, {6, 3, 2}};
static const int many_steps[][3] = {{5, 7, 6}, {7, 4, 12}};
static const int long_one[][3] = {{9, 6, 25}};
static const int twice[][3] = {{4, 5, 3}, {4, 5, 3}, {6, 4, 5}};
static const int large[][3] = {{64, 64, 25}};

#define ROW(suite, row, wanted, sizes, naive, seconds)                                             \
    Test(suite, row) { grade(#suite "." #row, wanted, sizes, (int) (sizeof sizes / sizeof *sizes), naive, seconds); }

/* The rows that both chapters have. */
#define BOTH(suite, naive)                                                                         \
    ROW(suite, one_step_dWhy, "y", one_step, naive, 0)                                             \
    ROW(suite, one_step_dby, "c", one_step, naive, 0)                                              \
    ROW(suite, one_step_dWxh, "x", one_step, naive, 0)                                             \
    ROW(suite, one_step_dWhh, "h", one_step, naive, 0)                                             \
    ROW(suite, one_step_dbh, "b", one_step, naive, 0)                                              \
    ROW(suite, many_steps_dWhy, "y", many_steps, naive, 0)                                         \
    ROW(suite, many_steps_dby, "c", many_steps, naive, 0)                                          \
    ROW(suite, many_steps_dWxh, "x", many_steps, naive, 0)                                         \
    ROW(suite, many_steps_dWhh, "h", many_steps, naive, 0)                                         \
    ROW(suite, many_steps_dbh, "b", many_steps, naive, 0)                                          \
    ROW(suite, several_calls, "xhybc", twice, naive, 0)                                            \
    ROW(suite, large, "xhybc", large, naive, 1)

BOTH(one_hop, true)
BOTH(bptt, false)
ROW(bptt, two_steps, "xhb", two_steps, false, 0)
ROW(bptt, long_one, "xhybc", long_one, false, 0)
