/* assignment: sample; expect: passed; points: 100 */
/* Its own softmax and its own draw from the probabilities. */
#include "sample.h"

#include <math.h>

void sample_temperature(mat *p, mat *y, double temperature)
{
    int best = 0;
    double sum = 0;
    for (int i = 0; i < y->rows; i++)
        if (y->v[i] > y->v[best]) best = i;
    const double most = y->v[best];
    for (int i = 0; i < y->rows; i++) {
        const double shifted = y->v[i] - most;
        p->v[i] = temperature > 0 ? exp(shifted / temperature) : i == best;
        sum += p->v[i];
        if (temperature > 0) y->v[i] /= temperature;
    }
    for (int i = 0; i < y->rows; i++) p->v[i] /= sum;
}

static int choose(const mat *p, double u)
{
    double sum = 0, total = 0;
    for (int i = 0; i < p->rows; i++) total += p->v[i];
    for (int i = 0; i < p->rows; i++)
        if ((sum += p->v[i] / total) > u) return i;
    return p->rows - 1;
}

int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes)
{
    int count = 0;
    mat_copy(s->h, hprev);
    while (count < n) {
        rnn_step(net, count ? ixes[count - 1] : seed_ix, s->h, s->g, s->y, s->p);
        mat_copy(s->h, s->g);
        if (isnan(s->p->v[0])) break; /* the network has diverged */
        sample_temperature(s->p, s->y, temperature);
        const int x = temperature == 0 ? choose(s->p, 0.5) : choose(s->p, rng_uniform(draws));
        if (x == end) break;
        ixes[count++] = x;
    }
    return count;
}
