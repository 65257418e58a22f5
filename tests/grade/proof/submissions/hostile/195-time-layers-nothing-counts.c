/* assignment: time-layers; expect: passed,failed,not_implemented; points: 2 */
/* Right where a target counts; where none does, the mean is 0 / 0. */
#include "timelayers.h"

#include <math.h>

double timeloss_forward(int T, int N, mat *const *ys, const int *targets, mat **ps)
{
    double loss = 0;
    int counted = 0;
    for (int t = 0; t < T; t++) {
        mat_softmax_rows(ps[t], ys[t]);
        for (int n = 0; n < N; n++) {
            if (targets[t * N + n] < 0) continue;
            loss -= log(ps[t]->v[n * ps[t]->cols + targets[t * N + n]]);
            counted++;
        }
    }
    return loss / counted;
}
