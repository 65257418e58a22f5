/* test_live.c: memory, signals, the clock, and the progress line. */
#define _XOPEN_SOURCE 700 /* a terminal to test with */

#include "live.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Test(live, the_first_ctrl_c_is_only_noted)
{
    live_catch();
    cr_assert_eq(live_stopped(), 0);
    raise(SIGINT);
    cr_assert_eq(live_stopped(), SIGINT);
}

Test(live, the_second_one_ends_the_program, .signal = SIGINT)
{
    live_catch();
    raise(SIGINT);
    raise(SIGINT);
}

Test(live, a_gone_terminal_or_reader_is_only_noted_however_often)
{
    live_catch();
    for (int i = 0; i < 3; i++) raise(SIGHUP);
    cr_assert_eq(live_stopped(), SIGHUP);
    for (int i = 0; i < 3; i++) raise(SIGPIPE);
    cr_assert_eq(live_stopped(), SIGHUP, "the first one counts");
}

Test(live, what_is_ignored_stays_ignored)
{
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    live_catch();
    raise(SIGHUP);
    raise(SIGINT);
    cr_assert_eq(live_stopped(), 0);
    raise(SIGTERM);
    cr_assert_eq(live_stopped(), SIGTERM);
}

Test(live, a_write_that_blocks_ends_after_the_stop, .timeout = 20)
{
    static const char bytes[4096];
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_neq(fcntl(ends[1], F_SETFL, O_NONBLOCK), -1);
    while (write(ends[1], bytes, sizeof bytes) > 0) continue;
    cr_assert_neq(fcntl(ends[1], F_SETFL, 0), -1);
    live_catch();
    raise(SIGINT);
    for (int i = 0; i < 2; i++) {
        errno = 0;
        cr_assert_eq(write(ends[1], bytes, sizeof bytes), -1);
        cr_assert_eq(errno, EINTR);
    }
}

/* Only a terminal that knows the codes gets them. */
Test(live, a_dumb_terminals_lines_follow_each_other)
{
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
        cr_skip_test("there is no pseudo-terminal");
    const int fd = open(ptsname(terminal), O_RDWR | O_NOCTTY), before = dup(STDERR_FILENO);
    dup2(fd, STDERR_FILENO);
    setenv("TERM", "xterm", 1);
    const live clever = live_begin(true);
    setenv("TERM", "dumb", 1);
    const live dumb = live_begin(true);
    unsetenv("TERM");
    const live unknown = live_begin(true);
    dup2(before, STDERR_FILENO);
    cr_assert(clever.tty);
    cr_assert_not(dumb.tty);
    cr_assert_not(unknown.tty);
}

Test(live, a_line_now_and_then)
{
    live l = live_begin(true);
    cr_assert_not(live_due(&l));
    l.last -= 11;
    cr_assert(live_due(&l));
    cr_assert_leq(l.start, l.last);
    cr_assert_not(live_due(&l));
    l.wanted = false;
    l.last -= 11;
    cr_assert_not(live_due(&l));
}

Test(live, a_terminals_line_is_written_over)
{
    live l = live_begin(true);
    l.tty = true;
    cr_assert_str_eq(live_before(&l), "\r");
    cr_assert_null(strchr(live_after(&l), '\n'));
    l.last -= 0.3;
    cr_assert(live_due(&l));
    l.tty = false;
    cr_assert_str_eq(live_after(&l), "\n");
}

Test(live, a_byte_fits_into_memory_and_an_exabyte_does_not)
{
    error e = {""};
    cr_assert(memory_fits(&e, 1, 1, "--hidden %d", 1));
    cr_assert_str_empty(e.text);
    cr_assert_not(memory_fits(&e, 1e18, 1, "--hidden %d", 1000000000));
    cr_assert(
        strstr(e.text, "--hidden 1000000000 take 1000000000.0 GB of memory; this machine has "),
        "%s", e.text);
    cr_assert_not(memory_fits(&e, 1, 3e9, "--hidden %d", 60000));
    cr_assert_str_eq(e.text, "--hidden 60000 are too large");
}
