/* assignment: min-char-rnn; expect: crash,invalid_answer,failed; points: 0 */
/* Replaces the network by nothing. */
#define _GNU_SOURCE
#include "train.h"

#include <stddef.h>
#include <math.h>

double train_step(train *r)
{
    r->net->all[0] = NULL;
    r->hprev = r->net->Whh;
    return 0;
}

const int *train_window(train *r) { return r->n = -1, (const int *) 1; }
double train_held_out(train *r, const int *ix, int length)
{
    return (void) r, (void) ix, (void) length, (double) INFINITY;
}
