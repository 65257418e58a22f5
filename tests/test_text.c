/* test_text.c: decoding UTF-8; errors are reported with their offset. */
#include "text.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A separate encoder to compare with. */
static size_t encode(unsigned char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (unsigned char) c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (unsigned char) (0xC0 + c / 64);
        out[1] = (unsigned char) (0x80 + c % 64);
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (unsigned char) (0xE0 + c / 4096);
        out[1] = (unsigned char) (0x80 + c / 64 % 64);
        out[2] = (unsigned char) (0x80 + c % 64);
        return 3;
    }
    out[0] = (unsigned char) (0xF0 + c / 262144);
    out[1] = (unsigned char) (0x80 + c / 4096 % 64);
    out[2] = (unsigned char) (0x80 + c / 64 % 64);
    out[3] = (unsigned char) (0x80 + c % 64);
    return 4;
}

static bool is_character(uint32_t c) { return c < 0xD800 || (c >= 0xE000 && c < TEXT_CODES); }

Test(text, every_character_of_unicode_comes_back)
{
    enum { ROOM = 4 * TEXT_CODES };
    unsigned char *bytes = malloc(ROOM);
    size_t size = 0;
    int count = 0;
    text t;
    error e;
    cr_assert_not_null(bytes);
    for (uint32_t c = 1; c < TEXT_CODES; c++)
        if (is_character(c) && c != '\r') {
            size += encode(bytes + size, c);
            count++;
        }
    cr_assert(text_read(&t, write_file("all.txt", bytes, size), &e), "%s", e.text);
    cr_assert_eq(t.length, count);
    cr_assert_eq(t.size, size);
    cr_assert_eq(memcmp(t.bytes, bytes, size), 0);
    const char *at = t.bytes;
    for (uint32_t c = 1; c < TEXT_CODES; c++)
        if (is_character(c) && c != '\r') cr_assert_eq(text_next(&at), c);
    cr_assert_eq(at, t.bytes + t.size);
    text_free(&t);
    free(bytes);
}

Test(text, put_writes_every_character_of_unicode)
{
    for (uint32_t c = 0; c < TEXT_CODES; c++) {
        unsigned char expected[4];
        char out[TEXT_ROOM];
        if (!is_character(c)) continue;
        const size_t n = encode(expected, c);
        cr_assert_eq(text_put(out, c), (int) n, "U+%04X", (unsigned) c);
        cr_assert_eq(memcmp(out, expected, n), 0, "U+%04X", (unsigned) c);
        cr_assert_eq(out[n], '\0', "U+%04X", (unsigned) c);
    }
}

/* These bytes are not UTF-8 from byte `offset` on: as a string, alone, after and before others, and in a file. */
static void refused(const char *bytes, int offset)
{
    static const char before[] = "가\r\nb"; /* 6 bytes in the file */
    char joined[100], at[40];
    text t;
    error e;
    cr_assert_not(text_from(&t, bytes, "some name", &e), "took %s", bytes);
    snprintf(at, sizeof at, "some name: not UTF-8 at byte %d;", offset);
    cr_assert_eq(strncmp(e.text, at, strlen(at)), 0, "%s", e.text);
    cr_assert_null(t.bytes);
    snprintf(joined, sizeof joined, "%s%s%s", before, bytes, "z나");
    snprintf(at, sizeof at, " byte %d;", offset + 6);
    cr_assert_not(text_from(&t, joined, "", &e), "took %s", joined);
    cr_assert_not_null(strstr(e.text, at), "%s", e.text);
    const char *path = write_file("bad.txt", joined, strlen(joined));
    cr_assert_not(text_read(&t, path, &e), "took %s", joined);
    cr_assert_not_null(strstr(e.text, at), "%s", e.text);
    cr_assert_not_null(strstr(e.text, path), "%s", e.text);
    cr_assert_null(t.bytes);
}

Test(text, refuses_a_form_of_two_bytes_where_one_is_enough)
{
    refused("\xC0\x80", 0);
    refused("\xC0\xAF", 0);
    refused("a\xC1\xBF", 1);
}

