/* adagrad.c: a step size for every weight. See adagrad.h. */
#include "adagrad.h"

void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n, double learning_rate)
{
    (void) param, (void) dparam, (void) mem, (void) n, (void) learning_rate;
}
