/* run_min-char-rnn.c: the final program: its output, resuming, and what it refuses. */
#include "support/support.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define TRAIN "\"$BUILD/min-char-rnn\" train "
#define SAMPLE "\"$BUILD/min-char-rnn\" sample "
#define TEXTS "chapters/08-min-char-rnn/texts"

/* Small and fast: a Korean text, H = 12. */
#define SMALL                                                                                      \
    TRAIN TEXTS                                                                                    \
        "/aegukga.txt --hidden 12 --seq-length 9 --sample-every 50 --sample-length 40 --quiet "

static int lines(const char *s)
{
    int n = 0;
    for (; *s; s++) n += *s == '\n';
    return n;
}

/* The command must succeed. */
#define GOOD(...)                                                                                  \
    do {                                                                                           \
        result good = run(__VA_ARGS__);                                                            \
        cr_assert_eq(good.status, 0, "status %d: %s", good.status, good.err);                      \
        result_free(&good);                                                                        \
    } while (0)

/* The command must fail with one line on stderr that contains `says`. */
static void refused(const char *command, const char *says)
{
    result r = run("%s", command);
    cr_assert_neq(r.status, 0, "%s", command);
    cr_assert_lt(r.status, 128, "%s: status %d", command, r.status);
    cr_assert_eq(lines(r.err), 1, "%s: %s", command, r.err);
    cr_assert_not_null(strstr(r.err, says), "%s: %s", command, r.err);
    result_free(&r);
}

/* ---- a resumed run equals an uninterrupted one ---- */

static void resumes(const char *options)
{
    GOOD(SMALL "%s --iterations 400 --checkpoint $TMP/a.npy --log $TMP/a.tsv --samples $TMP/a.txt",
         options);
    GOOD(SMALL "%s --iterations 173 --checkpoint $TMP/b.npy --log $TMP/b.tsv --samples $TMP/b.txt",
         options);
    GOOD(TRAIN TEXTS "/aegukga.txt --quiet --iterations 400 --resume $TMP/b.npy --checkpoint "
                     "$TMP/b.npy --log $TMP/b.tsv "
                     "--samples $TMP/b.txt");
    GOOD("cmp $TMP/a.npy $TMP/b.npy && cmp $TMP/a.tsv $TMP/b.tsv && cmp $TMP/a.txt $TMP/b.txt");
}

Test(min_char_rnn, resumed_equals_uninterrupted) { resumes(""); }
Test(min_char_rnn, resumed_equals_uninterrupted_with_held_out_text) { resumes("--held-out 0.2"); }
Test(min_char_rnn, resumed_equals_uninterrupted_with_other_options)
{
    resumes("--window full --clip-norm 2 --clip 0 --learning-rate 0.03 --seed 77");
}

Test(min_char_rnn, what_is_later_than_the_checkpoint_is_cut_off)
{
    GOOD(SMALL "--iterations 300 --checkpoint $TMP/a.npy --log $TMP/a.tsv --samples $TMP/a.txt");
    GOOD(SMALL "--iterations 120 --checkpoint $TMP/old.npy --log $TMP/b.tsv --samples $TMP/b.txt");
    GOOD(SMALL "--iterations 200 --resume $TMP/old.npy --checkpoint $TMP/b.npy --log $TMP/b.tsv "
               "--samples $TMP/b.txt");
    GOOD("printf '250\\t12.5' >> $TMP/b.tsv; printf -- '---- iter 250\\nhalf' >> $TMP/b.txt");
    GOOD(SMALL "--iterations 300 --resume $TMP/old.npy --checkpoint $TMP/b.npy --log $TMP/b.tsv "
               "--samples $TMP/b.txt");
    GOOD("cmp $TMP/a.npy $TMP/b.npy && cmp $TMP/a.tsv $TMP/b.tsv && cmp $TMP/a.txt $TMP/b.txt");
}

/* Train for long, and send a signal when the log has some rows. Not the trainer but what sends is in the background,
 * where shells have SIGINT ignored. */
