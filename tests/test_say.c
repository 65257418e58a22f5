/* test_say.c: the language, numbers as text, errors. */
#define _POSIX_C_SOURCE 200809L

#include "say.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

/* The language chosen by the locale; NULL: not set. */
static const char *chosen(const char *lc_all, const char *lc_messages, const char *lang)
{
    set("LC_ALL", lc_all);
    set("LC_MESSAGES", lc_messages);
    set("LANG", lang);
    cr_assert(say_language(NULL));
    return say("en", "ko");
}

Test(say, speaks_english_until_told_otherwise) { cr_assert_str_eq(say("en", "ko"), "en"); }

Test(say, lc_all_goes_before_all)
{
    cr_assert_str_eq(chosen("ko_KR.UTF-8", "C", "C"), "ko");
    cr_assert_str_eq(chosen("C", "ko_KR.UTF-8", "ko_KR.UTF-8"), "en");
}

Test(say, lc_messages_goes_before_lang)
{
    cr_assert_str_eq(chosen(NULL, "ko_KR.UTF-8", "en_US.UTF-8"), "ko");
    cr_assert_str_eq(chosen(NULL, "en_US.UTF-8", "ko_KR.UTF-8"), "en");
}

Test(say, lang_is_asked_last)
{
    cr_assert_str_eq(chosen(NULL, NULL, "ko_KR.UTF-8"), "ko");
    cr_assert_str_eq(chosen(NULL, NULL, "en_US.UTF-8"), "en");
}

Test(say, a_variable_that_is_empty_is_not_set)
{
    cr_assert_str_eq(chosen("", "", "ko_KR.UTF-8"), "ko");
    cr_assert_str_eq(chosen("", "ko_KR.UTF-8", "C"), "ko");
    cr_assert_str_eq(chosen("", "", ""), "en");
}

Test(say, without_a_locale_it_is_english)
{
    cr_assert(say_language("ko"));
    cr_assert_str_eq(chosen(NULL, NULL, NULL), "en");
}