Test(text, refuses_a_form_of_three_bytes_where_two_are_enough)
{
    refused("\xE0\x80\x80", 0);
    refused("\xE0\x80\xAF", 0);
    refused("ab\xE0\x9F\xBF", 2);
}

Test(text, refuses_a_form_of_four_bytes_where_three_are_enough)
{
    refused("\xF0\x80\x80\x80", 0);
    refused("\xF0\x80\x80\xAF", 0);
    refused("가\xF0\x8F\xBF\xBF", 3);
}

Test(text, refuses_every_surrogate)
{
    for (uint32_t c = 0xD800; c < 0xE000; c++) {
        unsigned char bytes[4] = {0};
        text t;
        error e;
        encode(bytes, c);
        cr_assert_not(text_from(&t, (const char *) bytes, "", &e), "took U+%04X", (unsigned) c);
    }
    refused("\xED\xA0\x80", 0);
    refused("x\xED\xBF\xBF", 1);
    refused("\xED\xA0\xBD\xED\xB8\x80", 0); /* a surrogate pair */
}

Test(text, refuses_what_is_beyond_10FFFF)
{
    refused("\xF4\x90\x80\x80", 0);
    refused("a\xF5\x80\x80\x80", 1);
    refused("\xF7\xBF\xBF\xBF", 0);
}

Test(text, refuses_forms_of_five_and_six_bytes)
{
    refused("\xF8\x88\x80\x80\x80", 0);
    refused("\xFC\x84\x80\x80\x80\x80", 0);
}

Test(text, refuses_a_continuation_that_continues_nothing)
{
    refused("\x80", 0);
    refused("abc\xBF", 3);
    refused("가\x80", 3);
    refused("\xC3\xA9\xA9", 2);
}

Test(text, refuses_a_character_that_ends_too_early)
{
    refused("\xC3", 0);
    refused("a\xE3\x81", 1);
    refused("\xE3", 0);
    refused("ab\xF0\x9F\x98", 2);
    refused("\xF0\x9F", 0);
    refused("\xF0", 0);
    refused("\xC3(", 0);
    refused("\xE3\x81(", 0);
    refused("\xE3(\x81", 0);
    refused("\xF0\x9F\x98(", 0);
    refused("\xC3\xC3\xA9", 0);
}

Test(text, refuses_bytes_that_no_character_has)
{
    refused("\xFF", 0);
    refused("\xFE", 0);
    refused("Caf\xE9", 3); /* Latin-1 */
}

/* The table of well-formed sequences in the Unicode standard (3.9, table 3-7). */
static bool well_formed(const unsigned char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        const unsigned char a = s[i];
        const size_t more = a < 0x80 ? 0 : a < 0xE0 ? 1 : a < 0xF0 ? 2 : 3;
        const unsigned char low = a == 0xE0   ? 0xA0
                                  : a == 0xF0 ? 0x90
                                              : 0x80,
                            high = a == 0xED   ? 0x9F
                                   : a == 0xF4 ? 0x8F
                                               : 0xBF;
        if ((a >= 0x80 && a < 0xC2) || a > 0xF4 || i + more >= n) return false;
        if (more > 0 && (s[i + 1] < low || s[i + 1] > high)) return false;
        for (size_t k = 2; k <= more; k++)
            if (s[i + k] < 0x80 || s[i + k] > 0xBF) return false;
        i += more + 1;
    }
    return true;
}

static void judged_right(const unsigned char *bytes, size_t n)
{
    text t;
    error e;
    const bool taken = text_from(&t, (const char *) bytes, "", &e);
    cr_assert_eq(taken, well_formed(bytes, n), "%02x %02x %02x %02x", bytes[0], bytes[1], bytes[2],
                 bytes[3]);
    text_free(&t);
}

Test(text, judges_every_pair_of_bytes_as_the_standard_does)
{
    for (unsigned a = 1; a < 256; a++)
        for (unsigned b = 1; b < 256; b++)
            judged_right((unsigned char[5]){(unsigned char) a, (unsigned char) b}, 2);
}