#define SIGNALLED(signal, options)                                                                 \
    "rm -f $TMP/c.tsv; (sh tests/support/until.sh '[ -s $TMP/c.tsv ] && "                          \
    "[ $(wc -l < $TMP/c.tsv) -gt 20 ]'; kill -" signal " $$) & exec " TRAIN TEXTS                  \
    "/sokdam.txt --iterations 9000000 --checkpoint $TMP/c.npy --log $TMP/c.tsv " options

/* c.npy must be a checkpoint; it is removed. */
static void was_saved(void) { GOOD(SAMPLE "$TMP/c.npy --length 5 && rm $TMP/c.npy"); }

Test(min_char_rnn, ctrl_c_finishes_the_iteration_saves_and_says_so)
{
    result r = run(SIGNALLED("INT", "--sample-every 100000 --lang en"));
    cr_assert_eq(r.status, 130, "status %d: %s", r.status, r.err);
    cr_assert_not_null(strstr(r.err, "stopped after "), "%s", r.err);
    cr_assert_not_null(strstr(r.err, "c.npy"));
    int n = 0;
    cr_assert_eq(sscanf(strstr(r.err, "stopped after "), "stopped after %d", &n), 1);
    result_free(&r);
    GOOD(TRAIN TEXTS "/sokdam.txt --quiet --iterations %d --sample-every 100000 --checkpoint "
                     "$TMP/d.npy --log $TMP/d.tsv",
         n);
    GOOD("cmp $TMP/c.npy $TMP/d.npy && cmp $TMP/c.tsv $TMP/d.tsv");
}

Test(min_char_rnn, whatever_ends_it_saves_it, .timeout = 60)
{
    static const struct {
        const char *name;
        int status;
    } ends[] = {{"INT", 130}, {"TERM", 143}, {"HUP", 129}, {"PIPE", 141}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        result r = run(SIGNALLED("%s", "--quiet --sample-every 0"), ends[i].name);
        cr_assert_eq(r.status, ends[i].status, "%s: status %d", ends[i].name, r.status);
        cr_assert_str_empty(r.err);
        result_free(&r);
        was_saved();
    }
}

Test(min_char_rnn, a_closed_pager_ends_it_and_it_is_saved, .timeout = 60)
{
    result r =
        run("{ " TRAIN TEXTS "/sokdam.txt --iterations 9000000 --sample-every 100 "
            "--checkpoint $TMP/c.npy; echo $? > $TMP/status; } | head -n 3; cat $TMP/status");
    cr_assert_not_null(strstr(r.out, "\n141\n"), "%s", r.out);
    cr_assert_not_null(strstr(r.err, "stopped after "), "%s", r.err);
    cr_assert_null(strstr(r.err, "pipe"), "%s", r.err);
    result_free(&r);
    was_saved();
    GOOD(SMALL "--iterations 1 --checkpoint $TMP/c.npy");
    r = run("{ " SAMPLE "$TMP/c.npy --length 1000000; echo $? > $TMP/status; } | head -c 1 > "
            "$TMP/one; cat $TMP/status");
    cr_assert_str_eq(r.out, "141\n");
    cr_assert_str_empty(r.err);
    result_free(&r);
}

/* The fifo is open for reading, so that opening it does not block, but nobody reads. */
Test(min_char_rnn, a_reader_that_sleeps_does_not_keep_it_from_saving, .timeout = 60)
{
    result r = run("mkfifo $TMP/fifo; exec 3<> $TMP/fifo; " SIGNALLED(
        "INT", "--sample-every 1 --sample-length 99 > $TMP/fifo"));
    cr_assert_eq(r.status, 130, "status %d: %s", r.status, r.err);
    cr_assert_null(strstr(r.err, "cannot write"), "%s", r.err);
    result_free(&r);
    was_saved();
}

Test(min_char_rnn, what_the_parent_ignores_does_not_end_it, .timeout = 60)
{
    result r = run("trap '' HUP; " SIGNALLED("HUP $$; sleep 0.5; kill -TERM", "--quiet"));
    cr_assert_eq(r.status, 143, "status %d: %s", r.status, r.err);
    result_free(&r);
    was_saved();
}

