/* hangul.c: Korean syllables and their jamo. See hangul.h. */
#include "hangul.h"

#include <stddef.h>

enum { INITIAL = 0x1100, MEDIAL = 0x1161, FINAL = 0x11A7 /* no final: 0 */ };

hangul_place hangul_place_of(uint32_t c)
{
    (void) c;
    return HANGUL_NONE;
}

int hangul_decompose(uint32_t c, uint32_t jamo[3])
{
    jamo[0] = c;
    return 1;
}

uint32_t hangul_join(uint32_t c, uint32_t next)
{
    (void) c, (void) next;
    return 0;
}

int hangul_compose(uint32_t *c, int n)
{
    (void) c;
    return n;
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
