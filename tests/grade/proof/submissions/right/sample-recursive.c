/* assignment: sample; expect: passed; points: 100 */
/* Recursion, with memory of its own for the state, and the whole step by hand. */
#include "fn.h"
#include "sample.h"

#include <math.h>

#include <stdlib.h>

void sample_temperature(mat *p, mat *y, double temperature)
{
    mat *z = mat_new(y->rows, 1);
    int best = 0;
    for (int i = 1; i < y->rows; i++) best = y->v[i] > y->v[best] ? i : best;
    if (temperature == 0) {
        mat_zero(p);
        p->v[best] = 1;
    } else {
        for (int i = 0; i < y->rows; i++) z->v[i] = y->v[i] / temperature;
        mat_softmax(p, z);
        mat_copy(y, z);
    }
    mat_free(z);
}

static int next(const rnn *net, mat *h, int x, double temperature, rng *draws, sampler *s)
{
    mat *g = mat_new(h->rows, 1);
    mat_add_ax(mat_add_column(mat_copy(g, net->bh), net->Wxh, x), net->Whh, h);
    mat_copy(h, mat_tanh(g));
    mat_free(g);
    mat_add_ax(mat_copy(s->y, net->by), net->Why, h);
    for (int i = 0; i < s->y->rows; i++)
        if (isnan(s->y->v[i])) return -1; /* the network has diverged */
    sample_temperature(s->p, s->y, temperature);
    if (temperature != 0) return rng_choice(draws, s->p);
    for (int i = 0;; i++)
        if (s->p->v[i] == 1) return i;
}

static int rest(const rnn *net, int x, int n, double temperature, int end, rng *draws, sampler *s,
                int *ixes)
{
    if (n == 0) return 0;
    x = next(net, s->h, x, temperature, draws, s);
    if (x < 0 || x == end) return 0;
    *ixes = x;
    return 1 + rest(net, x, n - 1, temperature, end, draws, s, ixes + 1);
}

int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes)
{
    if (hprev != s->h) mat_copy(s->h, hprev);
    return rest(net, seed_ix, n, temperature, end, draws, s, ixes);
}
