/* test_tsv.c: tables of numbers. */
#include "tsv.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <string.h>

static tsv *table(const char *bytes)
{
    error e;
    tsv *t = tsv_read(write_file("t.tsv", bytes, strlen(bytes)), &e);
    cr_assert_not_null(t, "%s", e.text);
    return t;
}

Test(tsv, rows_and_fields)
{
    tsv *t = table("# a remark\nhs\t0\t1.5\t-2\n\nname\nlast\t\tx");
    cr_assert_eq(t->rows, 3);
    cr_assert_str_eq(t->row[0][0], "hs");
    cr_assert_str_eq(t->row[0][3], "-2");
    cr_assert_null(t->row[0][4]);
    cr_assert_null(t->row[1][1]);
    cr_assert_str_empty(t->row[2][1]);
    cr_assert_str_eq(t->row[2][2], "x");
    cr_assert_null(t->row[2][3]);
    tsv_free(t);
    tsv_free(NULL);
}

Test(tsv, finds_a_row_by_its_first_two_fields)
{
    tsv *t = table("hs\t0\t1\nhs\t1\t2\nys\t0\t3\nys\n");
    cr_assert_str_eq(tsv_find(t, "hs", "1")[0], "2");
    cr_assert_str_eq(tsv_find(t, "ys", "0")[0], "3");
    cr_assert_null(tsv_find(t, "ys", "1"));
    tsv_free(t);
}

Test(tsv, numbers_must_be_as_many_as_asked_for)
{
    double x[3];
    tsv *t = table("a\t0\t1.5\t-2e-3\nb\t0\t1\tx\n");
    cr_assert(tsv_numbers(tsv_find(t, "a", "0"), 2, x));
    cr_assert_eq(x[0], 1.5);
    cr_assert_eq(x[1], -2e-3);
    cr_assert_not(tsv_numbers(tsv_find(t, "a", "0"), 1, x));
    cr_assert_not(tsv_numbers(tsv_find(t, "a", "0"), 3, x));
    cr_assert_not(tsv_numbers(tsv_find(t, "b", "0"), 2, x));
    tsv_free(t);
}

Test(tsv, a_file_that_is_not_there_is_told)
{
    error e;
    cr_assert_null(tsv_read("no/such.tsv", &e));
    cr_assert_not_null(strstr(e.text, "no/such.tsv"));
}
