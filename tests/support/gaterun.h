/* gaterun.h: the runs of celltrain.h against the tables of gates.h. */
#ifndef GATERUN_H
#define GATERUN_H

#include "support/gates.h"

static double celltrain_and_norm(void *run, double *norm)
{
    celltrain *r = run;
    const double loss = celltrain_step(r);
    *norm = r->norm;
    return loss;
}

/* Losses and gradient norms must agree with a table of tests/golden, whose first line tells the run. */
static void is_numpys(const char *table, const celltype *type)
{
    int count, V;
    const int *ids;
    const celltrain_options o = gates_options(table, type, &ids, &count, &V);
    celltrain *r = celltrain_new(&o, ids, count, V);
    gates_agree(table, celltrain_and_norm, r);
    celltrain_free(r);
}

#endif
