/* run_sample.c: the program sample and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_sample, "sample", "--passes 3")

/* A row for each character, a column for each temperature, and each column sums to 1. */
Test(run_sample, the_table_of_probabilities)
{
    succeeds("sample", "--passes 3 --log \"$TMP/t.tsv\"", "vecto");
    result r = run("awk -F '\\t' 'NR > 1 { for (k = 2; k <= NF; k++) sum[k] += $k } "
                   "END { for (k = 2; k <= NF; k++) if (sum[k] < 0.999999 || sum[k] > 1.000001) "
                   "bad++; print NR, NF, bad + 0 }' "
                   "\"$TMP/t.tsv\"");
    cr_assert_str_eq(r.out, "11 7 0\n", "%s%s", r.out, r.err);
    result_free(&r);
}
