/* assignment: adagrad; expect: passed; points: 100 */
/* Long double, pointers that run backwards, the root by Newton's method. */
#include "adagrad.h"

static long double root(long double x)
{
    long double r = x > 1 ? x : 1;
    for (int i = 0; i < 200; i++) r = (r + x / r) / 2;
    return r;
}

void adagrad(rnn *net, const rnn *d, rnn *m, double learning_rate)
{
    for (int k = 4; k >= 0; --k) {
        int i = mat_size(m->all[k]);
        real *w = net->all[k]->v + i, *memory = m->all[k]->v + i;
        const real *g = d->all[k]->v + i;
        while (i-- > 0) {
            --w, --memory, --g;
            *memory = (double) (*memory + (long double) *g * *g);
            *w = (double) (*w - learning_rate * *g / root(*memory + 1e-8L));
        }
    }
}
