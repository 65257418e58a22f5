/* test_runlog.c: the log and the samples of a run, cut back to a checkpoint, or refused. */
#include "platform.h"

#include "runlog.h"

#include "file.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "# x train: size 3, learning_rate 0.1, seed 7\niteration\tloss\n"

/* A resumed run of 1000 iterations with n done. */
static runlog_form rows(int n, int every)
{
    return (runlog_form){RUNLOG_ROWS, HEAD, 0, n, 1000, every, 0, true, false, false};
}

static runlog_form samples(int n, int every, int length)
{
    return (runlog_form){RUNLOG_SAMPLES, "", 0, n, 1000, every, length, true, false, false};
}

/* Open a file that contains `before`, and append a line: it must contain `after`. The user must be told `told`. */
static void becomes(runlog_form form, const char *before, const char *after, const char *told)
{
    runlog l;
    error e;
    size_t size;
    const char *path = write_file("log", before, strlen(before));
    cr_assert(runlog_plan(&l, path, &form, &e), "%s", e.text);
    cr_assert(runlog_open(&l, &e) && runlog_begin(&l, &e), "%s", e.text);
    if (told) cr_assert_not_null(strstr(l.told, told), "%s", l.told);
    if (!told) cr_assert_str_empty(l.told);
    fputs("+\n", l.stream);
    cr_assert(runlog_close(&l, &e));
    char *bytes = file_read(path, &size, &e);
    cr_assert_str_eq(bytes, after);
    free(bytes);
}

/* A file that contains `before` must be refused, and stay as it is; --force must accept it. */
static void refused(runlog_form form, const char *before, const char *says)
{
    runlog l;
    error e;
    size_t size;
    const char *path = write_file("log", before, strlen(before));
    cr_assert_not(runlog_plan(&l, path, &form, &e), "%s", before);
    cr_assert_not_null(strstr(e.text, says), "%s", e.text);
    cr_assert_not_null(strstr(e.text, "--force"), "%s", e.text);
    char *bytes = file_read(path, &size, &e);
    cr_assert_str_eq(bytes, before);
    free(bytes);
    form.force = true;
    cr_assert(runlog_plan(&l, path, &form, &e), "%s", e.text);
}

Test(runlog, a_fresh_run_replaces_only_its_own_log)
{
    runlog_form fresh = rows(0, 1);
    fresh.resumed = false;
    becomes(fresh, "", HEAD "+\n", NULL);
    becomes(fresh, HEAD "0\tx\n1\ty", HEAD "+\n", NULL);
    refused(fresh, "notes\n", "not the log of this run");
    refused(fresh, "iteration\tloss\n0\tx\n", "not the log of this run");
    refused(fresh, "# x train: size 4, learning_rate 0.1, seed 7\niteration\tloss\n",
            "not the log");
    refused(fresh, "# x train: size 3, learning_rate 0.2, seed 7\niteration\tloss\n",
            "not the log");
    refused(fresh, HEAD "999\tx\n1000\ty\n", "up to 1000");
    fresh.force = true;
    becomes(fresh, "notes\n", HEAD "+\n", NULL);
}

Test(runlog, a_fresh_run_replaces_only_samples)
{
    runlog_form fresh = samples(0, 10, 3);
    fresh.resumed = false;
    becomes(fresh, "---- iter 0\nabc\n---- iter 10\nab", "+\n", NULL);
    becomes(fresh, "", "+\n", NULL);
    refused(fresh, "notes\n", "no samples of this run");
    refused(fresh, "---- iter 1000\nabc\n", "up to 1000");
}

Test(runlog, keeps_the_rows_before_n)
{
    becomes(rows(2, 1), HEAD "0\ta\n1\tb\n2\tc\n10\td\n", HEAD "0\ta\n1\tb\n+\n",
            "log: 2 rows after iteration 2 removed\n");
    becomes(rows(6, 5), HEAD "0\ta\n5\tb\n", HEAD "0\ta\n5\tb\n+\n", NULL);
    becomes(rows(10, 5), HEAD "0\ta\n5\tb\n", HEAD "0\ta\n5\tb\n+\n", NULL);
    becomes(rows(0, 1), HEAD, HEAD "+\n", NULL);
    becomes(rows(2, 1), HEAD "0\ta\n1\tb\n2", HEAD "0\ta\n1\tb\n+\n", "1 row after");
}