/* ---- what it writes ---- */

Test(min_char_rnn, the_log_has_a_row_an_iteration)
{
    GOOD(SMALL "--iterations 30 --checkpoint $TMP/a.npy --log $TMP/a.tsv");
    GOOD("grep -q '^iteration\tloss\tsmooth_loss\t' $TMP/a.tsv && [ $(grep -c '^[0-9]' $TMP/a.tsv) "
         "-eq 30 ]");
    GOOD(SMALL "--iterations 30 --checkpoint $TMP/b.npy --log $TMP/b.tsv --log-every 10");
    GOOD("grep -E '^(0|10|20)\t' $TMP/a.tsv > $TMP/x; grep '^[0-9]' $TMP/b.tsv | cmp - $TMP/x");
    GOOD("cmp $TMP/a.npy $TMP/b.npy");
}

Test(min_char_rnn, the_samples_file_has_a_head_and_a_text_each)
{
    GOOD(SMALL "--iterations 101 --checkpoint $TMP/a.npy --samples $TMP/a.txt");
    result r = run("cat $TMP/a.txt");
    cr_assert_eq(strncmp(r.out, "---- iter 0\n", 12), 0);
    cr_assert_not_null(strstr(r.out, "\n---- iter 50\n"));
    cr_assert_not_null(strstr(r.out, "\n---- iter 100\n"));
    cr_assert_null(strstr(r.out, "\n---- iter 101\n"));
    result_free(&r);
}

Test(min_char_rnn, stdout_has_the_seed_s_lines_in_both_languages)
{
    result r = run(TRAIN TEXTS "/aegukga.txt --hidden 5 --iterations 1 --sample-length 7 "
                               "--checkpoint $TMP/a.npy --lang ko");
    cr_assert_not_null(
        strstr(r.out, "데이터는 294개의 글자로 되어 있고, 85개의 고유한 문자가 있습니다.\n'\\n "),
        "%s", r.out);
    cr_assert_not_null(strstr(r.out, "\n----\n "));
    cr_assert_not_null(strstr(r.out, " \n----\niter 0, loss: 111."));
    result_free(&r);
    r = run(TRAIN TEXTS "/aegukga.txt --hidden 5 --iterations 1 --sample-length 7 --checkpoint "
                        "$TMP/b.npy --held-out 0.1");
    cr_assert_not_null(strstr(r.out, "data has 294 characters, 85 unique.\n"));
    cr_assert_not_null(strstr(r.out, "held out: "));
    cr_assert_not_null(strstr(r.out, "perplexity"));
    cr_assert_not_null(strstr(r.out, "bits/char"));
    cr_assert_not_null(strstr(r.err, "checkpoint: "));
    result_free(&r);
}

Test(min_char_rnn, quiet_says_nothing_and_changes_nothing)
{
    result r = run(SMALL "--iterations 60 --checkpoint $TMP/a.npy");
    cr_assert_str_empty(r.out);
    cr_assert_str_empty(r.err);
    result_free(&r);
    GOOD(TRAIN TEXTS "/aegukga.txt --hidden 12 --seq-length 9 --sample-every 50 --sample-length 40 "
                     "--iterations 60 --checkpoint $TMP/b.npy && "
                     "cmp $TMP/a.npy $TMP/b.npy");
}

Test(min_char_rnn, samples_do_not_change_the_training)
{
    GOOD(SMALL "--iterations 120 --checkpoint $TMP/a.npy --log $TMP/a.tsv");
    GOOD(SMALL "--sample-every 7 --iterations 120 --checkpoint $TMP/b.npy --log $TMP/b.tsv");
    GOOD(SMALL "--sample-every 0 --iterations 120 --checkpoint $TMP/c.npy --log $TMP/c.tsv && cmp "
               "$TMP/a.tsv $TMP/b.tsv && cmp $TMP/a.tsv $TMP/c.tsv");
}

