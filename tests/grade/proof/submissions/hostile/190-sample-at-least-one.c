/* assignment: sample; expect: passed,failed,crash; points: 96 */
/* Writes a character where none is wanted. */
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
    if (temperature == 0) {
        mat_zero(p);
        p->v[mat_argmax(y)] = 1;
        return;
    }
    for (int i = 0; i < mat_size(y); i++) y->v[i] = (real) (y->v[i] / temperature);
    mat_softmax(p, y);
}

int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes)
{
    int x = seed_ix;
    if (hprev != s->h) mat_copy(s->h, hprev);
    for (int t = 0; t < n || t == 0; t++) {
        rnn_step(net, x, s->h, s->g, s->y, s->p);
        mat_copy(s->h, s->g);
        if (!(s->p->v[0] >= 0)) return t; /* a NaN score makes all of p NaN */
        if (temperature != 1) sample_temperature(s->p, s->y, temperature);
        x = temperature == 0 ? mat_argmax(s->p) : rng_choice(draws, s->p);
        if (x < 0 || x == end) return t;
        ixes[t] = x;
    }
    return n;
}