Test(say, every_way_to_write_korean_is_korean)
{
    static const char *const names[] = {"ko",       "ko_KR", "ko_KR.UTF-8", "ko_KR.eucKR",
                                        "ko.UTF-8", "ko_KP", "ko_KR@x"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cr_assert_str_eq(chosen(NULL, NULL, names[i]), "ko", "%s", names[i]);
}

Test(say, every_other_locale_is_english)
{
    static const char *const names[] = {
        "C",     "POSIX", "C.UTF-8", "en_US.UTF-8", "de_DE",
        "ja_JP", "k",     "kok",     "kok_IN.UTF-8" /* Konkani, of India */};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cr_assert_str_eq(chosen(NULL, NULL, names[i]), "en", "%s", names[i]);
}

Test(say, a_language_may_be_named)
{
    cr_assert(say_language("ko"));
    cr_assert_str_eq(say("en", "ko"), "ko");
    cr_assert(say_language("en"));
    cr_assert_str_eq(say("en", "ko"), "en");
}

Test(say, a_language_that_it_does_not_speak_changes_nothing)
{
    static const char *const names[] = {"", "de", "KO", "korean", "ko_KR", "e", "k", "en ", "fr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_assert(say_language("ko"));
        cr_assert_not(say_language(names[i]), "%s", names[i]);
        cr_assert_str_eq(say("en", "ko"), "ko", "%s", names[i]);
        cr_assert(say_language("en"));
        cr_assert_not(say_language(names[i]), "%s", names[i]);
        cr_assert_str_eq(say("en", "ko"), "en", "%s", names[i]);
    }
}

static void is_written(const char *format, double x, const char *expected)
{
    char text[NUM_ROOM];
    cr_assert_eq(num_text(text, format, x), text);
    cr_assert_str_eq(text, expected);
}

Test(say, a_nan_of_either_sign_is_nan)
{
    is_written("%g", NAN, "nan");
    is_written("%g", copysign(NAN, -1.0), "nan");
    is_written("%.17g", copysign(NAN, 1.0), "nan");
    is_written("%f", copysign(NAN, -1.0), "nan");
}

Test(say, infinity_has_its_sign)
{
    is_written("%g", HUGE_VAL, "inf");
    is_written("%g", -HUGE_VAL, "-inf");
    is_written("%12.6f", -HUGE_VAL, "-inf");
}

Test(say, other_numbers_are_as_printf_has_them)
{
    is_written("%.4f", 3.14159265, "3.1416");
    is_written("%.17g", 0.1, "0.10000000000000001");
    is_written("%8.2f", -1.5, "   -1.50");
    is_written("%g", 0.0, "0");
    is_written("%g", -0.0, "-0");
    is_written("%.0e", 1.5e-300, "2e-300");
    is_written("%a", 1.0, "0x1p+0");
}

Test(say, a_huge_number_fits)
{
    char text[NUM_ROOM + 1], expected[NUM_ROOM];
    text[NUM_ROOM] = 'x';
    snprintf(expected, sizeof expected, "%12.6f", -DBL_MAX);
    cr_assert_eq(strlen(expected), 317); /* a sign, 309 digits, the point and 6 digits */
    num_text(text, "%12.6f", -DBL_MAX);
    cr_assert_str_eq(text, expected);
    cr_assert_eq(text[NUM_ROOM], 'x');
    is_written("%.17g", -DBL_TRUE_MIN, "-4.9406564584124654e-324");
}

Test(say, num_gives_several_numbers_in_one_message)
{
    char both[100];
    snprintf(both, sizeof both, "%s %s %s", NUM("%.1f", 1.25F), NUM("%g", 2), NUM("%g", NAN));
    cr_assert_str_eq(both, "1.2 2 nan");
}

Test(say, error_set_writes_and_is_false)
{
    error e;
    cr_assert_not(error_set(&e, "%s: %d of %d", "here", 3, 4));
    cr_assert_str_eq(e.text, "here: 3 of 4");
}

Test(say, error_set_writes_every_kind_of_number_as_printf)
{
    static const char format[] =
        "%d %5i %u %04X %c %% %ld %lu %lld %llu %zu %td %jd %ju %.3f %g %e";
    char expected[400];
    error e;
#define VALUES                                                                                     \
    -7, 8, 4000000000u, 0xABu, 'c', -9L, 10UL, LLONG_MIN, ULLONG_MAX, SIZE_MAX, (ptrdiff_t) -11,   \
        INTMAX_MIN, UINTMAX_MAX, 1.5, -0.25, 1e300
    error_set(&e, format, VALUES);
    snprintf(expected, sizeof expected, format, VALUES);
#undef VALUES
    cr_assert_str_eq(e.text, expected);
}

Test(say, an_error_is_one_printable_line_whatever_its_words_are)
{
    error e;
    error_set(&e, "cannot read %s: %s", "a\nb\r\t\x1b[31m\x7f\xff\u202e.\xc2\x85", "why");
    cr_assert_str_eq(e.text, "cannot read a\\nb\\x0d\\t\\x1b[31m\\x7f\\xff\\u202e.\\x85: why");
    error_set(&e, "%s", e.text); /* once is enough, and the old text may be in the new one */
    cr_assert_str_eq(e.text, "cannot read a\\nb\\x0d\\t\\x1b[31m\\x7f\\xff\\u202e.\\x85: why");
}

Test(say, the_reason_is_there_however_long_the_words_are)
{
    static char word[8000];
    error e;
    memset(word, 'a', sizeof word - 1);
    memcpy(word, "first", 5);
    memcpy(word + sizeof word - 5, "last", 4);
    error_set(&e, "%s is not %s, nor %s: give another (%d)", word, word, word, 5);
    cr_assert_not_null(strstr(e.text, "first"));
    cr_assert_not_null(strstr(e.text, "…"));
    cr_assert_not_null(strstr(e.text, "last is not first"));
    cr_assert_not_null(strstr(e.text, "last: give another (5)"));
    memset(word, '\x1b', sizeof word - 1); /* each takes four bytes in the message */
    error_set(&e, "%s%s%s%s: why", word, word, word, word);
    cr_assert_str_eq(e.text + strlen(e.text) - 9, "\\x1b: why");
}

Test(say, a_reason_is_never_success)
{
    errno = 0;
    cr_assert_str_eq(error_reason(), "an earlier read or write failed");
    errno = ENOENT;
    cr_assert_str_eq(error_reason(), strerror(ENOENT));
}

/* How a function ended in a child process. */
typedef struct ending {
    int status;
    char out[100], err[200];
} ending;

static void read_back(FILE *f, char *text, size_t room)
{
    rewind(f);
    text[fread(text, 1, room - 1, f)] = '\0';
    fclose(f);
}

/* full: with stdout on a full disk. The files have no name, because exit() in the child removes own_folder(). */
static ending of_child(int (*f)(void), bool full)
{
    ending end;
    FILE *out = full ? fopen("/dev/full", "r+") : tmpfile(), *err = tmpfile();
    cr_assert(out && err);
    const pid_t child = fork();
    if (child == 0) {
        if (dup2(fileno(out), 1) < 0 || dup2(fileno(err), 2) < 0) _exit(99);
        const int status = f();
        fflush(stdout);
        _exit(status);
    }
    cr_assert_eq(waitpid(child, &end.status, 0), child);
    cr_assert(WIFEXITED(end.status));
    end.status = WEXITSTATUS(end.status);
    if (full)
        fclose(out);
    else
        read_back(out, end.out, sizeof end.out);
    read_back(err, end.err, sizeof end.err);
    return end;
}

static int says_an_error(void)
{
    error e;
    error_set(&e, "cannot %s", "go on");
    printf("so far\n");
    const int status = say_error("program", &e);
    fclose(stderr);
    _exit(status); /* buffered output is lost, unless say_error() flushed it */
}

Test(say, an_error_is_one_line_with_the_programs_name_after_what_was_written)
{
    ending end = of_child(says_an_error, false);
    cr_assert_eq(end.status, 1);
    cr_assert_str_eq(end.err, "program: cannot go on\n");
    cr_assert_str_eq(end.out, "so far\n");
}

static int needs_what_is_there(void) { return need(&(int){7}) != NULL ? 0 : 1; }

Test(say, need_gives_back_what_is_there)
{
    int x = 3;
    cr_assert_eq(need(&x), &x);
    ending end = of_child(needs_what_is_there, false);
    cr_assert_eq(end.status, 0);
    cr_assert_str_empty(end.err);
}

static int needs_what_is_not_there(void)
{
    printf("so far\n");
    need(NULL);
    return 0;
}

Test(say, need_stops_with_one_line_where_memory_is_short)
{
    ending end = of_child(needs_what_is_not_there, false);
    cr_assert_eq(end.status, 1);
    cr_assert_str_eq(end.err, "not enough memory\n");
    cr_assert_str_eq(end.out, "so far\n");
}

static int needs_as_a_program(void)
{
    say_program("program");
    need(NULL);
    return 0;
}

Test(say, need_names_the_program_whose_command_line_was_read)
{
    ending end = of_child(needs_as_a_program, false);
    cr_assert_eq(end.status, 1);
    cr_assert_str_eq(end.err, "program: not enough memory\n");
}

static int prints_and_is_done(void)
{
    printf("all of it\n");
    return say_done("program", 3);
}

Test(say, done_keeps_the_status_where_all_was_written)
{
    ending end = of_child(prints_and_is_done, false);
    cr_assert_eq(end.status, 3);
    cr_assert_str_empty(end.err);
    cr_assert_str_eq(end.out, "all of it\n");
}

static int prints_nothing_and_is_done(void) { return say_done("program", 0); }

Test(say, done_with_nothing_written_is_no_error)
{
    ending end = of_child(prints_nothing_and_is_done, false);
    cr_assert_eq(end.status, 0);
    cr_assert_str_empty(end.err);
}

static void needs_full_disk(void)
{
    if (access("/dev/full", W_OK) != 0) cr_skip_test("there is no /dev/full");
}

Test(say, done_tells_a_full_disk)
{
    needs_full_disk();
    ending end = of_child(prints_and_is_done, true);
    cr_assert_eq(end.status, 1);
    cr_assert_str_eq(end.err, "program: cannot write the output: No space left on device\n");
}

static int prints_much_and_is_done(void)
{
    for (int i = 0; i < 100000; i++) printf("line %d\n", i);
    return say_done("program", 0);
}

Test(say, done_tells_a_disk_that_was_full_long_before)
{
    needs_full_disk();
    ending end = of_child(prints_much_and_is_done, true);
    cr_assert_eq(end.status, 1);
    cr_assert_str_eq(end.err, "program: cannot write the output: No space left on device\n");
}

static int flushes_prints_and_is_done(void)
{
    printf("lost\n");
    fflush(stdout); /* fails; nothing is left to write at the end */
    return say_done("program", 0);
}

Test(say, done_tells_an_error_of_a_flush_before)
{
    needs_full_disk();
    ending end = of_child(flushes_prints_and_is_done, true);
    cr_assert_eq(end.status, 1);
    cr_assert_not_null(strstr(end.err, "program: cannot write the output: "), "%s", end.err);
    cr_assert_null(strstr(end.err, "Success"), "%s", end.err);
}

static int flushes_prints_and_is_stopped(void)
{
    printf("lost\n");
    fflush(stdout);
    return say_done("program", 130);
}

Test(say, done_keeps_the_status_of_a_signal)
{
    needs_full_disk();
    ending end = of_child(flushes_prints_and_is_stopped, true);
    cr_assert_eq(end.status, 130);
    cr_assert_str_empty(end.err);
}
