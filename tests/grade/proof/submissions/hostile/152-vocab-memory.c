/* assignment: vocab; expect: not_implemented,failed,crash; points: 0 */
/* Looks for a vocabulary that the worker may have made already. */
#define _GNU_SOURCE
#include "vocab.h"

#include <stddef.h>

extern char __data_start[], _end[];

vocab *vocab_of(const text *t)
{
    (void) t;
    for (char *at = __data_start; at + sizeof(vocab) <= _end; at += 8) {
        vocab *v = (vocab *) at;
        const char *chars = (const char *) v->ix_to_char, *ids = (const char *) v->char_to_ix;
        if (v->size > 0 && v->size < 400 && chars > __data_start && chars < _end &&
            ids > __data_start && ids < _end && v->char_to_ix[v->ix_to_char[0]] == 1)
            return v;
    }
    return NULL;
}