Test(text, judges_three_and_four_bytes_as_the_standard_does)
{
    static const unsigned char edges[] = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                          0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF};
    enum { EDGES = sizeof edges };
    for (unsigned a = 0xC0; a < 256; a++)
        for (int b = 0; b < EDGES; b++)
            for (int c = 0; c < EDGES; c++) {
                judged_right((unsigned char[5]){(unsigned char) a, edges[b], edges[c]}, 3);
                for (int d = 0; d < EDGES; d++)
                    judged_right(
                        (unsigned char[5]){(unsigned char) a, edges[b], edges[c], edges[d]}, 4);
            }
}

static void becomes(const char *in, const char *out, int length)
{
    text t;
    error e;
    cr_assert(text_from(&t, in, "", &e), "%s", e.text);
    cr_assert_str_eq(t.bytes, out);
    cr_assert_eq(t.size, strlen(out));
    cr_assert_eq(t.length, length);
    text_free(&t);
    cr_assert(text_read(&t, write_file("ends.txt", in, strlen(in)), &e), "%s", e.text);
    cr_assert_str_eq(t.bytes, out);
    cr_assert_eq(t.size, strlen(out));
    cr_assert_eq(t.length, length);
    text_free(&t);
}

Test(text, a_line_ends_in_one_newline_whatever_the_file_has)
{
    becomes("a\nb\n", "a\nb\n", 4);
    becomes("a\r\nb\r\n", "a\nb\n", 4);
    becomes("a\rb\r", "a\nb\n", 4);
    becomes("가\r\n나\r다\n", "가\n나\n다\n", 6);
}

Test(text, two_line_ends_stay_two)
{
    becomes("\r", "\n", 1);
    becomes("\r\n", "\n", 1);
    becomes("\n\r", "\n\n", 2);
    becomes("\r\r", "\n\n", 2);
    becomes("\r\r\n", "\n\n", 2);
    becomes("\r\n\r\n", "\n\n", 2);
    becomes("a\r\n\n\rb", "a\n\n\nb", 5);
}

Test(text, counts_korean_by_syllables)
{
    becomes("동해 물과 백두산이 마르고 닳도록", "동해 물과 백두산이 마르고 닳도록", 18);
    becomes("가", "가", 1);
    becomes("a가é😀", "a가é😀", 4);
}

Test(text, goes_from_syllable_to_syllable)
{
    static const uint32_t expected[] = {0xB3D9, 0xD574, ' ', 0xBB3C, 0xACFC};
    text t;
    error e;
    cr_assert(text_from(&t, "동해 물과", "", &e), "%s", e.text);
    const char *at = t.bytes;
    for (int i = 0; i < 5; i++) cr_assert_eq(text_next(&at), expected[i]);
    cr_assert_eq(at, t.bytes + t.size);
    text_free(&t);
}

/* These bytes are refused, from memory and from a file, with one line that says this. */
static void refused_saying(const char *bytes, size_t size, const char *says)
{
    text t;
    error e;
    const char *path = write_file("other.txt", bytes, size);
    cr_assert_not(text_from_bytes(&t, bytes, size, path, &e), "took it; %s", says);
    cr_assert_null(t.bytes);
    cr_assert_eq(strncmp(e.text, path, strlen(path)), 0, "%s", e.text);
    cr_assert_not_null(strstr(e.text, says), "%s, not %s", e.text, says);
    cr_assert_null(strchr(e.text, '\n'));
    cr_assert_not(text_read(&t, path, &e));
    cr_assert_not_null(strstr(e.text, says), "%s, not %s", e.text, says);
    cr_assert_null(t.bytes);
}
#define REFUSED(bytes, says) refused_saying(bytes, sizeof(bytes) - 1, says)

Test(text, refuses_a_nul_wherever_it_is)
{
    REFUSED("\0", ": NUL at byte 0;");
    REFUSED("a long enough text\0", ": NUL at byte 18; this is not a text");
    REFUSED("a long enough text\0\0and on", ": NUL at byte 18; this is not a text");
    REFUSED("\xEF\xBB\xBF"
            "marked\r\n\0and on",
            ": NUL at byte 11; this is not a text");
}

