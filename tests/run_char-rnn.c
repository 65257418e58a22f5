/* run_char-rnn.c: the program char-rnn: NumPy's tables by command lines, resuming, units, and what it refuses. */
#include "support/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define AEGUKGA "chapters/08-min-char-rnn/texts/aegukga.txt"
#define WORDS "chapters/10-rnnlm/texts/declaration_words.txt"
#define TRAIN "\"$BUILD/char-rnn\" train "
#define SMALL                                                                                      \
    TRAIN AEGUKGA " --lang en --no-speed --batch 8 --seq-length 4 --hidden 9 --embed 5 "           \
                  "--sample-length 9 --test-every 20 "

/* Loss and gradient norm of each iteration, in the log, must agree with a table of tests/golden within 1e-9. */
static void logs(const char *table, const char *args)
{
    needs_double();
    result r = run(
        TRAIN "%s --held-out 0 --dropout 0 --iterations 200 --log \"$TMP/log.tsv\" --log-every 1 "
              "--checkpoint \"$TMP/a.npy\" --quiet && grep -v '^[#i]' \"$TMP/log.tsv\"",
        args);
    cr_assert_eq(r.status, 0, "%s", r.err);
    cr_assert_str_empty(r.err);
    tsv *t = golden(table);
    const char *at = r.out;
    for (int k = 0; k < 200; k++) {
        double loss, norm, x[2];
        int n;
        cr_assert_eq(sscanf(at, "%d\t%lf\t%lf", &n, &loss, &norm), 3);
        cr_assert(tsv_numbers((char *[]){t->row[k + 1][1], t->row[k + 1][2], NULL}, 2, x));
        cr_assert_eq(n, k);
        cr_assert(near(loss / x[0], 1, 1e-9), "iteration %d: %.17g, NumPy %.17g", k, loss, x[0]);
        cr_assert(near(norm / x[1], 1, 1e-9), "iteration %d: %.17g, NumPy %.17g", k, norm, x[1]);
        at = strchr(at, '\n') + 1;
    }
    cr_assert_str_empty(at);
    tsv_free(t);
    result_free(&r);
}

Test(run_char_rnn, lstm_on_words_is_numpys)
{
    logs("gates_lstm1_words.tsv",
         WORDS " --unit word --first 1000 --cell lstm --layers 1 --embed 20 "
               "--hidden 30 --batch 10 --seq-length 7 --optimizer sgd "
               "--learning-rate 1 --clip-norm 0.25 --forget-bias 1 --seed 0");
}

Test(run_char_rnn, gru_on_characters_is_numpys)
{
    logs("gates_gru2_aegukga.tsv",
         AEGUKGA " --unit char --cell gru --layers 2 --embed 20 --hidden 30 "
                 "--batch 3 --seq-length 10 --optimizer adagrad "
                 "--learning-rate 0.01 --clip-norm 0 --seed 2 --threads 2");
}

/* A run that is cut and goes on leaves the files of one that was not, by any number of threads. */
static void goes_on(const char *options, int cut)
{
    result r =
        run("S='" SMALL "--quiet %s'; set -e; "
            "eval \"$S --iterations 90 --checkpoint \\\"$TMP/a.npy\\\" --log \\\"$TMP/a.tsv\\\" "
            "--samples \\\"$TMP/a.txt\\\"\"; "
            "eval \"$S --iterations %d --checkpoint \\\"$TMP/b.npy\\\" --log \\\"$TMP/b.tsv\\\" "
            "--samples \\\"$TMP/b.txt\\\"\"; " TRAIN AEGUKGA
            " --quiet --resume \"$TMP/b.npy\" --threads 3 --sample-length 9 --iterations 90 "
            "--log \"$TMP/b.tsv\" --samples \"$TMP/b.txt\"; "
            "for end in .npy -best.npy .tsv .txt; do cmp \"$TMP/a$end\" \"$TMP/b$end\"; done",
            options, cut);
    cr_assert_eq(r.status, 0, "%s, cut at %d: %s%s", options, cut, r.out, r.err);
    result_free(&r);
}

Test(run_char_rnn, adam_goes_on_bit_for_bit) { goes_on("--layers 2 --dropout 0.3 --shards 4", 33); }
Test(run_char_rnn, adagrad_goes_on_bit_for_bit)
{
    goes_on("--optimizer adagrad --cell gru --learning-rate 0.1", 40);
}
Test(run_char_rnn, sgd_on_words_goes_on_bit_for_bit)
{
    goes_on("--optimizer sgd --cell rnn --unit word --learning-rate 0.5", 60);
}
/* At this rate tests soon get worse, and the rate decays. */
Test(run_char_rnn, a_decayed_rate_goes_on) { goes_on("--learning-rate 0.3 --unit jamo", 61); }

