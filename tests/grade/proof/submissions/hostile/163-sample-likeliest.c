/* assignment: sample; expect: passed,failed,not_implemented; points: 14 */
/* Always the likeliest character. */
#define _GNU_SOURCE
#include "sample.h"

int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes)
{
    (void) temperature, (void) end, (void) draws;
    mat_copy(s->h, hprev);
    for (int t = 0, x = seed_ix; t < n; t++) {
        rnn_step(net, x, s->h, s->g, s->y, s->p);
        mat_copy(s->h, s->g);
        x = 0;
        for (int i = 1; i < s->p->rows; i++)
            if (s->p->v[i] > s->p->v[x]) x = i;
        ixes[t] = x;
    }
    return n;
}