Test(text, tells_utf16_with_and_without_a_mark)
{
    REFUSED("a\0b\0c\0\n\0", ": NUL at byte 1; this looks like UTF-16; convert with iconv -f "
                             "UTF-16LE -t UTF-8");
    REFUSED("\0a\0b\0c\0\n", ": NUL at byte 0; this looks like UTF-16; convert with iconv -f "
                             "UTF-16BE -t UTF-8");
    REFUSED("\xFF\xFE"
            "a\0b\0",
            ": this is UTF-16; convert with iconv -f UTF-16 -t UTF-8");
    REFUSED("\xFE\xFF\0a\0b", ": this is UTF-16; convert with iconv -f UTF-16 -t UTF-8");
    REFUSED("\xD9\xB3\x74\xD5 \0<\xBB\xFC\xAC\n\0",
            "UTF-16LE"); /* Korean: few of its bytes are 0 */
    REFUSED("\xFF\xFE\0\0a\0\0\0", "iconv -f UTF-32 -t UTF-8");
    REFUSED("\0\0\xFE\xFF\0\0\0a", "iconv -f UTF-32 -t UTF-8");
}

Test(text, tells_packed_files_and_how_to_unpack_them)
{
    REFUSED("\x1F\x8B\x08\0\0\0\0\0\0\3", ": this is gzip; convert with gunzip");
    REFUSED("PK\3\4\x14\0", ": this is zip; convert with unzip");
    REFUSED("BZh91AY&SY\x99", "bunzip2");
    REFUSED("\3757zXZ\0\0\4", "unxz");
    REFUSED("\x28\xB5\x2F\xFD\x24", "unzstd");
    REFUSED("7z\xBC\xAF\x27\x1C\0\4", "7z x");
    REFUSED("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", "pdftotext");
    becomes("BZhello, PK", "BZhello, PK", 11);
}

Test(text, leaves_out_a_byte_order_mark_at_the_start_only)
{
    text t;
    error e;
    becomes("\xEF\xBB\xBF가\r\nb", "가\nb", 3);
    becomes("\xEF\xBB\xBF\xEF\xBB\xBF가", "가", 1);
    becomes("a\xEF\xBB\xBF", "a\xEF\xBB\xBF", 2);
    cr_assert(text_from(&t, "\xEF\xBB\xBF가", "", &e) && t.had_mark, "%s", e.text);
    text_free(&t);
    cr_assert(text_from(&t, "가\xEF\xBB\xBF", "", &e) && !t.had_mark, "%s", e.text);
    text_free(&t);
    REFUSED("\xEF\xBB\xBF", ": empty;");
    REFUSED("\xEF\xBB\xBF"
            "abc\xFF",
            ": not UTF-8 at byte 6;");
}

Test(text, tells_how_much_is_valid)
{
    cr_assert_eq(text_valid("", 0), 0);
    cr_assert_eq(text_valid("가a", 4), 4);
    cr_assert_eq(text_valid("가a\0b", 6), 4);
    cr_assert_eq(text_valid("가a", 2), 0, "cut");
}

Test(text, needs_no_newline_at_its_end) { becomes("x", "x", 1); }

Test(text, refuses_an_empty_file)
{
    text t;
    error e;
    const char *path = write_file("empty.txt", "", 0);
    cr_assert_not(text_read(&t, path, &e));
    cr_assert_not_null(strstr(e.text, path), "%s", e.text);
    cr_assert_not_null(strstr(e.text, "empty"), "%s", e.text);
    cr_assert_null(t.bytes);
}

Test(text, refuses_an_empty_string)
{
    text t;
    error e;
    cr_assert_not(text_from(&t, "", "--prime", &e));
    cr_assert_not_null(strstr(e.text, "--prime: empty"), "%s", e.text);
    cr_assert_null(t.bytes);
}