/* Killed while it trains, and then gone on with, a run ends in the same bits as one that was let alone. */
Test(run_char_rnn, a_killed_run_goes_on_bit_for_bit, .timeout = 200)
{
    is_long();
    result r = run(
        SMALL "--quiet --iterations 1000000 --save-every 1 --checkpoint \"$TMP/b.npy\" & p=$!; "
              "sh tests/support/until.sh '[ -f \"$TMP/b.npy\" ]'; "
              "kill -9 $p; wait $p; cp \"$TMP/b.npy\" \"$TMP/killed.npy\"; " TRAIN AEGUKGA
              " --resume \"$TMP/b.npy\" --iterations 1000000 --lang en --sample-length 0 "
              "--save-every 1 >\"$TMP/out\" 2>\"$TMP/err\" & p=$!; "
              "sh tests/support/until.sh '[ \"$TMP/b.npy\" -nt \"$TMP/killed.npy\" ]'; kill -TERM "
              "$p; wait $p; "
              "[ $? -eq 143 ] || exit 9; n=$(sed -n 's/^stopped after \\([0-9]*\\) .*/\\1/p' "
              "\"$TMP/err\"); " SMALL "--quiet --iterations $n --checkpoint \"$TMP/a.npy\" && "
              "cmp \"$TMP/a.npy\" \"$TMP/b.npy\" && cmp \"$TMP/a-best.npy\" \"$TMP/b-best.npy\"");
    cr_assert_eq(r.status, 0, "status %d: %s%s", r.status, r.out, r.err);
    result_free(&r);
}

Test(run_char_rnn, learns_every_unit_and_writes)
{
    static const char *const units[] = {"byte", "char", "jamo", "word"};
    for (int k = 0; k < 4; k++) {
        char command[1000];
        snprintf(command, sizeof command,
                 SMALL "--unit %s --batch 2 --iterations 40 --checkpoint \"$TMP/%s.npy\"", units[k],
                 units[k]);
        says(command, 0, "iteration 40, ", "checkpoint: ");
        snprintf(command, sizeof command,
                 "\"$BUILD/char-rnn\" score \"$TMP/%s.npy\" " AEGUKGA " --table \"$TMP/%s.tsv\"",
                 units[k], units[k]);
        says(command, 0, "bits per character", "");
        snprintf(
            command, sizeof command,
            "\"$BUILD/char-rnn\" sample \"$TMP/%s.npy\" --prime '동해 물과 백두산이' --length 3",
            units[k]);
        says(command, 0, "동해 물과 백두산이", "");
        snprintf(command, sizeof command,
                 "\"$BUILD/char-rnn\" show \"$TMP/%s.npy\" " AEGUKGA " --state c", units[k]);
        says(command, 0, "place in the line: ", "");
    }
}

Test(run_char_rnn, samples_stop_and_choose)
{
    says(SMALL "--quiet --iterations 400 --checkpoint \"$TMP/a.npy\"", 0, "", "");
    says("\"$BUILD/char-rnn\" sample \"$TMP/a.npy\" --samples 3 --line > \"$TMP/a\" && "
         "[ \"$(grep -c -- ---- \"$TMP/a\")\" -eq 2 ] && [ \"$(wc -l < \"$TMP/a\")\" -eq 5 ]",
         0, "", "");
    says("printf 동해물 | \"$BUILD/char-rnn\" sample \"$TMP/a.npy\" --prime-file - --stop 이 "
         "--length 500 "
         "| tail -c 4",
         0, "이", "");
    says("S='\"$BUILD/char-rnn\" sample \"$TMP/a.npy\"'; eval \"$S --top-k 1 --seed 5\" > "
         "\"$TMP/x\" && "
         "eval \"$S --temperature 0\" | cmp - \"$TMP/x\"",
         0, "", "");
    says("\"$BUILD/char-rnn\" sample \"$TMP/a.npy\" --prime 'xy동' --length 0", 1, "",
         "'x' is not in the vocabulary");
    says("\"$BUILD/char-rnn\" sample \"$TMP/a.npy\" --prime 'xy동' --length 0 --skip-unknown", 0,
         "동\n", "2 symbols are not in the vocabulary");
    tells_a_full_disk("char-rnn", "sample \"$TMP/a.npy\"");
}

