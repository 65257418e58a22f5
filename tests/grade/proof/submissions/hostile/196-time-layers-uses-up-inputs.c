/* assignment: time-layers; expect: failed,not_implemented; points: 0 */
/* Right gradients, from inputs that are then gone. */
#include "timelayers.h"

void timeembedding_backward(mat *dW, int T, int N, const int *ids, mat *const *dxs)
{
    for (int t = 0; t < T; t++)
        for (int i = 0; i < N * dW->cols; i++) {
            dW->v[ids[t * N + i / dW->cols] * dW->cols + i % dW->cols] += dxs[t]->v[i];
            dxs[t]->v[i] = 0;
        }
}
