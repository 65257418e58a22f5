/* vocab/rows.c: what the vocabulary is asked. */
#include "rows.h"

#include <string.h>

/* Words in an order that this row draws; Korean words have bytes of 0x80 and more. */
static void put_text(frame *f, rng *draws, const char *const *words, int count, int length)
{
    char bytes[1000] = "";
    int codes[1000];
    for (int i = 0; i < length; i++) strcat(bytes, words[(int) (count * rng_uniform(draws))]);
    const int size = (int) strlen(bytes);
    for (int i = 0; i < size; i++) codes[i] = bytes[i];
    frame_put_ints(f, &size, 1);
    frame_put_ints(f, codes, size);
}

static const char *const english[] = {"vector", "ectoaxg", "hello", "\n",
                                      " zebra", "Quick",   "brown", "0123"};
static const char *const korean[] = {"하늘",          "동해물과", "\n",    "백두산이 ",
                                     "마르고 닳도록", "é🎈",       "vector"};

static void ask(frame *f, rng *draws, int which, bool ko)
{
    frame_put_ints(f, &which, 1);
    if (ko)
        put_text(f, draws, korean, 7, 12);
    else
        put_text(f, draws, english, 8, 10);
    if (which == 3) put_text(f, draws, ko ? english : korean, 7, 4);
}

static void of_english(frame *f, rng *draws) { ask(f, draws, 0, false); }
static void of_korean(frame *f, rng *draws) { ask(f, draws, 0, true); }
static void in_order(frame *f, rng *draws) { ask(f, draws, 1, true); }
static void ix(frame *f, rng *draws) { ask(f, draws, 2, true); }
static void encode(frame *f, rng *draws) { ask(f, draws, 3, false); }
static void encode_korean(frame *f, rng *draws) { ask(f, draws, 3, true); }
static void decode(frame *f, rng *draws) { ask(f, draws, 4, false); }
static void decode_korean(frame *f, rng *draws) { ask(f, draws, 4, true); }
static void empty(frame *f, rng *draws) { ask(f, draws, 6, false); }
static void hot(frame *f, rng *draws) { ask(f, draws, 5, false); }

const row_question row_questions[] = {
    {of_english, "vocab_of"},
    {of_korean, "vocab_of"},
    {in_order, "vocab_in_order"},
    {ix, "vocab_ix"},
    {encode, "vocab_encode"},
    {encode_korean, "vocab_encode"},
    {decode, "vocab_decode"},
    {decode_korean, "vocab_decode"},
    {hot, "one_hot"},
    {NULL, ""},
};

ROW(vocab, size, of_english, "V", 1)
ROW(vocab, characters, of_english, "V ix_to_char", 1)
ROW(vocab, both_ways, of_english, "V char_to_ix", 1)
ROW(vocab, korean, of_korean, "V ix_to_char char_to_ix", 1)
ROW(vocab, in_order, in_order, "V ix_to_char char_to_ix", 1)
ROW(vocab, ix, ix, "ix", 1)
ROW(vocab, stranger, ix, "ix stranger none", 1)
ROW(vocab, encode, encode, "place ids", 1)
ROW(vocab, encode_korean, encode_korean, "place ids", 1)
ROW(vocab, encode_missing, encode, "missing others", 1)
ROW(vocab, decode, decode, "bytes utf8", 1)
ROW(vocab, empty, empty, "place ids bytes utf8", 1)
ROW(vocab, decode_korean, decode_korean, "bytes utf8", 1)
ROW(vocab, one_hot, hot, "x", 1)
ROW(vocab, one_hot_returned, hot, "x returned", 1)
