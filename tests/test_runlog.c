/* test_runlog.c: the log and the samples of a run, cut back to a checkpoint. */
#include "runlog.h"

#include "file.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Open a file that contains `before` for a run with n iterations done, and append a line: it must contain `after`. */
static void becomes(runlog_kind kind, const char *before, int n, int length, const char *after,
                    bool fresh)
{
    runlog l;
    error e;
    size_t size;
    const char *path = write_file("log", before, strlen(before));
    cr_assert(runlog_open(&l, path, kind, n, length, &e), "%s", e.text);
    cr_assert_eq(l.fresh, fresh);
    fputs("+\n", l.stream);
    cr_assert(runlog_close(&l, &e));
    char *bytes = file_read(path, &size, &e);
    cr_assert_str_eq(bytes, after);
    free(bytes);
}

Test(runlog, starts_anew_at_iteration_0)
{
    becomes(RUNLOG_ROWS, "# head\n0\tx\n", 0, 0, "+\n", true);
}

Test(runlog, keeps_the_rows_before_n)
{
    becomes(RUNLOG_ROWS, "# head\niteration\tloss\n0\ta\n1\tb\n2\tc\n10\td\n", 2, 0,
            "# head\niteration\tloss\n0\ta\n1\tb\n+\n", false);
    becomes(RUNLOG_ROWS, "# head\n0\ta\n5\tb\n", 100, 0, "# head\n0\ta\n5\tb\n+\n", false);
}

Test(runlog, drops_a_row_that_is_half_written)
{
    becomes(RUNLOG_ROWS, "0\ta\n1\tb\n2", 100, 0, "0\ta\n1\tb\n+\n", false);
}

Test(runlog, an_empty_file_wants_its_head) { becomes(RUNLOG_ROWS, "", 5, 0, "+\n", true); }

Test(runlog, keeps_the_samples_before_n)
{
    becomes(RUNLOG_SAMPLES, "---- iter 0\nabc\n---- iter 10\nd\nf\n---- iter 20\nghi\n", 20, 3,
            "---- iter 0\nabc\n---- iter 10\nd\nf\n+\n", false);
    becomes(RUNLOG_SAMPLES, "---- iter 0\nabc\n---- iter 10\nde", 10, 3, "---- iter 0\nabc\n+\n",
            false);
}

Test(runlog, a_sample_may_look_like_a_head)
{
    becomes(RUNLOG_SAMPLES,
            "---- iter 0\n\n---- iter 99\nx\n---- iter 10\n...............\n---- iter "
            "20\n...............\n",
            20, 15, "---- iter 0\n\n---- iter 99\nx\n---- iter 10\n...............\n+\n", false);
}

Test(runlog, samples_are_counted_in_characters)
{
    becomes(RUNLOG_SAMPLES, "---- iter 0\n동해물\n---- iter 10\n백두산\n", 10, 3,
            "---- iter 0\n동해물\n+\n", false);
}

Test(runlog, samples_of_another_length_are_kept_too)
{
    becomes(RUNLOG_SAMPLES, "---- iter 0\nabcdefgh\n---- iter 10\nxyz\n---- iter 20\nuvw\n", 20, 3,
            "---- iter 0\nabcdefgh\n---- iter 10\nxyz\n+\n", false);
}

Test(runlog, none_is_no_error)
{
    runlog l;
    error e;
    cr_assert(runlog_open(&l, NULL, RUNLOG_ROWS, 3, 0, &e));
    cr_assert_null(l.stream);
    cr_assert(runlog_flush(&l, &e));
    cr_assert(runlog_close(&l, &e));
}

Test(runlog, a_place_that_cannot_be_written_is_told)
{
    runlog l;
    error e;
    cr_assert_not(runlog_open(&l, "no/such/log", RUNLOG_ROWS, 0, 0, &e));
    cr_assert_not_null(strstr(e.text, "no/such/log"));
    FILE *full = fopen("/dev/full", "w");
    if (!full) return;
    fclose(full);
    cr_assert(runlog_open(&l, "/dev/full", RUNLOG_ROWS, 0, 0, &e));
    fputs("x\n", l.stream);
    cr_assert_not(runlog_flush(&l, &e));
    runlog_close(&l, &e);
}