Test(text, tells_a_file_that_is_not_there)
{
    text t;
    error e;
    char path[400];
    snprintf(path, sizeof path, "%s/nowhere.txt", own_folder());
    cr_assert_not(text_read(&t, path, &e));
    cr_assert_not_null(strstr(e.text, path), "%s", e.text);
    cr_assert_not_null(strstr(e.text, "No such file"), "%s", e.text);
    cr_assert_null(t.bytes);
}

Test(text, tells_a_folder_that_is_no_file)
{
    text t;
    error e;
    cr_assert_not(text_read(&t, own_folder(), &e));
    cr_assert_not_null(strstr(e.text, own_folder()), "%s", e.text);
    cr_assert_not_null(strstr(e.text, "directory"), "%s", e.text);
    cr_assert_null(t.bytes);
}

Test(text, says_what_is_wrong_in_korean_too)
{
    text t;
    error e;
    say_language("ko");
    cr_assert_not(text_from(&t, "가나\xFF", "글", &e));
    cr_assert_not_null(strstr(e.text, "글: 6번째 바이트"), "%s", e.text);
}

Test(text, free_leaves_it_empty_and_may_come_twice)
{
    text t;
    error e;
    cr_assert(text_from(&t, "abc", "", &e));
    text_free(&t);
    cr_assert_null(t.bytes);
    cr_assert_eq(t.size, 0);
    cr_assert_eq(t.length, 0);
    text_free(&t);
}

Test(text, from_keeps_a_copy)
{
    char own[] = "abc";
    text t;
    error e;
    cr_assert(text_from(&t, own, "", &e));
    own[1] = 'X';
    cr_assert_str_eq(t.bytes, "abc");
    text_free(&t);
}

static void shows(uint32_t c, const char *expected)
{
    char out[TEXT_ROOM];
    cr_assert_eq(text_show(out, c), out);
    cr_assert_str_eq(out, expected, "U+%04X: %s", (unsigned) c, out);
}

Test(text, shows_line_end_and_tab_as_in_c)
{
    shows('\n', "\\n");
    shows('\t', "\\t");
}

Test(text, shows_control_characters_as_numbers)
{
    shows(0, "\\x00");
    shows(7, "\\x07");
    shows('\r', "\\x0d");
    shows(0x1B, "\\x1b");
    shows(0x1F, "\\x1f");
    shows(0x7F, "\\x7f");
    shows(0x80, "\\x80");
    shows(0x85, "\\x85");
    shows(0x9F, "\\x9f");
    shows(0x2028, "\\u2028");
    shows(0x2029, "\\u2029");
    shows(0xFEFF, "\\ufeff");
    shows(0x200F, "\\u200f"); /* what changes the direction of writing */
    shows(0x202A, "\\u202a");
    shows(0x202E, "\\u202e");
    shows(0x2066, "\\u2066");
    shows(0x2069, "\\u2069");
    shows(0x061C, "\\u061c");
}

Test(text, shows_other_characters_as_they_are)
{
    shows(' ', " ");
    shows('~', "~");
    shows('\\', "\\");
    shows(0xA0, "\xC2\xA0");
    shows(0xE9, "é");
    shows(0xAC00, "가");
    shows(0x1F600, "😀");
    shows(0x10FFFF, "\xF4\x8F\xBF\xBF");
}

Test(text, shows_every_character_within_its_room)
{
    for (uint32_t c = 0; c < TEXT_CODES; c++) {
        char out[TEXT_ROOM + 1];
        if (!is_character(c)) continue;
        memset(out, 'x', sizeof out);
        text_show(out, c);
        cr_assert_not_null(memchr(out, '\0', TEXT_ROOM), "U+%04X", (unsigned) c);
        cr_assert_eq(out[TEXT_ROOM], 'x', "U+%04X", (unsigned) c);
    }
}

static void word_shows(const char *word, size_t room, const char *expected)
{
    char out[TEXT_SHOWN_ROOM];
    memset(out, 'x', sizeof out);
    cr_assert_eq(text_shown(out, room, word), out);
    cr_assert_str_eq(out, expected, "%s", out);
    cr_assert_lt(strlen(out), room);
}