/* The learning rate may change when a run goes on; the rest of the head may not. */
Test(runlog, goes_on_only_with_its_own_log)
{
    const char other_rate[] =
        "# x train: size 3, learning_rate 0.01, seed 7\niteration\tloss\n0\ta\n";
    char after[200];
    snprintf(after, sizeof after, "%s+\n", other_rate);
    becomes(rows(1, 1), other_rate, after, NULL);
    refused(rows(1, 1), "# x train: size 4, learning_rate 0.1, seed 7\niteration\tloss\n0\ta\n",
            "not the log");
    refused(rows(1, 1), "notes\n0\ta\n", "not the log");
    refused(rows(1, 1), "# x train: size 3, learning_rate 0.1", "not the log");
    refused(samples(1, 1, 3), HEAD, "no samples");
}

Test(runlog, missing_rows_are_told)
{
    refused(rows(5, 1), HEAD "0\ta\n1\tb\n2\tc\n", "rows 3 to 4");
    refused(rows(3, 1), HEAD "0\ta\n1\tb\n2", "rows 2 to 2");
    refused(rows(50, 10), HEAD "0\ta\n10\tb\n", "rows 20 to 40");
    refused(rows(5, 1), HEAD, "rows 0 to 4");
    refused(rows(5, 1), HEAD "0\ta\n1\tb\n1\tb\n3\tc\n4\td\n", "line 5");
    refused(rows(5, 1), HEAD "0\ta\n1\tb2\tc\n3\td\n4\te\n", "line 4");
    refused(rows(5, 1), HEAD "0\ta\nhere\n4\td\n", "line 4");
    runlog_form epochs = {RUNLOG_ROWS, HEAD, 1, 4, 11, 1, 0, true, true, false};
    refused(epochs, HEAD "1\ta\n2\tb\n", "rows 3 to 3");
    becomes(epochs, HEAD "1\ta\n2\tb\n3\tc\n4\td\n", HEAD "1\ta\n2\tb\n3\tc\n+\n",
            "1 row after epoch 3 removed");
    epochs.from = 1;
    becomes(epochs, HEAD, HEAD "+\n", NULL);
    epochs = rows(5, 1);
    epochs.force = true;
    becomes(epochs, HEAD "0\ta\n1\tb\n2\tc\n", HEAD "0\ta\n1\tb\n2\tc\n+\n",
            "rows 3 to 4 are missing");
}

/* --log-every may change when a run goes on. */
Test(runlog, rows_may_have_been_written_at_other_intervals)
{
    becomes(rows(20, 1), HEAD "0\ta\n10\tb\n", HEAD "0\ta\n10\tb\n+\n", NULL);
    becomes(rows(13, 10), HEAD "9\ta\n10\tb\n", HEAD "9\ta\n10\tb\n+\n", NULL);
    refused(rows(21, 1), HEAD "0\ta\n10\tb\n", "rows 20 to 20");
}

Test(runlog, a_log_may_begin_where_the_run_goes_on)
{
    runlog l;
    error e;
    char path[300];
    snprintf(path, sizeof path, "%s/new", own_folder());
    const runlog_form form = rows(5, 1);
    cr_assert(runlog_plan(&l, path, &form, &e), "%s", e.text);
    cr_assert(l.fresh && strstr(l.told, "rows 0 to 4 are missing"), "%s", l.told);
    becomes(form, "", HEAD "+\n", "begins here; rows 0 to 4 are missing");
    becomes(samples(5, 10, 3), "", "+\n", "begins here; samples 0 to 0 are missing");
}

Test(runlog, what_is_told_is_one_printable_line)
{
    runlog l;
    error e;
    char path[600] = "";
    const runlog_form form = rows(5, 1);
    while (strlen(path) < 500) strcat(path, "\033\n\001long");
    cr_assert(runlog_plan(&l, path, &form, &e), "%s", e.text);
    cr_assert_not_null(strstr(l.told, "rows 0 to 4 are missing\n"), "%s", l.told);
    cr_assert_eq(strcspn(l.told, "\n"), strlen(l.told) - 1);
    cr_assert_null(strchr(l.told, '\033'));
}

