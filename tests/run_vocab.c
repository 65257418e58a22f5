/* run_vocab.c: the program vocab and its command line. */
#include "support/program.h"

PROGRAM_TESTS(run_vocab, "vocab", "--text abc")

Test(run_vocab, an_empty_word_is_an_error)
{
    result r = run("\"$BUILD/vocab\" --text ''");
    cr_assert_eq(r.status, 1);
    cr_assert_not_null(strstr(r.err, "--text"), "%s", r.err);
    result_free(&r);
}

Test(run_vocab, a_korean_word_is_read_in_characters)
{
    succeeds("vocab", "--text 순환신경망", "number of characters: 5");
    succeeds("vocab", "--text 순환신경망", "4. To string: 순환신경망");
}
