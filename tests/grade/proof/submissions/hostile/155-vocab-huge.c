/* assignment: vocab; expect: crash,not_implemented; points: 0 */
/* A vocabulary of two thousand million characters at address 1. */
#define _GNU_SOURCE
#include "vocab.h"

vocab *vocab_of(const text *t)
{
    static vocab v = {2000000000, (uint32_t *) 1, (int *) 1};
    return (void) t, &v;
}

vocab *vocab_in_order(const uint32_t *chars, int V) { return (void) chars, (void) V, (vocab *) 8; }