Test(runlog, a_link_to_a_new_file_stays_if_another_is_refused)
{
    runlog l;
    error e;
    struct stat st;
    const runlog_form form = {.kind = RUNLOG_ROWS, .head = HEAD, .every = 1, .end = 10};
    char link[300], target[300];
    snprintf(link, sizeof link, "%s/link", own_folder());
    snprintf(target, sizeof target, "%s/target", own_folder());
    cr_assert_eq(symlink("target", link), 0);
    cr_assert(runlog_plan(&l, link, &form, &e) && runlog_open(&l, &e), "%s", e.text);
    cr_assert_eq(access(target, F_OK), 0);
    runlog_drop(&l);
    cr_assert_eq(lstat(link, &st), 0);
    cr_assert_neq(access(target, F_OK), 0);
}

Test(runlog, keeps_the_samples_before_n)
{
    becomes(samples(20, 10, 3), "---- iter 0\nabc\n---- iter 10\nd\nf\n---- iter 20\nghi\n",
            "---- iter 0\nabc\n---- iter 10\nd\nf\n+\n", "1 sample after iteration 20 removed");
    becomes(samples(10, 10, 3), "---- iter 0\nabc\n---- iter 10\nde", "---- iter 0\nabc\n+\n",
            "1 sample after");
    becomes(samples(9, 0, 3), "---- iter 0\nabc\n", "---- iter 0\nabc\n+\n", NULL);
}

Test(runlog, missing_samples_are_told)
{
    refused(samples(20, 10, 3), "---- iter 0\nabc\n", "samples 10 to 10");
    refused(samples(20, 10, 3), "---- iter 0\nabc\n---- iter 10\nde", "samples 10 to 10");
    refused(samples(20, 10, 3), "---- iter 0\nabc\n---- iter 10\nd\n", "samples 10 to 10");
    refused(samples(20, 10, 3), "---- iter 0\nabc\n---- iter 10", "samples 10 to 10");
    refused(samples(5, 10, 3), "---- iter 0\na", "samples 0 to 0");
}

Test(runlog, a_sample_may_look_like_a_head)
{
    becomes(samples(20, 10, 15),
            "---- iter 0\n\n---- iter 99\nx\n---- iter 10\n...............\n---- iter "
            "20\n...............\n",
            "---- iter 0\n\n---- iter 99\nx\n---- iter 10\n...............\n+\n", "1 sample");
}

Test(runlog, samples_are_counted_in_characters)
{
    becomes(samples(10, 10, 3), "---- iter 0\n동해물\n---- iter 10\n백두산\n",
            "---- iter 0\n동해물\n+\n", "1 sample");
}

Test(runlog, samples_of_another_length_are_kept_too)
{
    becomes(samples(20, 10, 3), "---- iter 0\nabcdefgh\n---- iter 10\nxyz\n---- iter 20\nuvw\n",
            "---- iter 0\nabcdefgh\n---- iter 10\nxyz\n+\n", "1 sample");
    becomes(samples(20, 10, 9), "---- iter 0\nabc\n---- iter 10\nxyz\n",
            "---- iter 0\nabc\n---- iter 10\nxyz\n+\n", NULL);
}

Test(runlog, none_is_no_error)
{
    runlog l;
    error e;
    const runlog_form form = rows(3, 1);
    cr_assert(runlog_plan(&l, NULL, &form, &e) && runlog_open(&l, &e) && runlog_begin(&l, &e));
    cr_assert_null(l.stream);
    cr_assert(runlog_flush(&l, &e));
    runlog_drop(&l);
    cr_assert(runlog_close(&l, &e));
}

