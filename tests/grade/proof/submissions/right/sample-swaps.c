/* assignment: sample; expect: passed; points: 100 */
/* The two states change places, no temperature is a case of its own. */
#include "sample.h"

#include <math.h>

static int argmax(const mat *v)
{
    int best = mat_size(v) - 1;
    for (int i = best - 1; i >= 0; i--)
        if (v->v[i] >= v->v[best]) best = i;
    return best;
}

void sample_temperature(mat *p, mat *y, double temperature)
{
    if (temperature != 0) {
        for (int i = 0; i < mat_size(y); i++) y->v[i] *= 1 / temperature;
        mat_softmax(p, y);
    } else
        mat_zero(p)->v[argmax(y)] = 1;
}

int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes)
{
    mat *h = s->h, *next = s->g;
    int x = seed_ix, t = 0;
    if (hprev != h) mat_copy(h, hprev);
    for (; t < n; t++) {
        rnn_step(net, x, h, next, s->y, s->p);
        mat *old = h;
        h = next;
        next = old;
        if (isnan(s->p->v[0])) break; /* the network has diverged */
        sample_temperature(s->p, s->y, temperature);
        x = temperature == 0 ? argmax(s->p) : rng_choice(draws, s->p);
        if (x < 0 || x == end) break;
        ixes[t] = x;
    }
    if (h != s->h) mat_copy(s->h, h);
    return t;
}