Test(text, shows_a_word_of_any_bytes)
{
    word_shows("", 16, "");
    word_shows("가 b\\", 16, "가 b\\");
    word_shows("a\nb", 16, "a\\nb");
    word_shows("\x1b[31m", 16, "\\x1b[31m");
    word_shows("\xff\x80", 16, "\\xff\\x80");
    word_shows("\xea\xb0", 16, "\\xea\\xb0"); /* the beginning of a syllable */
    word_shows("\xea\xb0z", 16, "\\xea\\xb0z");
}

Test(text, a_long_word_loses_its_middle_between_two_characters)
{
    word_shows("123456789012345", 16, "123456789012345");
    word_shows("1234567890123456", 16, "123456…123456");
    word_shows("가나다라마바", 16, "가나…마바");
    word_shows("\x1b\x1b\x1b\x1b", 16, "\\x1b…\\x1b");
    for (size_t n = 0; n < 200; n++) {
        char word[200], out[32];
        memset(word, 'a', n);
        word[n] = '\0';
        cr_assert_lt(strlen(text_shown(out, sizeof out, word)), sizeof out);
        cr_assert_eq(strstr(out, "…") != NULL, n >= sizeof out, "%zu", n);
    }
}

Test(text, hints_that_only_the_word_or_the_vocabulary_is_decomposed)
{
    static const char *const parts[] = {"\u1112", "\u1112\u1161\u11ab", "e\u0301", "abce\u0308",
                                        "か\u3099"};
    static const char *const whole[] = {"", "한", "é", "abc", "ㅎ", "が", "😀"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_assert_not_null(strstr(text_hint(parts[i], false), "uconv -x nfc"), "%s", parts[i]);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        cr_assert_str_empty(text_hint(whole[i], false), "%s", whole[i]);
    static const char *const composed[] = {"한", "é", "abcë", "が", "ệ"};
    static const char *const neither[] = {"", "abc", "ㅎ", "😀"};
    for (size_t i = 0; i < sizeof composed / sizeof *composed; i++)
        cr_assert_not_null(strstr(text_hint(composed[i], true), "uconv -x nfd"), "%s", composed[i]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_assert_str_empty(text_hint(parts[i], true), "%s", parts[i]);
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        cr_assert_str_empty(text_hint(neither[i], true), "%s", neither[i]);
}

/* A text in the encoding that Windows had for Korean, or for the West of Europe, is named, with the command; for other
 * bytes the commands are named that tell the encoding and convert. */
Test(text, encodings_are_named)
{
    static const char
        korean[] = "this looks like CP949, EUC-KR; convert with iconv -f CP949 -t UTF-8",
        latin[] =
            "this looks like Windows-1252, Latin-1; convert with iconv -f WINDOWS-1252 -t UTF-8",
        other[] = "convert with iconv -f ENCODING -t UTF-8; uchardet tells the encoding of a file";
    static const struct {
        const char *bytes, *said;
    } some[] = {{"\xB5\xBF\xC7\xD8 \xB9\xB0\xB0\xFA\n", korean}, /* 동해 물과 */
                {"a\xB0\xA1", korean},
                {"\x8C\x63\xB9\xE6\xB0\xA2\xC7\xCF", korean}, /* 똠방각하: not in EUC-KR */
                {"caf\xE9 au lait", latin},
                {"\x93Na\xEFve\x94, d\xE9j\xE0 vu", latin}, /* “Naïve” */
                {"H\xE9l\xE8ne a cr\xE9\xE9 l'\x9Cuvre\x85", latin},
                {"\xB0\xA1\xB0", other},
                {"\xB0\x20", latin},
                {"caf\x81 au lait", other},
                {"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0", other}, /* Привет, мир in Windows-1251 */
                {"\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD", other}}; /* こんにちは in Shift_JIS */
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        text t;
        error e;
        cr_assert_not(text_from_bytes(&t, some[k].bytes, strlen(some[k].bytes), "a.txt", &e));
        cr_assert_not_null(strstr(e.text, some[k].said), "%zu: %s", k, e.text);
    }
}
