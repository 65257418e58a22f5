/**
 * @file  unit.h
 * @brief What a network reads at a time: a byte, a character or a jamo of a text.
 *
 * A unit's symbols are numbers below TEXT_CODES: bytes, code points, or code points with every syllable taken apart into
 * its jamo (hangul.h). They get ids from a vocabulary of chapter 1, so that a checkpoint stores the same for all units:
 * the array ix_to_char.
 *
 * Nothing is hidden behind an unknown symbol. Its id is that of UNIT_ESCAPE, which is predicted like any other, and
 * which symbol it is costs unit_escape_bits() more: all that the vocabulary lacks are then equally likely.
 */
#ifndef UNIT_H
#define UNIT_H

#include "text.h"
#include "vocab.h"

/** The units. */
typedef enum unit_kind {
    UNIT_BYTE, /**< bytes of UTF-8 */
    UNIT_CHAR, /**< code points; in Korean, syllables */
    UNIT_JAMO, /**< jamo with their place, and the code points that are no syllables */
    UNIT_KINDS /**< how many units there are */
} unit_kind;

/** Their names, for the command line: "byte", "char", "jamo". */
extern const char *const unit_name[UNIT_KINDS];

enum { UNIT_ESCAPE = 0 /**< the symbol that stands for unknown ones: NUL, which no text has */ };

/**
 * @brief  Compose a text: its jamo become syllables wherever they make one (NFD to NFC, for Korean).
 * @param[in,out] t the text; its size and length never grow
 * @return how many characters fewer it has
 */
int unit_compose(text *t);

/**
 * @brief  A text as symbols.
 * @param[in]  kind the unit
 * @param[in]  t    a text
 * @param[out] out  room for t->size symbols
 * @return how many there are
 */
int unit_split(unit_kind kind, const text *t, uint32_t *out);

/**
 * @brief  The vocabulary of symbols, sorted.
 * @param[in] symbols n symbols of a text
 * @param[in] n       how many
 * @param[in] least   0: all are known. Else UNIT_ESCAPE is in the vocabulary, and stands in the text, too, for those
 *                    that occur less often: at 2, a network learns where symbols occur that occur once
 * @return the vocabulary, which the caller frees with vocab_free(); NULL on out of memory, or if it would be empty
 */
vocab *unit_vocab(const uint32_t *symbols, int n, int least);

/**
 * @brief  Symbols to ids.
 * @param[in]  v       the vocabulary
 * @param[in]  symbols n symbols
 * @param[in]  n       how many
 * @param[out] ids     n ids; that of UNIT_ESCAPE for an unknown symbol, or -1 if the vocabulary has none
 * @return how many were unknown
 */
int unit_encode(const vocab *v, const uint32_t *symbols, int n, int *ids);

/**
 * @brief  Bits to tell which unknown symbol it is, after UNIT_ESCAPE: log2 of how many symbols texts can have and the
 *         vocabulary lacks.
 * @param[in] kind the unit
 * @param[in] v    its vocabulary
 * @return the bits; 0 if at most one is left
 */
double unit_escape_bits(unit_kind kind, const vocab *v);

/** Ids that do not fit to their neighbours. */
typedef struct unit_faults {
    int bytes;   /**< bytes that are not a part of a character */
    int jamo;    /**< jamo that are not a part of a syllable */
    int escapes; /**< unknown symbols */
} unit_faults;

/**
 * @brief  Ids to a text. Any sequence will do: bytes that are not UTF-8 and unknown symbols become U+FFFD, jamo that make
 *         no syllable become the letters of a keyboard.
 * @param[in]  kind   the unit
 * @param[in]  v      its vocabulary
 * @param[in]  ids    n ids, each 0 to V - 1
 * @param[in]  n      how many
 * @param[out] out    UTF-8 and a NUL: at most 4 n + 1 bytes
 * @param[out] faults how many did not fit; NULL: not wanted
 * @return the number of bytes written, without the NUL; -1 on out of memory
 */
int unit_decode(unit_kind kind, const vocab *v, const int *ids, int n, char *out,
                unit_faults *faults);

#endif
