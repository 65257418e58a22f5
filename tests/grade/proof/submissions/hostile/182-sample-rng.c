/* assignment: sample; expect: failed,crash,not_implemented; points: 0 */
/* Ruins the random numbers so that what is drawn afterwards is nothing; INT_MIN characters; ids that are no ids. */
#include "sample.h"
#include <limits.h>
#include <string.h>
#include <math.h>
void sample_temperature(mat *p, mat *y, double t) { (void) y; for (int i = 0; i < mat_size(p); i++) p->v[i] = t ? NAN : -INFINITY; }
int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end, rng *draws, sampler *s, int *ixes)
{
    (void) net, (void) seed_ix, (void) temperature, (void) end, (void) s;
    for (int i = 0; i < n; i++) ixes[i] = INT_MIN + i;
    draws->next = INT_MIN; draws->kept = NAN;
    ((mat *) hprev)->v[0] = NAN;
    return INT_MIN;
}
