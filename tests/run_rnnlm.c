/* run_rnnlm.c: the word language model's program: its output, resuming, and what it refuses. */
#include "support/program.h"

#include <criterion/criterion.h>
#include <string.h>

#define TEXT "chapters/10-rnnlm/texts/declaration_words.txt"
#define SMALL "\"$BUILD/rnnlm\" train " TEXT " --wordvec 8 --hidden 9 --no-speed --lang en "

Test(run_rnnlm, trains_and_writes)
{
    says(SMALL "--epochs 2 --check --checkpoint \"$TMP/a.npy\"", 0,
         "corpus size: 1000, vocabulary size: 404", "checkpoint");
    says(SMALL "--epochs 2 --checkpoint \"$TMP/a.npy\"", 0, "| epoch 2 | perplexity ", "");
    says("\"$BUILD/rnnlm\" sample \"$TMP/a.npy\" --prime 'we the' --length 5", 0, "we the ", "");
    says("\"$BUILD/rnnlm\" sample \"$TMP/a.npy\" --prime 'we xyzzy'", 1, "",
         "'xyzzy' is not in the vocabulary");
    says("\"$BUILD/rnnlm\" sample \"$TMP/a.npy\" --prime ' '", 1, "", "no word");
    says("\"$BUILD/rnnlm\" sample \"$TMP/a.npy\" --prime 'we cafe\u0301'", 1, "",
         "decomposed (NFD)");
    says("for i in 1 2 3 4 5 6 7 8 9; do printf 'cafe\u0301 we the\\n'; done > \"$TMP/nfd\" && "
         "\"$BUILD/rnnlm\" train \"$TMP/nfd\" --words 0 --held-out 0 --batch 2 --time 2 --epochs 1 "
         "--quiet --checkpoint \"$TMP/nfd.npy\" && \"$BUILD/rnnlm\" sample \"$TMP/nfd.npy\" "
         "--prime 'we café'",
         1, "", "uconv -x nfd");
    tells_a_full_disk("rnnlm", "sample \"$TMP/a.npy\"");
}

Test(run_rnnlm, resumes_to_the_same_bits_and_log)
{
    says(SMALL "--epochs 5 --quiet --log \"$TMP/a.tsv\" --checkpoint \"$TMP/a.npy\"", 0, "", "");
    says(SMALL "--epochs 2 --quiet --log \"$TMP/b.tsv\" --checkpoint \"$TMP/b.npy\"", 0, "", "");
    says(SMALL "--epochs 5 --quiet --log \"$TMP/b.tsv\" --resume \"$TMP/b.npy\" --checkpoint "
               "\"$TMP/b.npy\" && "
               "cmp \"$TMP/a.npy\" \"$TMP/b.npy\" && cmp \"$TMP/a.tsv\" \"$TMP/b.tsv\"",
         0, "", "");
}

Test(run_rnnlm, stops_at_ctrl_c_and_goes_on, .timeout = 200)
{
    /* Not the trainer is in the background, where shells have SIGINT ignored. */
    says("(sh tests/support/until.sh '[ -s \"$TMP/a.tsv\" ] && [ $(wc -l < \"$TMP/a.tsv\") -gt 3 "
         "]'; "
         "kill -INT $$) & exec " SMALL
         "--epochs 1000000 --quiet --checkpoint \"$TMP/a.npy\" --log \"$TMP/a.tsv\"",
         130, "", "");
    says(SMALL "--epochs 1 --resume \"$TMP/a.npy\" --checkpoint \"$TMP/b.npy\"", 1, "",
         "more than --epochs 1");
}

