/* test_require.c: a broken contract aborts the program with a message. */
#define _POSIX_C_SOURCE 200809L

#include "require.h"

#include "file.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void three_columns(int cols) { REQUIRE(cols, ==, 3); }

static void breaks_it(void) { three_columns(7); }

static void keeps_it(void) { three_columns(3); }

static void breaks_it_with_large_numbers(void)
{
    const long long least = -9223372036854775807 - 1;
    REQUIRE(least, >, 9223372036854775807);
}

/* Run f in a child process. Returns its stderr, to be freed by the caller, and its exit status. */
static char *words_of(void (*f)(void), int *status)
{
    error e;
    size_t size;
    char path[400];
    snprintf(path, sizeof path, "%s/err", own_folder());
    const pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        if (fd < 0 || dup2(fd, STDERR_FILENO) < 0) _exit(99);
        f();
        _exit(0);
    }
    cr_assert_gt(child, 0);
    cr_assert_eq(waitpid(child, status, 0), child);
    char *said = file_read(path, &size, &e);
    cr_assert_not_null(said, "%s", e.text);
    return said;
}

Test(require, aborts_where_the_contract_is_broken, .signal = SIGABRT) { breaks_it(); }

Test(require, says_where_and_what_and_both_sides_in_one_line)
{
    int status;
    char *said = words_of(breaks_it, &status);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    cr_assert_str_eq(said, "three_columns: cols == 3 does not hold: 7 against 3\n");
    free(said);
}

Test(require, is_silent_where_the_contract_holds)
{
    int status;
    char *said = words_of(keeps_it, &status);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    cr_assert_str_empty(said);
    free(said);
}

Test(require, tells_the_whole_of_a_large_number)
{
    int status;
    char *said = words_of(breaks_it_with_large_numbers, &status);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    cr_assert_not_null(strstr(said, " -9223372036854775808 against 9223372036854775807\n"), "%s",
                       said);
    free(said);
}

Test(require, asks_each_side_once)
{
    int left = 1, right = 5;
    REQUIRE(left++, <, right--);
    cr_assert_eq(left, 2);
    cr_assert_eq(right, 4);
}

Test(require, is_one_statement)
{
    int reached = 0;
    if (reached != 0)
        REQUIRE(reached, ==, 5);
    else
        reached = 1;
    cr_assert_eq(reached, 1);
}