Test(min_char_rnn, crlf_is_lf)
{
    GOOD("printf 'ab\\ncd ef gh\\nij kl mn op\\n' > $TMP/lf; printf 'ab\\r\\ncd ef gh\\r\\nij kl "
         "mn op\\r\\n' > $TMP/crlf");
    GOOD(TRAIN "$TMP/lf --seq-length 5 --iterations 40 --quiet --checkpoint $TMP/a.npy");
    GOOD(TRAIN "$TMP/crlf --seq-length 5 --iterations 40 --quiet --checkpoint $TMP/b.npy && cmp "
               "$TMP/a.npy $TMP/b.npy");
}

/* ---- what it refuses ---- */

Test(min_char_rnn, bad_texts)
{
    GOOD("printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' > $TMP/one; : > $TMP/empty; printf 'short' > "
         "$TMP/short; "
         "printf 'good until here \\377 and on and on and on' > $TMP/bytes");
    refused(TRAIN "$TMP/nothing", "nothing");
    refused(TRAIN "$TMP", "directory");
    refused(TRAIN "$TMP/empty", "empty");
    refused(TRAIN "$TMP/short", "26");
    refused(TRAIN "$TMP/bytes", "byte 16");
    refused(TRAIN "$TMP/one", "one character");
}

Test(min_char_rnn, bad_options)
{
    refused(TRAIN, "TEXT");
    refused(TRAIN "a b", "b");
    refused(TRAIN "a --hidde 5", "--hidde");
    refused(TRAIN "a -h", "-h");
    refused(TRAIN "a --hidden", "--hidden");
    refused(TRAIN "a --hidden 0", "--hidden 0");
    refused(TRAIN "a --hidden -3", "--hidden -3");
    refused(TRAIN "a --hidden 1.5", "--hidden 1.5");
    refused(TRAIN "a --hidden 1000000", "--hidden 1000000");
    refused(TRAIN TEXTS "/aegukga.txt --hidden 46340", "memory");
    refused(TRAIN TEXTS "/aegukga.txt --seq-length 1000000", "1000001");
    refused(TRAIN "a --seq-length 0", "--seq-length 0");
    refused(TRAIN "a --learning-rate fast", "fast");
    refused(TRAIN "a --learning-rate nan", "nan");
    refused(TRAIN "a --clip -1", "-1");
    refused(TRAIN "a --held-out 1", "--held-out 1");
    refused(TRAIN TEXTS "/aegukga.txt --held-out 0.001", "0.001");
    refused(TRAIN "a --window half", "half");
    refused(TRAIN "a --seed 4294967296", "4294967296");
    refused(TRAIN "a --lang fr", "fr");
    refused("\"$BUILD/min-char-rnn\"", "train");
    refused("\"$BUILD/min-char-rnn\" walk", "walk");
}

Test(min_char_rnn, bad_checkpoints)
{
    GOOD(SMALL "--iterations 20 --checkpoint $TMP/a.npy; head -c 3000 $TMP/a.npy > $TMP/cut.npy; "
               "(cat $TMP/a.npy; echo) > $TMP/long.npy; "
               "printf 'no checkpoint' > $TMP/foreign.npy; cp $TMP/a.npy $TMP/keep.npy");
    refused(TRAIN TEXTS "/aegukga.txt --resume $TMP/cut.npy", "cut short");
    refused(TRAIN TEXTS "/aegukga.txt --resume $TMP/long.npy", "long.npy");
    refused(TRAIN TEXTS "/aegukga.txt --resume $TMP/foreign.npy", "not a checkpoint");
    refused(TRAIN TEXTS "/aegukga.txt --resume $TMP/missing.npy", "missing.npy");
    refused(TRAIN TEXTS "/sokdam.txt --resume $TMP/a.npy", "another text");
    refused(TRAIN TEXTS "/aegukga.txt --resume $TMP/a.npy --hidden 13", "--hidden 12");
    refused(TRAIN TEXTS "/aegukga.txt --resume $TMP/a.npy --seq-length 10", "--seq-length 9");
    refused(TRAIN TEXTS "/aegukga.txt --resume $TMP/a.npy --iterations 10", "20 iterations");
    refused(SAMPLE "$TMP/foreign.npy", "not a checkpoint");
    refused(SAMPLE "$TMP/cut.npy", "cut short");
    refused(SAMPLE "$TMP/a.npy --prime 'ab'", "U+0061");
    refused(SAMPLE "$TMP/a.npy --prime '\u1103\u1169\u11bc'", "decomposed (NFD)");
    refused("cp $TMP/a.npy $TMP/b.npy && " SAMPLE "$TMP/b.npy --length 9 >> $TMP/b.npy",
            "what is printed");
    GOOD("cmp $TMP/a.npy $TMP/keep.npy && cmp $TMP/b.npy $TMP/keep.npy");
}

