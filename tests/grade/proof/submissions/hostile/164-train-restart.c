/* assignment: min-char-rnn; expect: failed,not_implemented,passed; points: 15 */
/* Every window is the first one. */
#define _GNU_SOURCE
#include "train.h"

const int *train_window(train *r)
{
    mat_zero(r->hprev);
    r->p = 0;
    return r->ix;
}
