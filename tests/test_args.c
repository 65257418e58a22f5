/* test_args.c: the command line. */
#define _POSIX_C_SOURCE 200809L

#include "args.h"
#include "version.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool flag;
static int whole;
static uint32_t seed;
static double number;
static const char *text, *name, *operand[2];

/* Read a command line of up to eight words. */
static int given(int count, const char *a, const char *b, const char *c, const char *d)
{
    static char words[5][100];
    char *argv[] = {words[0], words[1], words[2], words[3], words[4], NULL};
    const char *in[] = {"program", a, b, c, d};
    args_option rest[] = {
        {"text", ARGS_TEXT, &text, 0, 0, "a text", "글"},
        {"file", ARGS_FILE, &name, 0, 0, "a file", "파일"},
        {.kind = ARGS_END},
    };
    const args_option options[] = {
        {"flag", ARGS_FLAG, &flag, 0, 0, "a flag", "깃발"},
        {"whole", ARGS_INT, &whole, -5, 10, "a whole number", "정수"},
        {"seed", ARGS_SEED, &seed, 0, 0, "a seed", "시드"},
        {"number", ARGS_REAL, &number, 0, 2.5, "a number", "수"},
        {.kind = ARGS_ROWS, .value = rest},
        {.kind = ARGS_END},
    };
    const args spec = {"program", "WHAT", 1, "It does.", "합니다.", options};
    int argc = 1;
    for (; argc < 5 && in[argc]; argc++) strcpy(words[argc], in[argc]);
    strcpy(words[0], "program");
    argv[argc] = NULL;
    cr_assert_eq(argc, count + 1);
    flag = false;
    whole = 1;
    seed = 2;
    number = 0.5;
    text = name = "default";
    setenv("LC_ALL", "C", 1);
    return args_read(&spec, argc, argv, operand);
}

Test(args, a_choice_is_its_index)
{
    int colour = 0;
    args_choice colours = {&colour, {"red", "green", "blue"}, "red, green or blue", "색을"};
    const args_option options[] = {{"colour", ARGS_CHOICE, &colours, 0, 0, "the colour", "색"},
                                   {.kind = ARGS_END}};
    const args a = {"program", "", 0, "", "", options};
    char *blue[] = {"program", "--colour", "blue"}, *pink[] = {"program", "--colour=pink"};
    setenv("LC_ALL", "C", 1);
    cr_redirect_stderr();
    cr_assert_eq(args_read(&a, 3, blue, NULL), ARGS_GO_ON);
    cr_assert_eq(colour, 2);
    cr_assert_eq(args_read(&a, 2, pink, NULL), 2);
    cr_assert_eq(colour, 2);
    fflush(stderr);
    cr_assert_stderr_eq_str("program: --colour pink: give red, green or blue\n");
}

Test(args, the_number_of_an_option_is_told)
{
    int n = -3;
    uint32_t s = 4294967295u;
    double x = 0.25;
    args_option inner[] = {{"x", ARGS_REAL, &x, 0, 1, "", ""}, {.kind = ARGS_END}};
    const args_option options[] = {{"n", ARGS_INT, &n, -5, 5, "", ""},
                                   {.kind = ARGS_ROWS, .value = inner},
                                   {"s", ARGS_SEED, &s, 0, 0, "", ""},
                                   {.kind = ARGS_END}};
    const args a = {"program", "", 0, "", "", options};
    cr_assert_eq(args_number(&a, "n"), -3);
    cr_assert_eq(args_number(&a, "s"), 4294967295.0);
    cr_assert_eq(args_number(&a, "x"), 0.25);
}

Test(args, every_kind_in_both_ways_to_write_it)
{
    cr_assert_eq(given(4, "--whole", "-5", "--seed=4294967295", "x"), ARGS_GO_ON);
    cr_assert_eq(whole, -5);
    cr_assert_eq(seed, UINT32_MAX);
    cr_assert_str_eq(operand[0], "x");
    cr_assert_eq(given(4, "--number=2.5", "x", "--text", "--flag"), ARGS_GO_ON);
    cr_assert_eq(number, 2.5);
    cr_assert_str_eq(text, "--flag");
    cr_assert_not(flag);
    cr_assert_eq(given(3, "--file=a b", "--flag", "x", NULL), ARGS_GO_ON);
    cr_assert_str_eq(name, "a b");
    cr_assert(flag);
    cr_assert_eq(given(2, "x", "--text=", NULL, NULL), ARGS_GO_ON);
    cr_assert_str_empty(text);
}

Test(args, numbers_are_decimal)
{
    static const struct {
        const char *word;
        double number;
    } good[] = {{"--number=0", 0},  {"--number=+1", 1},      {"--number=.5", 0.5},
                {"--number=2.", 2}, {"--number=1e-3", 1e-3}, {"--number=0.1E+1", 1},
                {"--number=-0", 0}, {"--number=007e-1", 0.7}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cr_assert_eq(given(2, good[i].word, "x", NULL, NULL), ARGS_GO_ON, "%s", good[i].word);
        cr_assert_eq(number, good[i].number, "%s", good[i].word);
    }
    cr_assert_eq(given(2, "--whole=+007", "x", NULL, NULL), ARGS_GO_ON);
    cr_assert_eq(whole, 7);
}

