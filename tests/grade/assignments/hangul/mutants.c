/* hangul/mutants.c: syllables and jamo with the known mistakes. See mutants.h. */
#include "hangul.h"
#include "mutants.h"

#include <stddef.h>

enum {
    FINAL_FROM_0,
    LAST_LEFT_OUT,
    MEDIAL_BY_21,
    ALWAYS_THREE,
    FINAL_OFF_BY_ONE,
    OTHERS_LOST,
    FINALS_27,
    JOIN_CLOSED,
    JOIN_TWO_ONLY,
    COMPOSE_ALL,
    COMPOSE_DROPS,
    COMPOSE_PAIRS,
    MUTANTS
};

#define AT "hangul", ""
static const known_bug table[MUTANTS] = {
    [FINAL_FROM_0] = {"final-from-0", 1,
                      "U+11A7 counts as a final consonant; it is an old vowel, the finals begin "
                      "behind it.",
                      "U+11A7을 종성으로 보았습니다. 그것은 옛 중성이고, 종성은 그다음부터입니다.",
                      AT, NULL, NULL},
    [LAST_LEFT_OUT] = {"last-left-out", 1,
                       "The last of the initials, medials, finals and syllables has no place.",
                       "초성, 중성, 종성, 글자의 마지막 것에 자리가 없습니다.", AT, NULL, NULL},
    [MEDIAL_BY_21] = {"medial-by-21", 1,
                      "The medial is s / 28 modulo 21; this takes s / 21 modulo 28.",
                      "중성은 s / 28을 21로 나눈 나머지입니다. s / 21을 28로 나누었습니다.", AT,
                      NULL, NULL},
    [ALWAYS_THREE] = {"always-three", 1, "A syllable without a final has two jamo, not three.",
                      "종성이 없는 글자의 낱자는 셋이 아니라 둘입니다.", AT, NULL, NULL},
    [FINAL_OFF_BY_ONE] =
        {"final-off-by-one", 1,
         "The final is counted from U+11A8; number 1 is U+11A8, so count from "
         "U+11A7.",
         "종성을 U+11A8부터 셌습니다. 1번이 U+11A8이므로 U+11A7부터 세어야 합니다.", AT, NULL,
         NULL},
    [OTHERS_LOST] = {"others-lost", 1,
                     "What is no syllable comes back as nothing; it must come back as itself.",
                     "글자가 아닌 것이 사라집니다. 그대로 하나를 내놓아야 합니다.", AT, NULL, NULL},
    [FINALS_27] = {"finals-27", 1,
                   "A syllable's number counts 27 finals; that there is none makes 28.",
                   "글자의 번호에서 종성을 27개로 셌습니다. ‘없음’까지 28개입니다.", AT, NULL,
                   NULL},
    [JOIN_CLOSED] = {"join-closed", 1,
                     "A syllable that has a final gets another one; only an open one may.",
                     "종성이 있는 글자에 종성을 또 더했습니다. 종성이 없는 글자만 받습니다.", AT,
                     NULL, NULL},
    [JOIN_TWO_ONLY] = {"join-two-only", 1, "A syllable and a final are not joined.",
                       "글자와 종성이 모이지 않습니다.", AT, NULL, NULL},
    [COMPOSE_ALL] = {"compose-returns-n", 1,
                     "hangul_compose returns how many there were; return how many are left.",
                     "hangul_compose가 처음의 개수를 반환합니다. 남은 개수를 반환해야 합니다.", AT,
                     NULL, NULL},
    [COMPOSE_DROPS] = {"compose-drops", 1, "Jamo that make no syllable are lost; keep them.",
                       "글자가 되지 못한 낱자가 사라졌습니다. 그대로 두어야 합니다.", AT, NULL,
                       NULL},
    [COMPOSE_PAIRS] = {"compose-pairs", 1,
                       "After an initial and a medial are joined, no final is tried.",
                       "초성과 중성을 모은 다음에 종성을 이어 보지 않았습니다.", AT, NULL, NULL},
};

const known_bug *mutant_at(int k) { return k < MUTANTS ? &table[k] : NULL; }

__typeof__(hangul_place_of) mutant_hangul_place_of;
__typeof__(hangul_decompose) mutant_hangul_decompose;
__typeof__(hangul_join) mutant_hangul_join;
__typeof__(hangul_compose) mutant_hangul_compose;

static bool within(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last - (mutant_makes(LAST_LEFT_OUT) ? 1 : 0);
}

hangul_place mutant_hangul_place_of(uint32_t c)
{
    if (within(c, 0x1100, 0x1112)) return HANGUL_INITIAL;
    if (within(c, 0x1161, 0x1175)) return HANGUL_MEDIAL;
    if (within(c, mutant_makes(FINAL_FROM_0) ? 0x11A7 : 0x11A8, 0x11C2)) return HANGUL_FINAL;
    return within(c, 0xAC00, 0xD7A3) ? HANGUL_SYLLABLE : HANGUL_NONE;
}

int mutant_hangul_decompose(uint32_t c, uint32_t jamo[3])
{
    const uint32_t s = c - 0xAC00, t = s % 28;
    jamo[0] = c;
    if (s >= 11172) return mutant_makes(OTHERS_LOST) ? 0 : 1;
    jamo[0] = 0x1100 + s / 588;
    jamo[1] = 0x1161 + (mutant_makes(MEDIAL_BY_21) ? s / 21 % 28 : s / 28 % 21);
    jamo[2] = (mutant_makes(FINAL_OFF_BY_ONE) ? 0x11A8 : 0x11A7) + t;
    return t || mutant_makes(ALWAYS_THREE) ? 3 : 2;
}

uint32_t mutant_hangul_join(uint32_t c, uint32_t next)
{
    const uint32_t finals = mutant_makes(FINALS_27) ? 27 : 28;
    if (c - 0x1100 < 19 && next - 0x1161 < 21)
        return 0xAC00 + ((c - 0x1100) * 21 + next - 0x1161) * finals;
    if (mutant_makes(JOIN_TWO_ONLY) || c - 0xAC00 >= 11172 || next - 0x11A8 >= 27) return 0;
    return (c - 0xAC00) % 28 == 0 || mutant_makes(JOIN_CLOSED) ? c + next - 0x11A7 : 0;
}

int mutant_hangul_compose(uint32_t *c, int n)
{
    int kept = 0;
    bool just_joined = false;
    for (int i = 0; i < n; i++) {
        const uint32_t joined = kept && !(just_joined && mutant_makes(COMPOSE_PAIRS))
                                    ? mutant_hangul_join(c[kept - 1], c[i])
                                    : 0;
        just_joined = joined != 0;
        const bool jamo = c[i] >= 0x1161 && c[i] <= 0x11C2;
        if (joined)
            c[kept - 1] = joined;
        else if (!(jamo && mutant_makes(COMPOSE_DROPS)))
            c[kept++] = c[i];
    }
    return mutant_makes(COMPOSE_ALL) ? n : kept;
}