Test(run_rnnlm, refuses_what_cannot_be_done)
{
    says("\"$BUILD/rnnlm\" train nowhere.txt", 1, "", "nowhere.txt");
    says("\"$BUILD/rnnlm\" train " TEXT " --words 50", 1, "", "too few");
    says("\"$BUILD/rnnlm\" train " TEXT " --batch 200 --checkpoint \"$TMP/a.npy\"", 1, "",
         "need 1001");
    says("printf ' \\n\\n' > \"$TMP/empty\"; \"$BUILD/rnnlm\" train \"$TMP/empty\"", 1, "",
         "nothing to learn");
    says("\"$BUILD/rnnlm\" train " TEXT " --wordvec 46340 --hidden 46340", 1, "",
         "of memory; this machine");
    says("\"$BUILD/rnnlm\" train " TEXT " --hidden 0", 2, "", "--hidden");
    says("\"$BUILD/rnnlm\" train " TEXT " --checkpoint \"$TMP/none/a.npy\"", 1, "", "none/a.npy");
    says("\"$BUILD/rnnlm\" sample " TEXT, 1, "", TEXT);
    says("\"$BUILD/rnnlm\" nothing", 2, "", "give train or sample");
    says(SMALL "--epochs 1 --quiet --checkpoint \"$TMP/a.npy\"", 0, "", "");
    says(SMALL "--epochs 2 --hidden 10 --resume \"$TMP/a.npy\" --checkpoint \"$TMP/b.npy\"", 1, "",
         "--hidden 9");
    says(SMALL "--epochs 2 --words 900 --resume \"$TMP/a.npy\" --checkpoint \"$TMP/b.npy\"", 1, "",
         "other words");
    /* The same ids, but other words. */
    says("tr a-z A-Z < " TEXT " > \"$TMP/upper\"; \"$BUILD/rnnlm\" train \"$TMP/upper\" --epochs 2 "
         "--resume \"$TMP/a.npy\" --checkpoint \"$TMP/b.npy\"",
         1, "", "other words");
    says("\"$BUILD/min-char-rnn\" sample \"$TMP/a.npy\"", 1, "", "not a checkpoint");
}

/* What Windows writes: a mark that is no part of the first word, and UTF-16, which is no text to us. */
Test(run_rnnlm, texts_of_windows)
{
    says("printf '\\357\\273\\277a b c\\r\\na c\\r\\nb a\\r\\n' > \"$TMP/t\"; \"$BUILD/rnnlm\" "
         "train "
         "\"$TMP/t\" --words 0 --held-out 0 --epochs 1 --batch 1 --time 2 --no-speed --lang en "
         "--checkpoint \"$TMP/a.npy\"",
         0, "corpus size: 10, vocabulary size: 4", "/t: the byte order mark at its start");
    says("\"$BUILD/rnnlm\" sample \"$TMP/a.npy\" --length 0", 0, "a\n", "");
    says("\"$BUILD/rnnlm\" sample \"$TMP/a.npy\" --length 0 --prime \"$(printf "
         "'\\357\\273\\277a b')\"",
         0, "a b\n", "");
    says("printf 'a\\0b\\0\\n\\0' > \"$TMP/t\"; \"$BUILD/rnnlm\" train \"$TMP/t\"", 1, "",
         "iconv -f UTF-16LE");
    says("printf 'a b c d e f\\0g h' > \"$TMP/t\"; \"$BUILD/rnnlm\" train \"$TMP/t\"", 1, "",
         "NUL at byte 11");
}

Test(run_rnnlm, a_run_that_diverges_stops_and_keeps_its_checkpoint)
{
    says(SMALL "--epochs 1 --quiet --checkpoint \"$TMP/a.npy\" && cp \"$TMP/a.npy\" \"$TMP/keep\"",
         0, "", "");
    says(SMALL "--epochs 9 --quiet --learning-rate 1e6 --resume \"$TMP/a.npy\"", 1, "", "epoch 2");
    says(SMALL "--epochs 9 --quiet --hidden 8 --checkpoint \"$TMP/a.npy\"", 1, "",
         "another hidden");
    says(SMALL "--epochs 9 --quiet --words 900 --checkpoint \"$TMP/a.npy\"", 1, "", "another");
    says("cmp \"$TMP/a.npy\" \"$TMP/keep\"", 0, "", "");
}

Test(run_rnnlm, help_in_two_languages)
{
    static const char *const help[] = {"--help", "--version", "train --help", "sample --help"};
    for (size_t i = 0; i < sizeof help / sizeof *help; i++) tells_a_full_disk("rnnlm", help[i]);
    says("\"$BUILD/rnnlm\" --help", 0, "usage: rnnlm", "");
    says("\"$BUILD/rnnlm\" train --help --lang ko", 0, "--wordvec", "");
    says("\"$BUILD/rnnlm\" sample --help", 0, "--temperature", "");
}

PROGRAM_TESTS(run_say_hello, "say-hello", "")

/* A quiet run saves regularly, too, so that little is lost if it is killed. */
Test(run_rnnlm, a_killed_quiet_run_was_saved, .timeout = 200)
{
    result r = run("\"$BUILD/rnnlm\" train chapters/10-rnnlm/texts/declaration_words.txt --quiet "
                   "--epochs 1000000 --save-every 1 --checkpoint \"$TMP/killed.npy\" & "
                   "sh tests/support/until.sh '[ -f \"$TMP/killed.npy\" ]'; "
                   "kill -9 $!; [ -f \"$TMP/killed.npy\" ]");
    cr_assert_eq(r.status, 0, "%s", r.err);
    result_free(&r);
}
