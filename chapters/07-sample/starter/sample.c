/* sample.c: text from the network. See sample.h. */
#include "sample.h"

#include <stdlib.h>

sampler *sampler_new(int H, int V)
{
    sampler *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    *s = (sampler){mat_new(H, 1), mat_new(H, 1), mat_new(V, 1), mat_new(V, 1)};
    if (s->h && s->g && s->y && s->p) return s;
    sampler_free(s);
    return NULL;
}

void sampler_free(sampler *s)
{
    if (!s) return;
    mat_free(s->h);
    mat_free(s->g);
    mat_free(s->y);
    mat_free(s->p);
    free(s);
}

void sample_temperature(mat *p, mat *y, double temperature)
{
    (void) p, (void) y, (void) temperature;
}

int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes)
{
    (void) net, (void) hprev, (void) seed_ix, (void) n, (void) temperature, (void) end,
        (void) draws, (void) s, (void) ixes;
    return -1;
}