Test(args, a_file_opened_later_is_none_of_the_standard_streams)
{
    close(0);
    close(1);
    cr_assert_eq(given(1, "x", NULL, NULL, NULL), ARGS_GO_ON);
    const int fd = open("/dev/null", O_RDONLY);
    cr_assert_gt(fd, 2);
    cr_assert_lt(write(1, "x", 1), 0);
    close(fd);
}

Test(args, the_later_option_wins_and_two_dashes_end_them)
{
    cr_assert_eq(given(3, "--whole=3", "--whole=4", "x", NULL), ARGS_GO_ON);
    cr_assert_eq(whole, 4);
    cr_assert_eq(given(2, "--", "--flag", NULL, NULL), ARGS_GO_ON);
    cr_assert_str_eq(operand[0], "--flag");
    cr_assert_not(flag);
    cr_assert_eq(given(1, "-", NULL, NULL, NULL), ARGS_GO_ON);
    cr_assert_str_eq(operand[0], "-");
}

Test(args, what_is_wrong_ends_with_2)
{
    static const char *const wrong[][2] = {
        {"--whole", NULL},
        {"--whole=", NULL},
        {"--whole=11", NULL},
        {"--whole=-6", NULL},
        {"--whole=1.5", NULL},
        {"--whole=x", NULL},
        {"--whole=1x", NULL},
        {"--whole= 1", NULL},
        {"--whole=\t1", NULL},
        {"--whole=1 ", NULL},
        {"--whole=1\n", NULL},
        {"--whole=0x5", NULL},
        {"--whole=1e0", NULL},
        {"--whole=1.0", NULL},
        {"--whole=1.", NULL},
        {"--whole=--1", NULL},
        {"--whole=+", NULL},
        {"--whole=nan", NULL},
        {"--whole=1e400", NULL},
        {"--whole=99999999999999999999", NULL},
        {"--seed=0x10", NULL},
        {"--seed=1e3", NULL},
        {"--seed=-1", NULL},
        {"--seed=4294967296", NULL},
        {"--number=nan", NULL},
        {"--number=inf", NULL},
        {"--number=\v1", NULL},
        {"--number=1 ", NULL},
        {"--number=0x1p0", NULL},
        {"--number=.", NULL},
        {"--number=.e1", NULL},
        {"--number=1e", NULL},
        {"--number=1e+", NULL},
        {"--number=0,5", NULL},
        {"--number=infinity", NULL},
        {"--number=nan(1)", NULL},
        {"--number=1e-400", NULL},
        {"--number=2.6", NULL},
        {"--number=-0.1", NULL},
        {"--file=", NULL},
        {"--flag=1", NULL},
        {"--flagg", NULL},
        {"--fla", NULL},
        {"-f", NULL},
        {"--lang=fr", NULL},
        {"--lang", NULL},
        {"x", "y"},
        {"--flag", NULL},
    };
    cr_redirect_stderr();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_eq(given(wrong[i][1] ? 2 : 1, wrong[i][0], wrong[i][1], NULL, NULL), 2, "%s",
                     wrong[i][0]);
}

Test(args, an_error_is_one_line_that_names_the_option)
{
    cr_redirect_stderr();
    given(2, "--whole=11", "x", NULL, NULL);
    fflush(stderr);
    cr_assert_stderr_eq_str("program: --whole 11: give a whole number from -5 to 10\n");
}

Test(args, an_error_comes_in_the_language_asked_for_even_after_it)
{
    cr_redirect_stderr();
    given(3, "--whole=11", "x", "--lang=ko", NULL);
    fflush(stderr);
    cr_assert_stderr_eq_str("program: --whole 11: -5부터 10까지의 정수를 주십시오\n");
}

Test(args, help_is_no_error)
{
    cr_redirect_stdout();
    cr_assert_eq(given(1, "--help", NULL, NULL, NULL), 0);
}

Test(args, the_version_is_no_error_and_stands_on_a_line)
{
    cr_redirect_stdout();
    cr_assert_eq(given(1, "--version", NULL, NULL, NULL), 0);
    fflush(stdout);
    cr_assert_stdout_eq_str("program (min-char-rnn.c) " VERSION "\n");
    cr_assert_eq(given(2, "--", "--version", NULL, NULL), ARGS_GO_ON);
}

Test(args, tells_what_was_given)
{
    char *argv[] = {"program", "--whole=3", "--seed", "4", "--", "--text", NULL};
    cr_assert(args_given(6, argv, "whole"));
    cr_assert(args_given(6, argv, "seed"));
    cr_assert_not(args_given(6, argv, "text"));
    cr_assert_not(args_given(6, argv, "who"));
}