Test(min_char_rnn, places_that_cannot_be_written)
{
    refused(SMALL "--iterations 5 --checkpoint $TMP/no/folder.npy", "folder.npy");
    refused(SMALL "--iterations 5 --checkpoint $TMP/a.npy --log $TMP/no/folder.tsv", "folder.tsv");
    refused(SMALL "--iterations 5 --checkpoint $TMP/a.npy --samples $TMP/no/folder.txt",
            "folder.txt");
    refused(SMALL "--iterations 5 --checkpoint $TMP/a.npy --log /dev/full", "/dev/full");
    refused(SMALL "--iterations 5 --checkpoint $TMP/b.npy --samples /dev/full", "/dev/full");
    refused(SMALL "--iterations 5 --checkpoint /dev/full", "/dev/full");
    GOOD("[ -c /dev/full ] && [ ! -e $TMP/a.npy ]");
}

Test(min_char_rnn, a_full_disk_leaves_the_old_checkpoint_whole)
{
    GOOD(SMALL "--iterations 20 --checkpoint $TMP/a.npy && cp $TMP/a.npy $TMP/keep.npy");
    refused("(ulimit -f 8; " SMALL "--iterations 40 --resume $TMP/a.npy)", "a.npy");
    GOOD("cmp $TMP/a.npy $TMP/keep.npy && [ $(ls -A $TMP | grep -c a.npy) -eq 1 ]");
}

Test(min_char_rnn, a_closed_stdout_is_an_error_and_no_part_of_the_log)
{
    static const char *const streams[] = {"", "2>&-", "<&-", ">&-", "<&- >&- 2>&-"};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        const char *name = i ? "b" : "a";
        result r =
            run(TRAIN TEXTS "/aegukga.txt --hidden 5 --sample-every 3 --iterations 9 "
                            "--checkpoint $TMP/%s.npy --log $TMP/%s.tsv --samples $TMP/%s.txt %s",
                name, name, name, streams[i]);
        cr_assert_eq(r.status, i < 3 ? 0 : 1, "%s: status %d", streams[i], r.status);
        result_free(&r);
        if (i) GOOD("for f in npy tsv txt; do cmp $TMP/a.$f $TMP/b.$f || exit 1; done");
    }
}

Test(min_char_rnn, a_full_disk_for_the_log_costs_no_checkpoint)
{
    GOOD(SMALL "--iterations 20 --checkpoint $TMP/a.npy");
    refused("(ulimit -f 80; " SMALL "--iterations 4000 --resume $TMP/a.npy --log $TMP/big.tsv)",
            "big.tsv");
    refused(SMALL "--iterations 21 --resume $TMP/a.npy", "iterations behind it");
}

