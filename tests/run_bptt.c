/* run_bptt.c: the program bptt and its command line. */
#include "support/program.h"

#include <stdlib.h>

PROGRAM_TESTS(run_bptt, "bptt", "--passes 3 --seeds 1")

/* The interlude's programs stand beside chapter 4's. */
PROGRAM_TESTS(run_gradient_check, "gradient-check", "")
PROGRAM_TESTS(run_bug_zoo, "bug-zoo", "--passes 3")

Test(run_bug_zoo, one_by_its_name)
{
    needs_double();
    succeeds("bug-zoo", "--passes 3 --bug no-dhnext", "FAIL");
    refuses("bug-zoo", "--bug nothing", "no such mistake");
    result r = run("\"$BUILD/bug-zoo\" --passes 3 --log \"$TMP/zoo.tsv\" > /dev/null && head -n 1 "
                   "\"$TMP/zoo.tsv\" | "
                   "tr '\\t' '\\n' | wc -l");
    cr_assert_eq(atoi(r.out), 1 + 1 + 48, "%s%s", r.out, r.err);
    result_free(&r);
}
