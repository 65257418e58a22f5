/* test_live.c: memory, Ctrl-C, the clock, and the progress line. */
#include "live.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

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
