/* run_ranks.c: the program ranks by 1, 2, 4 and 8 ranks, stopped, killed, refused; and scaling. */
#include "support/program.h"

#include "ranks.h"

#include <stdio.h>

#define AEGUKGA "chapters/08-min-char-rnn/texts/aegukga.txt"
#define OPTIONS                                                                                    \
    AEGUKGA " --lang en --no-speed --batch 16 --seq-length 4 --hidden 9 --embed 5 --layers 2 "     \
            "--dropout 0.3 --sample-length 9 --test-every 20 --quiet "
#define ALONE "\"$BUILD/char-rnn\" train "
#define LAUNCH "sh chapters/16-ranks/launch.sh "
#define RANKS LAUNCH "%d \"$BUILD/ranks\" "

static void needs_mpi(void)
{
    result r = run("command -v mpirun");
    const bool here = r.status == 0;
    result_free(&r);
    if (!ranks_have_mpi() || !here) cr_skip_test("built without MPI");
    is_long();
}

/* The command must end with this status. */
static void ends(int status, const result *r)
{
    cr_assert_eq(r->status, status, "status %d: %s%s", r->status, r->out, r->err);
}

/* Train alone, and by these ranks: all files are the same. */
static void same_files(const char *options, int ranks)
{
    result r =
        run("set -e; rm -f \"$TMP\"/[ab]*; S='" OPTIONS "--iterations 60 %s'; " ALONE
            "$S --checkpoint \"$TMP/a.npy\" --log \"$TMP/a.tsv\" --samples \"$TMP/a.txt\"; " RANKS
            "$S --checkpoint \"$TMP/b.npy\" --log \"$TMP/b.tsv\" --samples \"$TMP/b.txt\"; "
            "for end in .npy -best.npy .tsv .txt; do cmp \"$TMP/a$end\" \"$TMP/b$end\"; done",
            options, ranks);
    ends(0, &r);
    cr_assert_str_empty(r.out);
    cr_assert_str_empty(r.err);
    result_free(&r);
}

Test(run_ranks, one_rank_is_char_rnn) { same_files("--shards 8", 1); }
Test(run_ranks, two_ranks_are_char_rnn, .timeout = 200)
{
    needs_mpi();
    same_files("--shards 8", 2);
    same_files("--cell gru --optimizer adagrad --learning-rate 0.1",
               2); /* by default, two shards */
}
Test(run_ranks, four_ranks_are_char_rnn, .timeout = 200)
{
    needs_mpi();
    same_files("--shards 8 --threads 2", 4);
    same_files("--shards 4 --cell rnn --optimizer sgd --unit word --batch 4", 4);
}
Test(run_ranks, eight_ranks_are_char_rnn, .timeout = 200)
{
    needs_mpi();
    same_files("--shards 8", 8);
}

/* A run goes on by another number of ranks: states, memories and weights come from the checkpoint to all. */
Test(run_ranks, goes_on_by_another_number_of_ranks, .timeout = 200)
{
    needs_mpi();
    result r =
        run("set -e; S='" OPTIONS "--shards 8'; " ALONE
            "$S --iterations 90 --checkpoint \"$TMP/a.npy\"; " RANKS
            "$S --iterations 33 --checkpoint \"$TMP/b.npy\"; " RANKS AEGUKGA
            " --quiet --sample-length 9 --iterations 55 --resume \"$TMP/b.npy\"; " ALONE AEGUKGA
            " --quiet --sample-length 9 --iterations 90 --resume \"$TMP/b.npy\"; "
            "for end in .npy -best.npy; do cmp \"$TMP/a$end\" \"$TMP/b$end\"; done",
            4, 2);
    ends(0, &r);
    result_free(&r);
}

/* Start four ranks that train for long, and wait for their checkpoint; each writes its process's number. */
#define LONG                                                                                       \
    LAUNCH                                                                                         \
    "4 sh -c 'echo $$ > \"$TMP/pid.$OMPI_COMM_WORLD_RANK\"; exec \"$@\"' - "                       \
    "\"$BUILD/ranks\" " OPTIONS                                                                    \
    "--shards 8 --iterations 100000000 --save-every 1 --checkpoint \"$TMP/b.npy\" & "              \
    "sh tests/support/until.sh '[ -f \"$TMP/b.npy\" ]'; "

/* Set n to the iterations in the checkpoint, or in the best, which may be a later one; go on by two ranks, and compare
 * with a run that was let alone. */
#define COMPARE                                                                                    \
    "n=0; for f in b b-best; do k=$(" ALONE AEGUKGA                                                \
    " --lang en --resume \"$TMP/$f.npy\" --iterations 0 2>&1 | "                                   \
    "sed -n 's/.* has \\([0-9]*\\) iterations behind it.*/\\1/p'); "                               \
    "[ \"${k:-0}\" -le $n ] || n=$k; done; [ $n -gt 0 ] || exit "                                  \
    "8; " LAUNCH "2 \"$BUILD/ranks\" " AEGUKGA                                                     \
    " --quiet --sample-length 9 --resume \"$TMP/b.npy\" --iterations $((n + 20)) || exit "         \
    "7; " ALONE OPTIONS "--shards 8 --iterations $((n + 20)) --checkpoint \"$TMP/a.npy\" && "      \
    "cmp \"$TMP/a.npy\" \"$TMP/b.npy\" && cmp \"$TMP/a-best.npy\" \"$TMP/b-best.npy\""

