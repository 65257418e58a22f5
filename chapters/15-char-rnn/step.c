/* step.c: what happens in one iteration, by one process. Chapter 16 has another file of this name. See charnet.h. */
#include "charnet.h"

bool charnet_settle(charnet_options *o, error *e) { return charnet_divide(o, e); }

bool charnet_begin(charnet *r, error *e)
{
    (void) r;
    (void) e;
    return true;
}

double charnet_step(charnet *r)
{
    const int S = r->o.shards;
    double loss = 0;
    charnet_load(r);
    charnet_gradient(r, 0, S);
    for (int k = 0; k < S; k++) loss += r->loss[k] / S;
    charnet_update(r);
    return loss;
}

void charnet_collect(charnet *r) { (void) r; }
