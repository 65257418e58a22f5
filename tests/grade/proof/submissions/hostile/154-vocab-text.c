/* assignment: vocab; expect: failed,not_implemented,crash; points: 0 */
/* Takes the text of the answer from the request that it was made of. */
#define _GNU_SOURCE
#include "vocab.h"

#include <unistd.h>

int vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    static int words[1 << 16];
    (void) v, (void) ix, (void) n;
    lseek(0, 0, SEEK_SET);
    if (read(0, words, sizeof words) <= 0) return -1;
    const int *size = words + 9,
              *codes = size + 3; /* magic and nonce, which, the number of bytes, the bytes */
    for (int i = 0; i < *size; i++) out[i] = (char) codes[i];
    out[*size] = 0;
    return *size;
}