Test(runlog, a_table_replaces_an_old_one)
{
    runlog l;
    error e;
    size_t size;
    char path[300];
    snprintf(path, sizeof path, "%s", write_file("table", "notes\n", 6));
    cr_assert_not(runlog_table(&l, path, &e));
    cr_assert_not_null(strstr(e.text, "not a table"), "%s", e.text);
    runlog_drop(&l);
    write_file("table", "pass\tloss\n", 10);
    cr_assert(runlog_table(&l, path, &e), "%s", e.text);
    fputs("new\n", l.stream);
    cr_assert(runlog_close(&l, &e));
    char *bytes = file_read(path, &size, &e);
    cr_assert_str_eq(bytes, "new\n");
    free(bytes);
}

Test(runlog, no_table_is_changed_if_one_is_refused)
{
    runlog one, two;
    error e;
    size_t size;
    char path[2][300];
    snprintf(path[0], sizeof path[0], "%s", write_file("table", "pass\tloss\n", 10));
    snprintf(path[1], sizeof path[1], "%s", write_file("notes", "notes\n", 6));
    cr_assert_not(
        runlog_tables((runlog *[]){&one, &two}, (const char *[]){path[0], path[1]}, 2, &e));
    snprintf(path[1], sizeof path[1], "%s/none/table", own_folder());
    cr_assert_not(
        runlog_tables((runlog *[]){&one, &two}, (const char *[]){path[0], path[1]}, 2, &e));
    char *bytes = file_read(path[0], &size, &e);
    cr_assert_str_eq(bytes, "pass\tloss\n");
    free(bytes);
}

Test(runlog, no_table_is_what_is_printed)
{
    runlog l;
    error e;
    char path[300];
    snprintf(path, sizeof path, "%s", write_file("table", "", 0));
    cr_assert_not_null(freopen(path, "a", stdout));
    cr_assert_not(runlog_table(&l, path, &e));
    cr_assert_not_null(strstr(e.text, "printed"), "%s", e.text);
}

Test(runlog, a_file_that_another_run_writes_stays_as_it_is)
{
    runlog one, two;
    error e;
    size_t size;
    const runlog_form form = rows(1, 1);
    const char before[] = HEAD "0\ta\n1\tb\n";
    const char *path = write_file("log", before, sizeof before - 1);
    cr_assert(runlog_plan(&one, path, &form, &e) && runlog_plan(&two, path, &form, &e));
    cr_assert(runlog_open(&one, &e), "%s", e.text);
    cr_assert_not(runlog_open(&two, &e));
    cr_assert_not_null(strstr(e.text, "another run"), "%s", e.text);
    runlog_drop(&two);
    runlog_drop(&one);
    cr_assert(runlog_plan(&one, path, &form, &e));
    FILE *f = fopen(path, "a");
    fputs("2\tc\n", f);
    fclose(f);
    cr_assert_not(runlog_open(&one, &e), "written since the plan");
    runlog_drop(&one);
    char *bytes = file_read(path, &size, &e);
    cr_assert_str_eq(bytes, HEAD "0\ta\n1\tb\n2\tc\n");
    free(bytes);
}

Test(runlog, a_file_that_is_dropped_is_not_left_behind)
{
    runlog l;
    error e;
    struct stat st;
    char path[300];
    snprintf(path, sizeof path, "%s/new", own_folder());
    const runlog_form form = rows(0, 1);
    cr_assert(runlog_plan(&l, path, &form, &e));
    cr_assert_neq(stat(path, &st), 0);
    cr_assert(runlog_open(&l, &e) && runlog_begin(&l, &e));
    cr_assert_eq(stat(path, &st), 0);
    runlog_drop(&l);
    cr_assert_neq(stat(path, &st), 0);
}

Test(runlog, a_place_that_cannot_be_written_is_told)
{
    runlog l;
    error e;
    const runlog_form form = rows(0, 1);
    cr_assert(runlog_plan(&l, "no/such/log", &form, &e));
    cr_assert_not(runlog_open(&l, &e));
    cr_assert_not_null(strstr(e.text, "no/such/log"));
    FILE *full = fopen("/dev/full", "w");
    if (!full) return;
    fclose(full);
    cr_assert(runlog_plan(&l, "/dev/full", &form, &e) && runlog_open(&l, &e));
    fputs("x\n", l.stream);
    cr_assert_not(runlog_flush(&l, &e));
    cr_assert_not(runlog_flush(&l, &e), "once lost, it stays lost");
    runlog_close(&l, &e);
}