Test(run_char_rnn, goes_on_with_another_text)
{
    says(SMALL "--quiet --iterations 40 --checkpoint \"$TMP/a.npy\"", 0, "", "");
    says("printf '동해물과 xyz\\n%.0s' 1 2 3 4 5 6 7 8 9 > \"$TMP/t\" && " TRAIN
         "\"$TMP/t\" --init \"$TMP/a.npy\" --batch 2 --seq-length 4 --iterations 3 --sample-length "
         "0 "
         "--checkpoint \"$TMP/b.npy\"",
         0, "vocabulary ", "24 symbols are not in the vocabulary and left out");
    says(TRAIN "\"$TMP/t\" --init \"$TMP/a.npy\" --batch 2 --seq-length 4 --cell rnn --checkpoint "
               "\"$TMP/c.npy\"",
         1, "", "another network");
}

Test(run_char_rnn, reads_the_standard_input)
{
    says("cat " AEGUKGA " | " TRAIN "- --batch 2 --seq-length 4 --hidden 5 --iterations 2 --quiet "
         "--checkpoint \"$TMP/a.npy\"",
         0, "", "");
}

Test(run_char_rnn, patience_ends_a_run)
{
    says(SMALL "--iterations 100000 --learning-rate 0 --patience 2 --checkpoint \"$TMP/a.npy\"", 0,
         "iteration 60, ", "best: ");
}

/* How often a run with this option says that dropout changes nothing. */
#define TOLD(option)                                                                               \
    SMALL "--iterations 2 --checkpoint \"$TMP/a.npy\" " option " 2>&1 | grep -c changes || :"
Test(run_char_rnn, dropout_without_a_second_layer_is_told)
{
    says(TOLD("--dropout 0.3"), 0, "1", "");
    says(TOLD("--dropout 0.3 --layers 2"), 0, "0", "");
}

Test(run_char_rnn, refuses_what_makes_no_sense)
{
    refuses("char-rnn", "nonsense", "train, sample, score or show");
    refuses("char-rnn", "train", "TEXT");
    refuses("char-rnn", "train x --cell elman", "lstm, gru or rnn");
    refuses("char-rnn", "train x --dropout 1", "--dropout 1");
    fails(1, "char-rnn", "train \"$TMP/none\"", "none");
    fails(1, "char-rnn", "train " AEGUKGA " --batch 9 --shards 2", "power of two");
    fails(1, "char-rnn", "train " AEGUKGA " --batch 400 --seq-length 50", "too few");
    fails(1, "char-rnn", "train " AEGUKGA " --hidden 11000 --layers 8 --embed 40000 --batch 40000",
          "--");
    fails(1, "char-rnn", "sample " AEGUKGA, "aegukga.txt");
    fails(1, "char-rnn", "score \"$TMP/none.npy\" " AEGUKGA, "none.npy");
    fails(1, "char-rnn", "train " AEGUKGA " --checkpoint " AEGUKGA, "aegukga.txt");
    says(SMALL "--quiet --iterations 5 --checkpoint \"$TMP/a.npy\"", 0, "", "");
    says(TRAIN AEGUKGA " --resume \"$TMP/a.npy\" --cell gru", 1, "", "--cell lstm, not gru");
    says(TRAIN WORDS " --resume \"$TMP/a.npy\" --quiet", 1, "", "another text");
    says(SMALL "--quiet --iterations 5 --seed 1 --checkpoint \"$TMP/a.npy\"", 1, "",
         "another seed");
    says(SMALL "--quiet --iterations 50 --seed 1 --checkpoint \"$TMP/b.npy\" && cp \"$TMP/b.npy\" "
               "\"$TMP/a-best.npy\" && " SMALL "--quiet --iterations 5 --checkpoint \"$TMP/a.npy\"",
         1, "", "a-best.npy is a run with another seed");
    says(SMALL "--quiet --iterations 5 --checkpoint \"$TMP/c.npy\" --log \"$TMP/c-best.npy\"", 1,
         "", "c-best.npy is");
    says("\"$BUILD/char-rnn\" show \"$TMP/b.npy\" " AEGUKGA " --layer 2", 1, "", "1 layers, not 2");
    tells_a_full_disk("char-rnn", "--help");
    succeeds("char-rnn", "train --help --lang ko", "사용법: char-rnn train");
    succeeds("char-rnn", "score --help", "--table");
}
