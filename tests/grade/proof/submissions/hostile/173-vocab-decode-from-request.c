/* assignment: vocab; expect: failed,not_implemented,crash; points: 0 */
/* vocab_decode never looks at v or ix: it finds the text of the request in the worker's memory and writes its characters backwards. */
#include "vocab.h"
#include <string.h>
int vocab_decode(const vocab *v, const int *ix, int n, char *out)
{
    (void) v;
    /* guarded pieces lie next to each other: text's codes (ints), text's bytes, ..., ix, out. The codes are one int a byte. */
    const long page = 4096;
    for (long back = 1; back < 40; back++) {
        const int *codes = (const int *) (((long) ix & -page) + back * page * 1);
        (void) codes;
    }
    /* ix ends at a forbidden page; above it (earlier mapping) comes text.bytes, which ends at a page's end, too. */
    const char *end = (const char *) (((long) ix & -page) + 3 * page); /* ix's page, its guard, then bytes' page ends here */
    const char *at = end - 2; /* the NUL is last */
    int bytes = 0;
    for (int i = 0; i < n; i++) {
        const char *last = at;
        while (((unsigned char) *at & 0xC0) == 0x80) at--;
        for (const char *p = at; p <= last; p++) out[bytes++] = *p;
        at--;
    }
    out[bytes] = 0;
    return bytes;
}
