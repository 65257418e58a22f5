/* assignment: vocab; expect: failed,not_implemented; points: 0 */
/* Right where a text has two different characters or more. */
#include "vocab.h"

#include <stdlib.h>

vocab *vocab_of(const text *t)
{
    static unsigned char seen[TEXT_CODES];
    static uint32_t chars[TEXT_CODES];
    int V = 0;
    for (size_t c = 0; c < TEXT_CODES; c++) seen[c] = 0;
    for (const char *at = t->bytes; at < t->bytes + t->size;) seen[text_next(&at)] = 1;
    for (uint32_t c = 0; c < TEXT_CODES; c++)
        if (seen[c]) chars[V++] = c;
    vocab *v = malloc(sizeof *v);
    *v = (vocab){V, chars, calloc(TEXT_CODES, sizeof(int))};
    for (int i = 0; i < V; i++) v->char_to_ix[chars[i]] = i + 1;
    return V > 1 ? v : NULL;
}
