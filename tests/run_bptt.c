/* run_bptt.c: the program bptt and its command line. */
#include "buglist.h"
#include "support/program.h"

#include <stdlib.h>

PROGRAM_TESTS(run_bptt, "bptt", "--passes 3 --seeds 1")

/* The interlude's programs are linked with chapter 4. */
PROGRAM_TESTS(run_gradient_check, "gradient-check", "")
PROGRAM_TESTS(run_bug_zoo, "bug-zoo", "--passes 3")
PROGRAM_TESTS(run_vanishing, "vanishing", "")

Test(run_check_gradients, a_full_disk_is_no_mistake_of_the_checked_code)
{
    result r = run("set -- \"$BUILD\"/check-gradients-*; \"$1\" --lang en > /dev/full");
    cr_assert_eq(r.status, 1);
    cr_assert_str_eq(r.err, "check-gradients: cannot write the output: No space left on device\n");
    result_free(&r);
}

/* The gradient shrinks at every step with initial weights 0.01 randn, and grows if Whh is large. */
Test(run_vanishing, the_table_falls_and_rises)
{
    succeeds("vanishing", "--log \"$TMP/v.tsv\"", "k = 40");
    result r =
        run("awk -F '\\t' 'NR == 2 { a = $2; b = $6 } NR > 2 { if ($2 > 0.1 * a) bad++; a = $2 } "
            "END { print NR, bad + 0, (b == 1), ($6 > 1e3) }' \"$TMP/v.tsv\"");
    cr_assert_str_eq(r.out, "42 0 1 1\n", "%s%s", r.out, r.err);
    result_free(&r);
}

Test(run_bug_zoo, one_by_its_name)
{
    needs_double();
    succeeds("bug-zoo", "--passes 3 --bug no-dhnext", "FAIL");
    refuses("bug-zoo", "--bug nothing", "no such mistake");
    result r = run("\"$BUILD/bug-zoo\" --passes 3 --log \"$TMP/zoo.tsv\" > /dev/null && head -n 1 "
                   "\"$TMP/zoo.tsv\" | "
                   "tr '\\t' '\\n' | wc -l");
    cr_assert_eq(atoi(r.out), 1 + 1 + BUGS, "%s%s", r.out, r.err);
    result_free(&r);
}
