/* run_lstm.c: the programs lstm, memory and same-text and their command lines. */
#include "support/program.h"

PROGRAM_TESTS(run_lstm, "lstm", "")

Test(run_lstm, memory_and_same_text_run_and_refuse)
{
    succeeds("memory", "--from 2 --to 2 --seeds 1", "lstm-1");
    refuses("memory", "--from 0", "--from");
    succeeds("same-text", "--epochs 1", "rnn");
    refuses("same-text", "--epochs x", "--epochs");
    result r = run("echo a b > \"$TMP/few\"; \"$BUILD/same-text\" --text \"$TMP/few\"");
    cr_assert_eq(r.status, 1);
    cr_assert_not_null(strstr(r.err, "too few"));
    result_free(&r);
}
