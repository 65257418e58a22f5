/* program.h: tests of the command line that every chapter's program must pass. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "support.h"

#include <criterion/criterion.h>
#include <string.h>

/* The program must fail with exactly one line on stderr and nothing on stdout. */
static void fails(int status, const char *program, const char *args, const char *says)
{
    result r = run("\"$BUILD/%s\" %s", program, args);
    cr_assert_eq(r.status, status, "%s: status %d", args, r.status);
    cr_assert_str_empty(r.out);
    cr_assert_eq(strchr(r.err, '\n'), r.err + strlen(r.err) - 1, "%s", r.err);
    cr_assert_not_null(strstr(r.err, says), "%s", r.err);
    result_free(&r);
}

/* The same for a command line that makes no sense. */
static void refuses(const char *program, const char *args, const char *says)
{
    fails(2, program, args, says);
}

static void succeeds(const char *program, const char *args, const char *says)
{
    result r = run("\"$BUILD/%s\" %s", program, args);
    cr_assert_eq(r.status, 0, "%s: status %d: %s", args, r.status, r.err);
    cr_assert_str_empty(r.err);
    cr_assert_not_null(strstr(r.out, says), "%s: %s", args, r.out);
    result_free(&r);
}

/* Tests of one program; `quick`: options for a short run. */
#define PROGRAM_TESTS(suite, program, quick)                                                       \
    Test(suite, help_in_two_languages)                                                             \
    {                                                                                              \
        succeeds(program, "--help", "usage: " program);                                            \
        succeeds(program, "--help --lang ko", "사용법: " program);                                 \
        succeeds(program, "--help", "--seed");                                                     \
    }                                                                                              \
    Test(suite, bad_options_end_with_one_line)                                                     \
    {                                                                                              \
        refuses(program, "--nonsense", "--nonsense");                                              \
        refuses(program, "operand", "operand");                                                    \
        refuses(program, "--seed", "--seed");                                                      \
        refuses(program, "--seed=x", "--seed x");                                                  \
        refuses(program, "--seed=-1", "--seed -1");                                                \
        refuses(program, "--lang=fr", "fr");                                                       \
        refuses(program, "--seed \"$(printf '\\t1')\"", "--seed \\t1");                            \
        refuses(program, "\"$(printf -- '--a\\nb\\033[31m')\"", "--a\\nb\\x1b[31m");               \
        refuses(program, "\"--$(printf %04000d 0)\"", "no such option");                           \
    }                                                                                              \
    Test(suite, runs_with_another_seed_in_both_languages)                                          \
    {                                                                                              \
        succeeds(program, quick " --seed 3", "");                                                  \
        succeeds(program, quick " --seed=3 --lang ko", "");                                        \
    }                                                                                              \
    Test(suite, a_full_disk_is_an_error)                                                           \
    {                                                                                              \
        tells_a_full_disk(program, quick);                                                         \
        tells_a_full_disk(program, "--help");                                                      \
        tells_a_full_disk(program, "--version");                                                   \
    }

#endif
