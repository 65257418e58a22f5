/* assignment: rnnlm; expect: failed,not_implemented; points: 0 */
/* Right perplexities, and the training goes on in another state, as another iteration. */
#include "lmtrain.h"

#include <math.h>

lm_score lm_test(lm *m, const int *ids, int count)
{
    lm_score s = {NAN, 0, 0};
    timestack *one = m->one;
    double sum = 0;
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_copy(one->net->all[k], m->s->net->all[k]);
    timernn_reset_state(one->rnn);
    timernn_reset_state(m->s->rnn);
    m->iteration = 0;
    for (int i = 0; i < count; i++) {
        s.skipped += ids[i] < 0;
        if (ids[i] < 0) timernn_reset_state(one->rnn);
        if (ids[i] < 0 || i + 1 == count || ids[i + 1] < 0) continue;
        sum += timestack_forward(one, 1, ids + i, ids + i + 1);
        s.counted++;
    }
    s.perplexity = exp(sum / s.counted);
    return s;
}
