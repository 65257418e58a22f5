/* hangul.c: Korean syllables and their jamo. See hangul.h. */
#include "hangul.h"

#include <stdbool.h>
#include <stddef.h>

enum { SYLLABLE = 0xAC00, INITIAL = 0x1100, MEDIAL = 0x1161, FINAL = 0x11A7 /* no final: 0 */ };

/* Is c one of the n code points after the first `from`? */
static bool among(uint32_t c, uint32_t first, uint32_t from, uint32_t n)
{
    return c >= first + from && c < first + n;
}

hangul_place hangul_place_of(uint32_t c)
{
    return among(c, INITIAL, 0, HANGUL_INITIALS)     ? HANGUL_INITIAL
           : among(c, MEDIAL, 0, HANGUL_MEDIALS)     ? HANGUL_MEDIAL
           : among(c, FINAL, 1, HANGUL_FINALS)       ? HANGUL_FINAL
           : among(c, SYLLABLE, 0, HANGUL_SYLLABLES) ? HANGUL_SYLLABLE
                                                     : HANGUL_NONE;
}

int hangul_decompose(uint32_t c, uint32_t jamo[3])
{
    jamo[0] = c;
    if (hangul_place_of(c) != HANGUL_SYLLABLE) return 1;
    const uint32_t s = c - SYLLABLE, final = s % HANGUL_FINALS; /* s = (L 21 + V) 28 + T */
    jamo[0] = INITIAL + s / HANGUL_FINALS / HANGUL_MEDIALS;
    jamo[1] = MEDIAL + s / HANGUL_FINALS % HANGUL_MEDIALS;
    jamo[2] = FINAL + final;
    return final ? 3 : 2;
}

uint32_t hangul_join(uint32_t c, uint32_t next)
{
    const hangul_place place = hangul_place_of(c), after = hangul_place_of(next);
    if (place == HANGUL_INITIAL && after == HANGUL_MEDIAL)
        return SYLLABLE + ((c - INITIAL) * HANGUL_MEDIALS + (next - MEDIAL)) * HANGUL_FINALS;
    if (place == HANGUL_SYLLABLE && (c - SYLLABLE) % HANGUL_FINALS == 0 && after == HANGUL_FINAL)
        return c + (next - FINAL);
    return 0;
}

int hangul_compose(uint32_t *c, int n)
{
    /* The last one kept is the state: an initial, a syllable that may get a final, or anything else. */
    int kept = 0;
    for (int i = 0; i < n; i++) {
        const uint32_t joined = kept ? hangul_join(c[kept - 1], c[i]) : 0;
        if (joined)
            c[kept - 1] = joined;
        else
            c[kept++] = c[i];
    }
    return kept;
}

uint32_t hangul_letter(uint32_t c)
{
    static const wchar_t initial[] = L"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
                         medial[] = L"ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
                         final[] = L"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    const hangul_place place = hangul_place_of(c);
    return place == HANGUL_INITIAL  ? (uint32_t) initial[c - INITIAL]
           : place == HANGUL_MEDIAL ? (uint32_t) medial[c - MEDIAL]
           : place == HANGUL_FINAL  ? (uint32_t) final[c - FINAL - 1]
                                    : c;
}
