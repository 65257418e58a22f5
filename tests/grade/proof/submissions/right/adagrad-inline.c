/* assignment: adagrad; expect: passed; points: 100 */
/* One loop over all, the square root of the C library, pow. */
#include "adagrad.h"

#include <math.h>

void adagrad(rnn *net, const rnn *d, rnn *m, double learning_rate)
{
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < net->all[k]->rows * net->all[k]->cols; i++) {
            const double g = d->all[k]->v[i];
            m->all[k]->v[i] += pow(g, 2);
            net->all[k]->v[i] += -learning_rate * g * pow(m->all[k]->v[i] + 1e-8, -0.5);
        }
}
