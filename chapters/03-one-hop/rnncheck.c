/* rnncheck.c: the gradient check of the RNN. See rnncheck.h. */
#include "rnncheck.h"

#include "contract.h"
#include "fn.h"
#include "say.h"
#include "vectors.h"

#include <stdlib.h>

static double true_loss(void *model)
{
    rnncheck *c = model;
    return rnn_forward(c->net, c->inputs, c->targets, c->hprev, c->tr);
}

/* The loss with every h[t-1] frozen: a weight affects the loss of step t only through step t itself. */
static double detached_loss(void *model)
{
    rnncheck *c = model;
    double loss = 0;
    for (int t = 0; t < c->tr->T; t++) {
        mat *p = c->tr->ps[t];
        rnn_step(c->net, c->inputs[t], c->frozen->hs[t - 1], c->tr->hs[t], c->tr->ys[t], p);
        loss -= fn_log(p->v[c->targets[t]]);
    }
    return loss;
}

bugs_point rnncheck_point(const rnncheck *c, double *theta, double *hprev)
{
    const int H = c->hprev->rows, V = c->net->by->rows;
    mats_store(theta, c->net->all, 5);
    for (int i = 0; i < H; i++) hprev[i] = c->hprev->v[i];
    return (bugs_point){H, V, c->tr->T, c->inputs, c->targets, theta, hprev, NULL};
}

/* Set c->d to the reference's gradient with the mistakes. */
static void mistaken(const rnncheck *c)
{
    const int H = c->hprev->rows, V = c->net->by->rows, n = bugs_size(H, V);
    double *theta = c->scratch, *hprev = theta + n, *g = hprev + H;
    const bugs_point p = rnncheck_point(c, theta, hprev);
    bugs_gradient(&p, c->mistakes, g, g + n);
    mats_load(c->d->all, 5, g);
}

static double gradient(void *model)
{
    rnncheck *c = model;
    const double loss = true_loss(c);
    rnn_zero(c->d);
    if (c->mistakes)
        mistaken(c);
    else
        rnn_backward(c->net, c->tr, c->targets, c->d, c->w);
    if (c->after) c->after(c->d);
    for (int t = -1; c->frozen && t < c->tr->T; t++) mat_copy(c->frozen->hs[t], c->tr->hs[t]);
    return loss;
}

gc_problem rnncheck_problem(rnncheck *c, gc_tensor tensor[5])
{
    for (int k = 0; k < 5; k++) tensor[k] = (gc_tensor){rnn_name[k], c->net->all[k], c->d->all[k]};
    /* The detached loss needs frozen states from its first call on. */
    if (c->frozen) gradient(c);
    return (gc_problem){c,   c->frozen ? detached_loss : true_loss, gradient, tensor, 5, c->tr->T,
                        NULL};
}

gc_verdict rnncheck_run(rnncheck *c, const gc_options *o, gc_report *report)
{
    gc_tensor tensor[5];
    const gc_problem problem = rnncheck_problem(c, tensor);
    return gc_check(&problem, o, report);
}

gc_verdict rnncheck_print(rnncheck *c, const gc_options *o, FILE *out)
{
    gc_report report;
    gc_tensor tensor[5];
    if (!REAL_IS_DOUBLE)
        fputs(say("(REAL=float: its differences are too coarse to check with; build with "
                  "REAL=double)\n",
                  "(REAL=float: 차분이 너무 거칠어 검사할 수 없습니다. REAL=double로 "
                  "빌드하십시오)\n"),
              out);
    const gc_problem problem = rnncheck_problem(c, tensor);
    const gc_verdict verdict = gc_check(&problem, o, &report);
    gc_print(out, &problem, &report);
    return verdict;
}

static void fill(mat *A, double spread, rng *draws)
{
    for (int i = 0; i < mat_size(A); i++) A->v[i] = (real) (spread * rng_randn(draws));
}

static rnnprobe *blank_probe(int H, int V, int T)
{
    rnnprobe *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->inputs = calloc((size_t) T, sizeof *p->inputs);
    p->targets = calloc((size_t) T, sizeof *p->targets);
    p->hprev = mat_new(H, 1);
    p->check.net = rnn_new(H, V);
    p->check.d = rnn_new(H, V);
    p->check.tr = trace_new(H, V, T);
    p->check.w = work_new(H, V);
    p->check.scratch = calloc((size_t) (2 * bugs_size(H, V) + H + bugs_scratch(H, V, T)),
                              sizeof *p->check.scratch);
    p->check.inputs = p->inputs;
    p->check.targets = p->targets;
    p->check.hprev = p->hprev;
    if (p->inputs && p->targets && p->hprev && p->check.net && p->check.d && p->check.tr &&
        p->check.w && p->check.scratch)
        return p;
    rnnprobe_free(p);
    return NULL;
}

rnnprobe *rnnprobe_new(int H, int V, int T, double spread, uint32_t seed)
{
    rng draws;
    rnnprobe *p = blank_probe(H, V, T);
    if (!p) return NULL;
    rng_seed(&draws, seed);
    for (int k = 0; k < 5; k++) fill(p->check.net->all[k], spread, &draws);
    fill(p->hprev, spread, &draws);
    for (int t = 0; t < T; t++) {
        p->inputs[t] = (int) (rng_uniform(&draws) * V);
        p->targets[t] = (int) (rng_uniform(&draws) * V);
    }
    return p;
}

rnnprobe *rnnprobe_at(const bugs_point *at)
{
    rnnprobe *p = blank_probe(at->H, at->V, at->T);
    if (!p) return NULL;
    mats_load(p->check.net->all, 5, at->theta);
    mats_load(&p->hprev, 1, at->hprev);
    for (int t = 0; t < at->T; t++) {
        p->inputs[t] = at->inputs[t];
        p->targets[t] = at->targets[t];
    }
    return p;
}

void rnnprobe_free(rnnprobe *p)
{
    if (!p) return;
    free(p->inputs);
    free(p->targets);
    mat_free(p->hprev);
    rnn_free(p->check.net);
    rnn_free(p->check.d);
    trace_free(p->check.tr);
    work_free(p->check.w);
    free(p->check.scratch);
    free(p);
}

bool rnncheck_diagnose(bugs *b, bugs_finding *f)
{
    double *g[BUGS_PROBES], loss;
    const double *grad[BUGS_PROBES];
    bool good = true;
    for (int k = 0; k < BUGS_PROBES; k++) {
        const bugs_point *p = bugs_probe(b, k);
        grad[k] = g[k] = calloc((size_t) bugs_size(p->H, p->V), sizeof **g);
        good = good && g[k] && contract_at(rnn_backward, p, g[k], &loss);
    }
    if (good) bugs_diagnose(b, grad, f);
    for (int k = 0; k < BUGS_PROBES; k++) free(g[k]);
    return good;
}

bool rnncheck_explain(FILE *out)
{
    bugs_finding f;
    bugs *b = bugs_new();
    const bool good = b && rnncheck_diagnose(b, &f);
    if (good) bugs_explain(out, &f);
    bugs_free(b);
    return good;
}
