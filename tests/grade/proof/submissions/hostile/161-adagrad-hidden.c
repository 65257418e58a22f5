/* assignment: adagrad; expect: passed,failed,not_implemented; points: 70 */
/* Keeps the memories itself, and leaves those of the caller. */
#define _GNU_SOURCE
#include "adagrad.h"

#include <math.h>

void adagrad(rnn *net, const rnn *d, rnn *m, double learning_rate)
{
    static rnn *kept;
    if (!kept) {
        kept = rnn_new(net->Whh->rows, net->by->rows);
        for (int k = 0; k < 5; k++) mat_copy(kept->all[k], m->all[k]);
    }
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++) {
            const double g = d->all[k]->v[i], s = kept->all[k]->v[i] += g * g;
            net->all[k]->v[i] -= learning_rate * g / sqrt(s + 1e-8);
        }
}