/* The reader of the log stands still, or ends: the checkpoint is saved all the same. */
Test(min_char_rnn, a_pipe_for_the_log_costs_no_checkpoint, .timeout = 60)
{
    result r = run("mkfifo $TMP/pipe; (: > $TMP/open; sleep 3) < $TMP/pipe & " SMALL
                   "--iterations 100000000 --sample-every 0 --checkpoint $TMP/a.npy --log "
                   "$TMP/pipe & p=$!; sh tests/support/until.sh '[ -e $TMP/open ]'; sleep 1; "
                   "kill -TERM $p; wait $p");
    cr_assert_eq(r.status, 128 + SIGTERM, "status %d: %s", r.status, r.err);
    cr_assert_eq(lines(r.err), 1, "%s", r.err);
    cr_assert_not_null(strstr(r.err, "pipe"), "%s", r.err);
    result_free(&r);
    refused(SMALL "--iterations 0 --resume $TMP/a.npy", "iterations behind it");
    r = run("(head -n 3 > $TMP/read < $TMP/pipe) & " SMALL
            "--iterations 100000000 --checkpoint $TMP/b.npy --log $TMP/pipe");
    cr_assert_eq(r.status, 128 + SIGPIPE, "status %d: %s", r.status, r.err);
    cr_assert_not_null(strstr(r.err, "pipe"), "%s", r.err);
    result_free(&r);
    refused(SMALL "--iterations 0 --resume $TMP/b.npy", "iterations behind it");
    GOOD("(cat $TMP/pipe > $TMP/all) & " SMALL "--iterations 300 --checkpoint $TMP/c.npy --log "
         "$TMP/pipe; wait; [ $(wc -l < $TMP/all) -eq 302 ]");
    GOOD(SMALL "--iterations 30 --checkpoint $TMP/d.npy --log /dev/stdout | wc -l | grep -q 32");
}

Test(min_char_rnn, a_run_that_diverges_stops_and_keeps_its_checkpoint)
{
    GOOD(SMALL "--iterations 20 --checkpoint $TMP/a.npy && cp $TMP/a.npy $TMP/keep.npy");
    refused(SMALL "--iterations 5000 --resume $TMP/a.npy --learning-rate 1e6 --save-every 1",
            "the loss is not finite any more at iteration");
    refused(SMALL "--iterations 5000 --checkpoint $TMP/b.npy --learning-rate 1e6", "not finite");
    GOOD("cmp $TMP/a.npy $TMP/keep.npy && [ ! -e $TMP/b.npy ]");
}

/* The kinds of files that are another run's; what the library tells apart is in test_session.c. */
Test(min_char_rnn, the_files_of_others_are_not_replaced)
{
    GOOD(SMALL "--iterations 60 --checkpoint $TMP/a.npy --log $TMP/a.tsv --samples $TMP/a.txt");
    GOOD("cd $TMP && sha256sum a.npy a.tsv a.txt > sums");
    refused(SMALL "--iterations 60 --checkpoint $TMP/a.npy --clip 1", "another clip");
    refused(TRAIN TEXTS "/sokdam.txt --iterations 5 --quiet --checkpoint $TMP/a.npy", "another");
    refused(SMALL "--iterations 60 --hidden 13 --checkpoint $TMP/b.npy --log $TMP/a.tsv", "a.tsv");
    refused("tac " TEXTS "/aegukga.txt > $TMP/tac; " TRAIN "$TMP/tac --hidden 12 --seq-length 9 "
            "--quiet --iterations 60 --checkpoint $TMP/b.npy --log $TMP/a.tsv",
            "a.tsv is there and is not the log of this run");
    refused(SMALL "--iterations 60 --checkpoint $TMP/b.npy --samples $TMP/a.tsv", "a.tsv");
    refused(SMALL "--iterations 40 --checkpoint $TMP/b.npy --samples $TMP/a.txt", "up to 50");
    refused(SMALL "--iterations 80 --resume $TMP/a.npy --log $TMP/a.txt", "a.txt");
    refused(SMALL "--iterations 80 --resume $TMP/a.npy --log $TMP/a.npy", "--resume and --log");
    refused(SMALL "--iterations 80 --resume $TMP/a.npy --log $TMP/a.tsv --samples $TMP/a.tsv",
            "--log and --samples");
    GOOD("cd $TMP && sha256sum --quiet -c sums && [ ! -e b.npy ]");
    GOOD(SMALL "--iterations 60 --checkpoint $TMP/a.npy --log $TMP/a.tsv --samples $TMP/a.txt");
    GOOD("cd $TMP && sha256sum --quiet -c sums");
    GOOD(SMALL "--iterations 60 --hidden 13 --checkpoint $TMP/a.npy --log $TMP/a.tsv --force");
}

