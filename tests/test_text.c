/* test_text.c: UTF-8, characters and line ends. */
#include "text.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(text, every_character_survives_the_round_trip)
{
    char out[TEXT_ROOM];
    error e;
    for (uint32_t c = 1; c < TEXT_CODES; c++) {
        if (c == '\r' || (c >= 0xD800 && c < 0xE000)) continue;
        const int n = text_put(out, c);
        const char *at = out;
        cr_assert_eq((int) strlen(out), n);
        cr_assert_eq(text_next(&at), c);
        cr_assert_eq(at, out + n);
        if (c % 997 == 0) {
            text t;
            cr_assert(text_from(&t, out, "test", &e), "U+%04X", (unsigned) c);
            cr_assert_eq(t.length, 1);
            text_free(&t);
        }
    }
}

static void refused(const char *bytes, const char *where)
{
    text t;
    error e;
    cr_assert_not(text_from(&t, bytes, "name", &e), "%s", where);
    cr_assert_not_null(strstr(e.text, "name"));
    cr_assert_not_null(strstr(e.text, where), "%s", e.text);
    cr_assert_null(strchr(e.text, '\n'));
}

Test(text, what_is_no_utf8_is_refused_with_its_place)
{
    refused("ab\x80", "byte 2");                 /* a continuation without a start */
    refused("\xC0\xAF", "byte 0");               /* longer than needed */
    refused("abc\xE0\x80\x80", "byte 3");        /* longer than needed */
    refused("\xF0\x80\x80\x80", "byte 0");       /* longer than needed */
    refused("가\xED\xA0\x80", "byte 3");         /* a surrogate */
    refused("\xF4\x90\x80\x80", "byte 0");       /* beyond 10FFFF */
    refused("x\xFF", "byte 1");                  /* no start at all */
    refused("한\xEA\xB0", "byte 3");             /* cut at the end */
    refused("\xE0\xA4" "a", "byte 0");           /* cut in the middle */
    refused("a\rb\r\n\xF8", "byte 5");           /* counted in the file, not after its line ends are mended */
}

Test(text, line_ends_become_one_newline)
{
    text t;
    error e;
    cr_assert(text_from(&t, "a\r\nb\rc\nd\r\r\n", "test", &e));
    cr_assert_str_eq(t.bytes, "a\nb\nc\nd\n\n");
    cr_assert_eq(t.length, 9);
    cr_assert_eq(t.size, 9);
    text_free(&t);
}

Test(text, korean_is_counted_in_characters)
{
    text t;
    error e;
    cr_assert(text_from(&t, "동해 물과\n", "test", &e));
    cr_assert_eq(t.length, 6);
    cr_assert_eq(t.size, 14);
    text_free(&t);
}

Test(text, a_file_may_hold_a_nul)
{
    text t;
    error e;
    cr_assert(text_read(&t, write_file("nul", "a\0b", 3), &e), "%s", e.text);
    cr_assert_eq(t.length, 3);
    const char *at = t.bytes + 1;
    cr_assert_eq(text_next(&at), 0);
    text_free(&t);
}

Test(text, files_that_cannot_be_read_are_told)
{
    text t;
    error e;
    cr_assert_not(text_read(&t, "no/such/file", &e));
    cr_assert_not_null(strstr(e.text, "no/such/file"));
    cr_assert_not(text_read(&t, own_folder(), &e));
    cr_assert_not(text_read(&t, write_file("empty", "", 0), &e));
    cr_assert_not_null(strstr(e.text, "empty"));
}

Test(text, control_characters_are_shown)
{
    char out[TEXT_ROOM];
    cr_assert_str_eq(text_show(out, '\n'), "\\n");
    cr_assert_str_eq(text_show(out, '\t'), "\\t");
    cr_assert_str_eq(text_show(out, 0), "\\x00");
    cr_assert_str_eq(text_show(out, 0x1B), "\\x1b");
    cr_assert_str_eq(text_show(out, 0x9F), "\\x9f");
    cr_assert_str_eq(text_show(out, 0xFEFF), "\\ufeff");
    cr_assert_str_eq(text_show(out, 'a'), "a");
    cr_assert_str_eq(text_show(out, 0xAC00), "가");
}
