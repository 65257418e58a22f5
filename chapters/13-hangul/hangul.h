/**
 * @file  hangul.h
 * @brief Korean syllables as their jamo, each with its place, and back.
 *
 * Unicode has a code point for each jamo at each place: the initial ㄱ is U+1100, the final ㄱ U+11A8. The 11,172
 * syllables from U+AC00 (가) to U+D7A3 (힣) are numbered by their jamo, so that arithmetic takes them apart (NFD) and
 * puts them together (NFC). The letters of a keyboard, U+3131 to U+3163, have no place and are none of these jamo.
 */
#ifndef HANGUL_H
#define HANGUL_H

#include <stdint.h>

enum {
    HANGUL_INITIALS = 19, /**< initial consonants, U+1100 to U+1112 */
    HANGUL_MEDIALS = 21,  /**< vowels, U+1161 to U+1175 */
    HANGUL_FINALS = 28,   /**< final consonants, U+11A8 to U+11C2, and that there is none */
    HANGUL_SYLLABLES = HANGUL_INITIALS * HANGUL_MEDIALS * HANGUL_FINALS /**< 11,172 */
};

/** What a code point is in a syllable. */
typedef enum hangul_place {
    HANGUL_NONE,    /**< none of these */
    HANGUL_INITIAL, /**< an initial consonant */
    HANGUL_MEDIAL,  /**< a vowel */
    HANGUL_FINAL,   /**< a final consonant */
    HANGUL_SYLLABLE /**< a whole syllable */
} hangul_place;

/**
 * @brief  What is this code point?
 * @param[in] c a code point
 * @return its place; old jamo, as those of U+113F, have none
 */
hangul_place hangul_place_of(uint32_t c);

/**
 * @brief  A syllable's jamo.
 * @param[in]  c    a code point
 * @param[out] jamo two or three jamo, or c itself if it is no syllable
 * @return how many
 */
int hangul_decompose(uint32_t c, uint32_t jamo[3]);

/**
 * @brief  Two neighbours in a text as one syllable: an initial and a medial, or a syllable without a final and a final.
 * @param[in] c,next code points
 * @return the syllable; 0 if they do not make one
 */
uint32_t hangul_join(uint32_t c, uint32_t next);

/**
 * @brief  Put jamo together wherever they make a syllable. Anything else stays: any sequence will do.
 * @param[in,out] c code points
 * @param[in]     n how many
 * @return how many are left
 */
int hangul_compose(uint32_t *c, int n);

/**
 * @brief  A jamo as the letter of a keyboard, which a terminal shows alone: ㄱ for U+1100 and for U+11A8.
 * @param[in] c a code point
 * @return U+3131 to U+3163; c itself if it is no jamo
 */
uint32_t hangul_letter(uint32_t c);

#endif
