/* run_forward.c: the program forward and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_forward, "forward", "")

Test(run_forward, tells_where_the_table_of_the_post_should_be)
{
    result r = run("\"$BUILD/forward\" --post no/such.tsv");
    cr_assert_eq(r.status, 1);
    cr_assert_not_null(strstr(r.err, "no/such.tsv"), "%s", r.err);
    result_free(&r);
}
