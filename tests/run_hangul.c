/* run_hangul.c: the program hangul and its command line. */
#include "support/program.h"

#include <stdlib.h>

#define SMALL "--characters 3000 --hidden 5 --wordvec 4 --time 6 --batch 2 --sample 20"

PROGRAM_TESTS(run_hangul, "hangul", SMALL)

Test(run_hangul, writes_a_row_for_every_network)
{
    result r =
        run("\"$BUILD/hangul\" " SMALL " --seeds 2 --equal-weights --log $TMP/log >/dev/null "
            "&& cut -f 1,3 $TMP/log | tr '\\t\\n' ' ,'");
    cr_assert_str_eq(r.out, "unit seed,byte 0,byte 1,char 0,char 1,jamo 0,jamo 1,");
    result_free(&r);
}

Test(run_hangul, reads_decomposed_texts_as_composed_ones)
{
    result r =
        run("for i in 1 2 3 4 5 6 7 8 9; do printf '각\\u11A8\\n'; done > $TMP/nfc; "
            "for i in 1 2 3 4 5 6 7 8 9; do printf '\\341\\204\\200\\341\\205\\241\\341\\206\\250"
            "\\341\\206\\250\\n'; done > $TMP/nfd; sed -i 's/.u11A8/'$(printf "
            "'\\341\\206\\250')'/' $TMP/nfc; for f in nfc nfd; do \"$BUILD/hangul\" --text "
            "$TMP/$f --time 2 --batch 2 --hidden 4 > $TMP/$f.out; done; diff $TMP/nfc.out "
            "$TMP/nfd.out | sed 's/.*nfd is/nfd is/'");
    cr_assert_str_empty(r.err);
    cr_assert_not_null(strstr(r.out, "decomposed (NFD): composed, it has 18 characters fewer"),
                       "%s", r.out);
    cr_assert_eq(strstr(r.out, "\n<"), NULL, "%s", r.out);
    result_free(&r);
}

static void ends_with(const char *command, const char *says)
{
    result r = run("%s", command);
    cr_assert_eq(r.status, 1, "%s: %d", command, r.status);
    cr_assert_not_null(strstr(r.err, says), "%s", r.err);
    cr_assert_eq(strchr(r.err, '\n'), r.err + strlen(r.err) - 1, "%s", r.err);
    result_free(&r);
}

Test(run_hangul, refuses_what_cannot_be_done)
{
    ends_with("\"$BUILD/hangul\" --text nowhere.txt", "nowhere.txt");
    ends_with("printf 'one line' > $TMP/t; \"$BUILD/hangul\" --text $TMP/t", "one line to read");
    ends_with("printf '\\n' > $TMP/t; \"$BUILD/hangul\" --text $TMP/t", "one line to read");
    ends_with("\"$BUILD/hangul\" --characters 1", "one line to read");
    ends_with("\"$BUILD/hangul\" " SMALL " --batch 1000", "too few");
    ends_with("\"$BUILD/hangul\" " SMALL " --learning-rate 1000 --clip 1e300 --log $TMP/no/log",
              "no/log");
    ends_with("printf 'a\\nb\\n' > $TMP/t; \"$BUILD/hangul\" --text $TMP/t --log $TMP/t",
              "same file");
    ends_with("printf 'a\\nb\\n' > $TMP/t; \"$BUILD/hangul\" --text $TMP/t", "too few");
}
