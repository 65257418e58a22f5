/* assignment: min-char-rnn; expect: timeout; points: 0 */
/* Hangs in all of its functions: the time of all rows together. */
#define _GNU_SOURCE
#include "train.h"

#include <unistd.h>

static _Noreturn void hang(void)
{
    for (;;) sleep(1);
}

const int *train_window(train *r)
{
    (void) r;
    hang();
}

double train_step(train *r)
{
    (void) r;
    hang();
}

double train_held_out(train *r, const int *ix, int length)
{
    (void) r, (void) ix, (void) length;
    hang();
}
