/* hangul/call.c: calls of the functions on syllables and jamo. Request: {which}, {n}, n code points. */
#include "hangul.h"
#include "worker.h"

__attribute__((weak)) hangul_place hangul_place_of(uint32_t c)
{
    (void) c;
    worker_not_implemented();
}

__attribute__((weak)) int hangul_decompose(uint32_t c, uint32_t jamo[3])
{
    (void) c, (void) jamo;
    worker_not_implemented();
}

__attribute__((weak)) uint32_t hangul_join(uint32_t c, uint32_t next)
{
    (void) c, (void) next;
    worker_not_implemented();
}

__attribute__((weak)) int hangul_compose(uint32_t *c, int n)
{
    (void) c, (void) n;
    worker_not_implemented();
}

enum { NOT_WRITTEN = 0x7FFFFFFF };

void worker_call(frame *request, frame *answer)
{
    const int which = *worker_ints(request, 1), n = *worker_ints(request, 1);
    if (n < 1) worker_bad_request();
    const int *given = worker_ints(request, n);
    uint32_t *c = guard_bytes((size_t) n * sizeof *c, sizeof *c);
    for (int i = 0; i < n; i++) c[i] = (uint32_t) given[i];
    if (which == 0) {
        for (int i = 0; i < n; i++) worker_say_number(answer, "place", i, hangul_place_of(c[i]));
    } else if (which == 1) {
        for (int i = 0; i < n; i++) {
            uint32_t *jamo = guard_bytes(3 * sizeof *jamo, sizeof *jamo);
            for (int k = 0; k < 3; k++) jamo[k] = NOT_WRITTEN;
            const int count = hangul_decompose(c[i], jamo);
            worker_say_number(answer, "count", i, count);
            for (int k = 0; k < 3; k++) /* what is behind the last jamo does not matter */
                worker_say_number(answer, "jamo", 3 * i + k, k < count ? (double) jamo[k] : -1);
        }
    } else if (which == 2) {
        for (int i = 0; i + 1 < n; i += 2)
            worker_say_number(answer, "joined", i, hangul_join(c[i], c[i + 1]));
    } else {
        const int left = hangul_compose(c, n);
        worker_say_number(answer, "left", -1, left);
        for (int i = 0; i < n; i++)
            worker_say_number(answer, "codes", i, i < left ? (double) c[i] : -1);
    }
}
