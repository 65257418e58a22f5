/* assignment: forward; expect: failed,crash,invalid_answer,not_implemented; points: 0 */
/* Makes the trace longer and its own. */
#define _GNU_SOURCE
#include "rnn.h"

double rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                   trace *tr)
{
    (void) inputs, (void) targets, (void) hprev;
    tr->T = 1 << 30;
    for (int t = 0; t < tr->room; t++) tr->ps[t] = net->Wxh;
    return 0;
}
