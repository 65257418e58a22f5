/* assignment: sample; expect: failed,crash,not_implemented; points: 0 */
/* Says that it wrote more than there is room for, and writes it. */
#define _GNU_SOURCE
#include "sample.h"

int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end,
           rng *draws, sampler *s, int *ixes)
{
    (void) net, (void) hprev, (void) temperature, (void) end, (void) draws, (void) s;
    for (int i = 0; i < 4 * n; i++) ixes[i] = seed_ix;
    return 4 * n;
}