/* If one rank is killed, all end, and what was saved goes on as if nothing had been. */
Test(run_ranks, a_killed_rank_ends_the_run_and_costs_no_bit, .timeout = 200)
{
    needs_mpi();
    result r = run(LONG "kill -9 $(cat \"$TMP/pid.2\"); wait $!; [ $? -ne 0 ] || exit 9; " COMPARE);
    ends(0, &r);
    result_free(&r);
}

/* SIGTERM, as srun and mpirun send it to all: rank 0 saves after the iteration at hand. */
Test(run_ranks, a_run_that_is_asked_to_end_is_saved, .timeout = 200)
{
    needs_mpi();
    result r = run(LONG "rm \"$TMP/b.npy\"; kill -TERM $(cat \"$TMP\"/pid.*); wait $!; "
                        "[ $? -eq 143 ] || exit 9; " COMPARE);
    ends(0, &r);
    result_free(&r);
}

/* One line, and nothing is written. */
static void refused(int ranks, const char *options, const char *says)
{
    result r = run(RANKS OPTIONS
                   "%s --checkpoint \"$TMP/b.npy\"; s=$?; [ ! -f \"$TMP/b.npy\" ] && exit $s",
                   ranks, options);
    cr_assert(r.status == 1 || r.status == 2, "status %d", r.status);
    cr_assert_str_empty(r.out);
    cr_assert_eq(strchr(r.err, '\n'), r.err + strlen(r.err) - 1, "%s", r.err);
    cr_assert_not_null(strstr(r.err, says), "%s", r.err);
    result_free(&r);
}

Test(run_ranks, ranks_that_cannot_share_the_shards_are_refused, .timeout = 200)
{
    needs_mpi();
    refused(3, "--shards 8", "ranks: 3 ranks cannot share 8 shards");
    refused(4, "", "ranks: 4 ranks cannot share 2 shards");
    refused(2, "--shards 1", "ranks: 2 ranks cannot share 1 shards");
    refused(2, "--shards 1 --lang ko", "ranks: 랭크 2개는 몫 1개를");
}

Test(run_ranks, what_makes_no_sense_ends_with_one_line)
{
    refuses("ranks", "", "TEXT");
    refuses("ranks", "text --nonsense", "--nonsense");
    fails(1, "ranks", "\"$TMP/none\"", "none");
    fails(1, "ranks", AEGUKGA " --batch 9 --shards 2", "power of two");
    refuses("orders", "--nonsense", "--nonsense");
    refuses("scaling", "--nonsense", "--nonsense");
    refuses("scaling", "--bandwidth 0", "--bandwidth 0");
    fails(1, "scaling", "--measure", "--measure with 1 rank");
    fails(1, "scaling", "--log " AEGUKGA, "aegukga.txt");
    tells_a_full_disk("ranks", "--help");
    tells_a_full_disk("scaling", "");
    tells_a_full_disk("orders", "");
    says(LAUNCH "x \"$BUILD/ranks\"", 2, "", "x: give the number of ranks");
}

Test(run_ranks, bad_options_of_many_ranks_end_with_one_line, .timeout = 200)
{
    needs_mpi();
    refused(2, "--nonsense", "--nonsense");
    says(LAUNCH "2 \"$BUILD/scaling\" --nonsense", 2, "", "--nonsense");
    says(LAUNCH "3 \"$BUILD/scaling\" --measure", 1, "", "--measure with 3 rank");
}

Test(run_ranks, help_in_two_languages)
{
    succeeds("ranks", "--help", "usage: ranks");
    succeeds("ranks", "--help --lang ko", "사용법: ranks");
    succeeds("scaling", "--help --lang ko", "사용법: scaling");
}

/* With no late rank and no message, p ranks are p times as fast. */
Test(run_ranks, the_model_without_losses_is_perfect)
{
    says("\"$BUILD/scaling\" --late 0 --latency 0 --bandwidth 1e6 --adding 1e6 --log \"$TMP/t\" && "
         "awk 'NR > 1 && ($7 < 99.9 || $9 < 0.999 * $1) { exit 1 }' \"$TMP/t\"",
         0, " 1024 ", "");
}

Test(run_ranks, ranks_are_measured, .timeout = 200)
{
    needs_mpi();
    says(LAUNCH "2 \"$BUILD/scaling\" --measure --hidden 32 --lang en", 0,
         "2 ranks, measured and by the model", "");
}

/* The script for Slurm, with an srun that is mpirun: started again, it goes on. */
Test(run_ranks, the_script_for_slurm_goes_on, .timeout = 200)
{
    needs_mpi();
    result r = run(
        "set -e; mkdir \"$TMP/bin\"; { echo '#!/bin/sh'; echo 'shift; shift'; echo '"
        "exec sh chapters/16-ranks/launch.sh 2 \"$BUILD/ranks\" \"$@\"'; } > \"$TMP/bin/srun\"; "
        "chmod +x \"$TMP/bin/srun\"; PATH=$TMP/bin:$PATH; export PATH; "
        "S='--lang en --batch 16 --seq-length 4 --hidden 9 --quiet'; "
        "sh chapters/16-ranks/slurm.sh " AEGUKGA " \"$TMP/b.npy\" $S --iterations 20; "
        "sh chapters/16-ranks/slurm.sh " AEGUKGA
        " \"$TMP/b.npy\" $S --iterations 40; " ALONE AEGUKGA
        " $S --iterations 40 --checkpoint \"$TMP/a.npy\"; cmp \"$TMP/a.npy\" \"$TMP/b.npy\"");
    ends(0, &r);
    result_free(&r);
}
