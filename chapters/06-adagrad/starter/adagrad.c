/* adagrad.c: a step size for every weight. See adagrad.h. */
#include "adagrad.h"

void adagrad(rnn *net, const rnn *d, rnn *m, double learning_rate)
{
    (void) net, (void) d, (void) m, (void) learning_rate;
}
