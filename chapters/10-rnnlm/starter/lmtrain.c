/* lmtrain.c: the training of the word language model. See lmtrain.h. */
#include "lmtrain.h"

#include <math.h>
#include <stdlib.h>

const lm_options lm_defaults = {10, 100, 100, 5, 0.1, 0};

long lm_least(const lm_options *o)
{
    (void) o;
    return 0;
}

lm *lm_new(const lm_options *o, const int *ids, int count, int V)
{
    (void) o, (void) ids, (void) count, (void) V;
    return NULL;
}

void lm_free(lm *m) { (void) m; }

int lm_iterations(const lm *m)
{
    (void) m;
    return 0;
}

void lm_batch(lm *m) { (void) m; }

double lm_step(lm *m)
{
    (void) m;
    return NAN;
}

bool lm_epoch_done(lm *m, double *perplexity)
{
    (void) m, (void) perplexity;
    return false;
}

lm_score lm_test(lm *m, const int *ids, int count)
{
    (void) m, (void) ids, (void) count;
    return (lm_score){NAN, 0, 0};
}

bool lm_count(const int *ids, int count, int V, const int *test, int length, lm_baselines *out)
{
    (void) ids, (void) count, (void) V, (void) test, (void) length, (void) out;
    return false;
}

int lm_sample(lm *m, const int *prime, int primes, int n, double temperature, rng *draws, int *ids)
{
    (void) m, (void) prime, (void) primes, (void) n, (void) temperature, (void) draws, (void) ids;
    return 0;
}
