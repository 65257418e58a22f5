/* run_gru.c: the program gru and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_gru, "gru", "--iterations 1")

Test(run_gru, refuses_a_short_text)
{
    result r = run("echo abc > \"$TMP/few\"; \"$BUILD/gru\" --text \"$TMP/few\"");
    cr_assert_eq(r.status, 1);
    cr_assert_not_null(strstr(r.err, "too few"), "%s", r.err);
    result_free(&r);
}
