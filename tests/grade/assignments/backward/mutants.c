/* backward/mutants.c: the backward pass with its known mistakes, which are those of bugs.h. See mutants.h. */
#include "backward.h"
#include "bugs.h"
#include "mutants.h"
#include "vectors.h"

#include <math.h>
#include <stdlib.h>

/* One more, for the chapter where no gradient is passed back through time yet. */
static const known_bug with_dhnext = {
    "with-dhnext",
    1,
    "Gradients are handed back from step to step; here each step's gradient stops at its own "
    "h[t-1].",
    "기울기를 시각에서 시각으로 넘겼습니다. 여기서는 시각마다 자기 h[t-1]에서 멈춰야 합니다.",
    "one-hop",
    "",
    NULL,
    NULL};

const known_bug *mutant_at(int k)
{
    return k < BUGS ? &buglist[k] : k == BUGS ? &with_dhnext : NULL;
}

__typeof__(rnn_backward) mutant_rnn_backward;

/* Does the reference pass nothing back through time? */
static bool detached(void)
{
    static int known = -1;
    if (known >= 0) return known;
    enum { T = 2 };
    const int ids[T] = {0, 0};
    rnn *net = rnn_new(1, 2), *d = rnn_new(1, 2);
    trace *tr = trace_new(1, 2, T);
    work *w = work_new(1, 2);
    mat *hprev = mat_new(1, 1);
    if (!net || !d || !tr || !w || !hprev) abort();
    for (int k = 0; k < 3; k++) net->all[k]->v[0] = 1;
    rnn_forward(net, ids, ids, hprev, tr);
    for (int k = 0; k < 2; k++) tr->ps[0]->v[k] = k == 0; /* no loss at the first step: */
    rnn_backward(net, tr, ids, d, w);
    const double dh = (double) (tr->ps[1]->v[0] - 1), h = (double) tr->hs[1]->v[0],
                 own = (1 - h * h) * dh; /* so dbh of the second alone, if nothing is passed back */
    known = fabs((double) d->bh->v[0] - own) < 1e-9;
    mat_free(hprev);
    work_free(w);
    trace_free(tr);
    rnn_free(d);
    rnn_free(net);
    return known;
}

/* A gradient assigned with = overwrites what d held; the library of bugs.h starts from zeros. */
static bool overwrites(int k)
{
    static const int bug[5] = {DWXH_OVERWRITTEN, DWHH_OVERWRITTEN, DWHY_OVERWRITTEN,
                               DBH_OVERWRITTEN, DBY_OVERWRITTEN};
    return mutant_makes(bug[k]) || mutant_makes(ALL_OVERWRITTEN);
}

void mutant_rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    (void) w;
    const int H = net->bh->rows, V = net->by->rows, n = bugs_size(H, V);
    double *theta = calloc((size_t) n, sizeof *theta), *g = calloc((size_t) n, sizeof *g),
           *hprev = calloc((size_t) H, sizeof *hprev),
           *scratch = calloc((size_t) bugs_scratch(H, V, tr->T), sizeof *scratch);
    if (!theta || !g || !hprev || !scratch) abort();
    mats_store(theta, net->all, 5);
    mats_store(hprev, &tr->hs[-1], 1);
    bugs_switches s = {{0}};
    for (int k = 0; k < BUGS; k++) s.on[k] = mutant_makes(k);
    if (detached() && !mutant_makes(BUGS)) s.on[NO_DHNEXT] = 1;
    bugs_gradient(&(bugs_point){H, V, tr->T, tr->xs, targets, theta, hprev, NULL}, &s, g, scratch);
    for (int k = 0, at = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++)
            d->all[k]->v[i] = (real) g[at++] + (overwrites(k) ? 0 : d->all[k]->v[i]);
    free(scratch);
    free(hprev);
    free(g);
    free(theta);
}
