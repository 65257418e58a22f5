/* run_one-hop.c: the program one-hop and its command line. */
#include "support/program.h"

#include <stdlib.h>

PROGRAM_TESTS(run_one_hop, "one-hop", "--passes 3 --seeds 1")

Test(run_one_hop, writes_a_row_for_every_pass)
{
    result r = run(
        "\"$BUILD/one-hop\" --passes 7 --seeds 0 --log $TMP/log >/dev/null && wc -l < $TMP/log");
    cr_assert_eq(r.status, 0);
    cr_assert_eq(atoi(r.out), 8);
    result_free(&r);
    r = run(
        "cp chapters/02-forward/vector_post.tsv $TMP/post; \"$BUILD/one-hop\" --passes 7 --post "
        "$TMP/post --log $TMP/../$(basename $TMP)/post; echo $?; cmp $TMP/post "
        "chapters/02-forward/vector_post.tsv");
    cr_assert_str_eq(r.out, "1\n");
    cr_assert_not_null(strstr(r.err, "same file"), "%s", r.err);
    result_free(&r);
    r = run("\"$BUILD/one-hop\" --passes 7 --seeds 0 --log $TMP/no/log >/dev/null");
    cr_assert_eq(r.status, 1);
    cr_assert_not_null(strstr(r.err, "no/log"));
    result_free(&r);
}
