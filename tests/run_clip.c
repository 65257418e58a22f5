/* run_clip.c: the program clip and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_clip, "clip", "--passes 3")

/* 16 words per pass: each update is in one bin of the histogram. */
Test(run_clip, the_histogram_counts_every_update)
{
    succeeds("clip", "--passes 3 --histogram \"$TMP/h.tsv\" --log \"$TMP/l.tsv\"", "48");
    result r = run("awk -F '\\t' 'NR > 1 { n += $3; if (NR > 2 && $1 != to) bad++; to = $2 } END { "
                   "print n, bad + 0 }' "
                   "\"$TMP/h.tsv\"");
    cr_assert_str_eq(r.out, "48 0\n", "%s%s", r.out, r.err);
    result_free(&r);
}
