/* assignment: hangul; expect: passed; points: 100 */
/* hangul.c: with the three states of the composing machine in a variable, and tables by counting. Right. */
#include "hangul.h"

hangul_place hangul_place_of(uint32_t c)
{
    if (c >= 0x1100 && c <= 0x1112) return HANGUL_INITIAL;
    if (c >= 0x1161 && c <= 0x1175) return HANGUL_MEDIAL;
    if (c >= 0x11A8 && c <= 0x11C2) return HANGUL_FINAL;
    if (c >= 0xAC00 && c <= 0xD7A3) return HANGUL_SYLLABLE;
    return HANGUL_NONE;
}

int hangul_decompose(uint32_t c, uint32_t jamo[3])
{
    if (hangul_place_of(c) != HANGUL_SYLLABLE) {
        jamo[0] = c;
        return 1;
    }
    uint32_t s = c - 0xAC00;
    jamo[0] = 0x1100;
    jamo[1] = 0x1161;
    for (; s >= 588; s -= 588) jamo[0]++;
    for (; s >= 28; s -= 28) jamo[1]++;
    if (s == 0) return 2;
    jamo[2] = 0x11A7 + s;
    return 3;
}

uint32_t hangul_join(uint32_t c, uint32_t next)
{
    const hangul_place after = hangul_place_of(next);
    uint32_t jamo[3];
    if (hangul_place_of(c) == HANGUL_INITIAL && after == HANGUL_MEDIAL)
        return 0xAC00 + (c - 0x1100) * 588 + (next - 0x1161) * 28;
    if (hangul_decompose(c, jamo) == 2 && after == HANGUL_FINAL) return c + next - 0x11A7;
    return 0;
}

int hangul_compose(uint32_t *c, int n)
{
    enum { NOTHING, INITIAL, OPEN } state = NOTHING;
    int out = 0;
    for (int i = 0; i < n; i++) {
        const uint32_t next = c[i];
        const hangul_place place = hangul_place_of(next);
        uint32_t jamo[3];
        if (state == INITIAL && place == HANGUL_MEDIAL) {
            c[out - 1] = 0xAC00 + (c[out - 1] - 0x1100) * 588 + (next - 0x1161) * 28;
            state = OPEN;
        } else if (state == OPEN && place == HANGUL_FINAL) {
            c[out - 1] += next - 0x11A7;
            state = NOTHING;
        } else {
            c[out++] = next;
            state = place == HANGUL_INITIAL             ? INITIAL
                    : hangul_decompose(next, jamo) == 2 ? OPEN
                                                        : NOTHING;
        }
    }
    return out;
}
