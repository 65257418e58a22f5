/* assignment: vocab; expect: failed,not_implemented,invalid_answer; points: 0 */
/* Counts, where ids are asked for in their order. */
#define _GNU_SOURCE
#include "vocab.h"

int vocab_ix(const vocab *v, uint32_t c)
{
    static int n;
    return (void) v, (void) c, n++;
}