Test(min_char_rnn, stdout_to_a_full_disk_is_an_error)
{
    tells_a_full_disk("min-char-rnn", "train " TEXTS "/aegukga.txt --hidden 5 --iterations 3 "
                                      "--checkpoint $TMP/a.npy");
    tells_a_full_disk("min-char-rnn", "sample $TMP/a.npy");
    static const char *const help[] = {"--help", "--version", "train --help", "sample --help",
                                       "train --version"};
    for (size_t i = 0; i < sizeof help / sizeof *help; i++)
        tells_a_full_disk("min-char-rnn", help[i]);
}

/* ---- sample ---- */

Test(min_char_rnn, sample_is_repeatable_and_counted_in_characters)
{
    GOOD(SMALL "--iterations 200 --checkpoint $TMP/a.npy");
    GOOD(SAMPLE "$TMP/a.npy --length 30 --seed 5 --prime 동해 > $TMP/one; " SAMPLE
                "$TMP/a.npy --length 30 --seed 5 --prime 동해 | cmp - $TMP/one");
    result r = run(SAMPLE "$TMP/a.npy --length 30 --seed 6 --prime 동해 | cmp -s - $TMP/one");
    cr_assert_eq(r.status, 1);
    result_free(&r);
    r = run("cat $TMP/one");
    int characters = 0;
    for (const char *at = r.out; *at; at++) characters += ((unsigned char) *at & 0xC0) != 0x80;
    cr_assert_eq(characters, 2 + 30 + 1);
    cr_assert_eq(strncmp(r.out, "동해", strlen("동해")), 0);
    result_free(&r);
    GOOD(SAMPLE "$TMP/a.npy --temperature 0 --seed 1 > $TMP/one; " SAMPLE
                "$TMP/a.npy --temperature 0 --seed 2 | cmp - $TMP/one");
    r = run(SAMPLE "$TMP/a.npy --length 0");
    cr_assert_str_eq(r.out, "\n");
    result_free(&r);
}

/* --check reads the gradient and does not change it. */
Test(run_min_char_rnn, checking_the_gradient_changes_nothing)
{
    result r = run(
        "T=chapters/08-min-char-rnn/texts/aegukga.txt; "
        "\"$BUILD/min-char-rnn\" train $T --hidden 12 --iterations 50 --sample-length 0 --check "
        "--checkpoint \"$TMP/a.npy\" > \"$TMP/a.txt\" && "
        "\"$BUILD/min-char-rnn\" train $T --hidden 12 --iterations 50 --sample-length 0 "
        "--checkpoint \"$TMP/b.npy\" > \"$TMP/b.txt\" && cmp \"$TMP/a.npy\" \"$TMP/b.npy\" && "
        "grep -c 'along random' \"$TMP/a.txt\" && ! grep FAIL \"$TMP/a.txt\"");
    cr_assert_eq(r.status, 0, "%s%s", r.out, r.err);
    cr_assert_eq(atoi(r.out), 2, "%s", r.out);
    result_free(&r);
}

/* A quiet run saves regularly, too, so that little is lost if it is killed. */
Test(min_char_rnn, a_killed_quiet_run_was_saved, .timeout = 200)
{
    result r = run(
        "\"$BUILD/min-char-rnn\" train chapters/08-min-char-rnn/texts/psalms.txt --quiet "
        "--iterations 100000000 --sample-every 0 --save-every 1 --checkpoint \"$TMP/killed.npy\" & "
        "sh tests/support/until.sh '[ -f \"$TMP/killed.npy\" ]'; "
        "kill -9 $!; [ -f \"$TMP/killed.npy\" ]");
    cr_assert_eq(r.status, 0, "%s", r.err);
    result_free(&r);
}
