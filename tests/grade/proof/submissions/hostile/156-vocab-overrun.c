/* assignment: vocab; expect: crash,not_implemented; points: 0 */
/* Writes one id more than there are characters. */
#define _GNU_SOURCE
#include "vocab.h"

int vocab_encode(const vocab *v, const text *t, int *ix)
{
    const char *at = t->bytes;
    for (int i = 0; i < t->length; i++) ix[i] = v->char_to_ix[text_next(&at)] - 1;
    ix[t->length] = 0;
    return -1;
}
