/* test_session.c: a long run, resumed, stopped, killed, refused. The trainer is support/tiny.c. */
#define _POSIX_C_SOURCE 200809L

#include "session.h"

#include "file.h"
#include "support/support.h"
#include "support/tiny.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The trainer's stderr. */
static char said[2000];

/* Train with these options in the test's folder, on its file `text`. Returns the exit status; 128 + N after signal N. */
static const char *content = "the quick brown fox";
static int tiny(const char *options)
{
    char line[500], *argv[40] = {"tiny", "text"};
    int argc = 2, status;
    size_t size;
    error e;
    write_file("text", content, strlen(content));
    snprintf(line, sizeof line, "%s", options);
    for (char *word = strtok(line, " "); word; word = strtok(NULL, " ")) argv[argc++] = word;
    const pid_t child = fork();
    if (child == 0) {
        setenv("LC_ALL", "C", 1);
        if (chdir(own_folder()) != 0 || !freopen("stderr", "w", stderr)) _exit(99);
        const int ended = tiny_train(argc, argv);
        fflush(NULL);
        _exit(ended);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    char path[300];
    snprintf(path, sizeof path, "%s/stderr", own_folder());
    char *bytes = file_read(path, &size, &e);
    cr_assert_not_null(bytes, "%s", e.text);
    snprintf(said, sizeof said, "%s", bytes);
    free(bytes);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void same(const char *a, const char *b)
{
    result r = run("cd \"$TMP\" && cmp %s %s", a, b);
    cr_assert_eq(r.status, 0, "%s%s", r.out, r.err);
    result_free(&r);
}

/* Must be refused with one line that contains `says`. */
static void refused(const char *options, const char *says)
{
    cr_assert_eq(tiny(options), 1, "%s", options);
    cr_assert_not_null(strstr(said, says), "%s: %s", options, said);
    cr_assert_eq(strncmp(said, "tiny: ", 6), 0, "%s", said);
    cr_assert_eq(strchr(said, '\n'), said + strlen(said) - 1, "%s", said);
}

static void whole(void)
{
    cr_assert_eq(tiny("--iterations 50 --seed 7 --checkpoint a.npy --log a.tsv"), 0, "%s", said);
}

Test(session, a_resumed_run_is_the_same_bit_for_bit)
{
    whole();
    cr_assert_eq(tiny("--iterations 20 --seed 7 --checkpoint b.npy --log b.tsv"), 0);
    cr_assert_eq(tiny("--iterations 50 --resume b.npy --checkpoint b.npy --log b.tsv"), 0);
    same("a.npy", "b.npy");
    same("a.tsv", "b.tsv");
}

Test(session, a_stopped_run_saves_says_so_and_goes_on)
{
    whole();
    cr_assert_eq(tiny("--iterations 50 --seed 7 --checkpoint b.npy --log b.tsv --stop-at 17"), 130);
    cr_assert_str_eq(said,
                     "17 of 50\nstopped after 17 iterations\nlog: b.tsv\ncheckpoint: b.npy\n");
    cr_assert_eq(tiny("--iterations 50 --resume b.npy --checkpoint b.npy --log b.tsv"), 0);
    same("a.npy", "b.npy");
    same("a.tsv", "b.tsv");
}

Test(session, a_killed_run_goes_on_from_what_was_saved)
{
    whole();
    cr_assert_eq(tiny("--iterations 50 --seed 7 --checkpoint b.npy --log b.tsv --kill-at 30"),
                 128 + SIGKILL);
    cr_assert_eq(tiny("--iterations 50 --resume b.npy --checkpoint b.npy --log b.tsv"), 0);
    same("a.npy", "b.npy");
    same("a.tsv", "b.tsv");
}

/* The rate may change, but not the size and the seed. */
Test(session, options_are_the_saved_runs_with_the_command_line_over_them)
{
    cr_assert_eq(tiny("--iterations 5 --size 4 --rate 0.5 --checkpoint a.npy"), 0);
    cr_assert_eq(tiny("--iterations 9 --resume a.npy --checkpoint b.npy"), 0);
    cr_assert_eq(tiny("--iterations 9 --size 4 --rate 0.5 --checkpoint c.npy"), 0);
    same("b.npy", "c.npy");
    cr_assert_eq(tiny("--iterations 9 --resume a.npy --size 4 --rate 0.25 --checkpoint d.npy"), 0);
    result r = run("cd \"$TMP\" && cmp -s d.npy c.npy");
    cr_assert_eq(r.status, 1);
    result_free(&r);
    refused("--iterations 9 --resume a.npy --size 5",
            "a.npy was saved with --size 4, not 5; leave the option out or start anew");
    refused("--iterations 9 --resume a.npy --seed 1", "--seed 0, not 1");
}

Test(session, what_cannot_go_on_is_refused)
{
    whole();
    refused("--iterations 49 --resume a.npy", "50 iterations behind it, more than --iterations 49");
    refused("--resume none.npy", "none.npy");
    refused("--resume text", "is the text and --resume");
    refused("--checkpoint none/a.npy", "none/a.npy");
    refused("--checkpoint b.npy --log none/a.tsv", "none/a.tsv");
    refused("--checkpoint b.npy --log /dev/full", "/dev/full");
    cr_assert_eq(tiny("--size 0"), 2);
    result r = run("cd \"$TMP\" && ls");
    cr_assert_null(strstr(r.out, "\nb.npy"), "%s", r.out);
    result_free(&r);
}

Test(session, another_text_is_refused)
{
    whole();
    error e;
    session s = {.resume = "a.npy", .text_path = "text"};
    char path[300];
    snprintf(path, sizeof path, "%s/a.npy", own_folder());
    s.saved = savefile_open(path, &e);
    cr_assert_not_null(s.saved, "%s", e.text);
    cr_assert_not(session_same_text(&s, 1));
    cr_assert_str_eq(s.e.text, "a.npy was saved while training on another text than text");
    npy_free(s.saved);
}

Test(session, a_byte_order_mark_is_told_once_and_changes_nothing)
{
    whole();
    content = "\xEF\xBB\xBFthe quick brown fox";
    cr_assert_eq(tiny("--iterations 50 --seed 7 --checkpoint b.npy"), 0, "%s", said);
    const char *line = strstr(said, "text: the byte order mark at its start is left out\n");
    cr_assert_not_null(line, "%s", said);
    cr_assert_null(strstr(strchr(line, '\n'), "mark"), "%s", said);
    same("a.npy", "b.npy");
    cr_assert_eq(tiny("--iterations 60 --resume a.npy --quiet"), 0, "%s", said);
    cr_assert_str_empty(said);
}

Test(session, quiet_says_nothing)
{
    cr_assert_eq(tiny("--iterations 5 --quiet --log a.tsv"), 0);
    cr_assert_str_empty(said);
    cr_assert_eq(tiny("--iterations 5 --quiet --stop-at 3"), 130);
    cr_assert_str_empty(said);
}

Test(session, is_due_by_the_clock)
{
    session s = {.save_every = 60, .until = 10};
    s.saved_at = live_seconds();
    cr_assert_not(session_save_due(&s));
    s.saved_at -= 61;
    cr_assert(session_save_due(&s));
    cr_assert_not(session_save_due(&s), "the clock starts again");
    session_lap(&s, 4);
    s.since -= 2;
    cr_assert(near(session_rate(&s, 8), 2, 0.1));
    cr_assert(session_goes_on(&s, 9));
    cr_assert_not(session_goes_on(&s, 10));
}

/* A resumed run of epochs continues after the row of the last epoch. */
Test(session, a_log_of_epochs_is_cut_where_the_run_is)
{
    char path[300];
    const savefile none = {0};
    snprintf(path, sizeof path, "%s", write_file("log", "head\tx\n1\tx\n2\ty\n3\tz\n", 19));
    session s = {.by_epochs = true, .until = 5, .quiet = true, .log_path = path, .log_every = 1};
    s.resume = "a.npy";
    cr_assert(session_open(&s, &none, 2, "head\tx\n"), "%s", s.e.text);
    cr_assert_eq(session_end(&s, true), 0);
    result r = run("cat \"$TMP/log\"");
    cr_assert_str_eq(r.out, "head\tx\n1\tx\n2\ty\n");
    result_free(&r);
}

/* Run a shell command in the test's folder; it must succeed. */
static void sh(const char *command)
{
    result r = run("cd \"$TMP\" && %s", command);
    cr_assert_eq(r.status, 0, "%s: %s%s", command, r.out, r.err);
    result_free(&r);
}

/* ---- a file in two roles ---- */

Test(session, no_file_has_two_roles)
{
    whole();
    sh("mkdir d && ln -s text link && ln text hard && ln -s ../new d/link && ln -s . e");
    const char *const names[] = {"text", "./text", "link", "hard", "d/../text", "e/text"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        char options[200];
        snprintf(options, sizeof options, "--checkpoint %s", names[k]);
        refused(options, "is the text and --checkpoint");
        snprintf(options, sizeof options, "--checkpoint b.npy --log %s --force", names[k]);
        refused(options, "is the text and --log");
    }
    refused("--checkpoint b.npy --log b.npy", "is --checkpoint and --log");
    refused("--checkpoint new --log d/link", "is --checkpoint and --log");
    refused("--checkpoint b.npy --log d/../b.npy", "is --checkpoint and --log");
    refused("--checkpoint b.npy --log b.npy.lock", "needs");
    refused("--checkpoint b.npy --log ./b.npy.part", "needs");
    sh("ln -s d/b.npy l.npy");
    refused("--checkpoint l.npy --log d/b.npy.part", "needs");
    refused("--checkpoint l.npy --log d/b.npy.lock", "needs");
    sh("ln stderr b.npy.part");
    refused("--checkpoint b.npy", "is the standard error and a file that --checkpoint needs");
    sh("rm b.npy.part");
    refused("--checkpoint b.npy --resume a.npy --log a.npy", "is --resume and --log");
    refused("--checkpoint b.npy --log stderr", "is --log and the standard error");
    result r = run("cd \"$TMP\" && ls");
    cr_assert_null(strstr(r.out, "\nb.npy"), "%s", r.out);
    result_free(&r);
    sh("[ \"$(cat text)\" = 'the quick brown fox' ]");
    cr_assert_eq(tiny("--quiet --log /dev/null --checkpoint b.npy"), 0, "%s", said);
}

/* ---- the files of others ---- */

Test(session, a_checkpoint_of_another_run_is_not_replaced)
{
    cr_assert_eq(tiny("--iterations 50 --checkpoint a.npy"), 0);
    cr_assert_eq(tiny("--iterations 50 --checkpoint a.npy"), 0, "the same run: %s", said);
    cr_assert_eq(tiny("--iterations 60 --checkpoint a.npy"), 0, "the same run: %s", said);
    sh("cp a.npy keep; echo notes > notes; head -c 600 a.npy > cut; : > empty");
    refused("--iterations 50 --checkpoint a.npy", "a.npy has 60 iterations behind it");
    refused("--iterations 60 --checkpoint a.npy --size 4", "with another size");
    refused("--iterations 60 --checkpoint a.npy --rate 0.2", "with another rate");
    refused("--iterations 60 --checkpoint a.npy --seed 1", "with another seed");
    refused("--iterations 60 --checkpoint notes", "no checkpoint");
    refused("--iterations 60 --checkpoint cut", "no checkpoint");
    cr_assert_eq(tiny("--iterations 10 --seed 1 --checkpoint b.npy"), 0);
    refused("--iterations 60 --resume b.npy --checkpoint a.npy", "with another seed");
    sh("cmp a.npy keep && [ \"$(cat notes)\" = notes ] && [ ! -e a.npy.lock ]");
    cr_assert_eq(tiny("--iterations 60 --checkpoint empty"), 0, "%s", said);
    cr_assert_eq(tiny("--iterations 60 --checkpoint notes --force"), 0, "%s", said);
    same("notes", "a.npy");
}

Test(session, a_run_goes_on_where_it_came_from)
{
    whole();
    cr_assert_eq(tiny("--iterations 20 --seed 7 --checkpoint b.npy"), 0);
    cr_assert_eq(tiny("--iterations 9 --seed 8"), 0, "writes tiny.npy: %s", said);
    sh("cp tiny.npy keep");
    cr_assert_eq(tiny("--iterations 50 --resume b.npy"), 0, "%s", said);
    same("b.npy", "a.npy");
    same("tiny.npy", "keep");
}

Test(session, nothing_is_changed_by_a_run_that_is_refused)
{
    whole();
    sh("cp a.npy keep.npy; cp a.tsv keep.tsv; cp a.tsv b.tsv; echo notes > notes");
    refused("--iterations 50 --seed 8 --checkpoint a.npy --log b.tsv", "another seed");
    refused("--iterations 50 --seed 7 --checkpoint none/a.npy --log b.tsv", "none");
    refused("--iterations 60 --seed 7 --resume a.npy --log none/new", "none/new");
    refused("--iterations 60 --seed 7 --checkpoint a.npy --log notes", "not the log");
    refused("--iterations 60 --seed 7 --checkpoint new.npy --log notes", "not the log");
    refused("--iterations 20 --seed 7 --checkpoint new.npy --log b.tsv", "up to 49");
    sh("cmp a.npy keep.npy && cmp b.tsv keep.tsv && [ \"$(cat notes)\" = notes ] && [ ! -e new.npy "
       "]");
}

/* ---- the log ---- */

Test(session, what_is_cut_or_missing_is_told)
{
    whole();
    cr_assert_eq(tiny("--iterations 20 --seed 7 --checkpoint b.npy"), 0);
    sh("cp a.tsv b.tsv; head -n 15 a.tsv > c.tsv; cp b.npy c.npy");
    cr_assert_eq(tiny("--iterations 50 --resume b.npy --log b.tsv"), 0, "%s", said);
    cr_assert_not_null(strstr(said, "b.tsv: 30 rows after iteration 20 removed\n"), "%s", said);
    same("a.tsv", "b.tsv");
    refused("--iterations 50 --resume c.npy --log c.tsv", "c.tsv: rows 14 to 19");
    sh("[ $(wc -l < c.tsv) -eq 15 ]");
    cr_assert_eq(tiny("--iterations 50 --resume c.npy --log c.tsv --force"), 0, "%s", said);
    cr_assert_not_null(strstr(said, "rows 14 to 19 are missing"), "%s", said);
    same("c.npy", "a.npy");
    sh("[ $(wc -l < c.tsv) -eq 45 ]");
}

Test(session, a_second_run_is_refused_before_it_cuts_anything)
{
    cr_assert_eq(tiny("--iterations 20 --checkpoint a.npy --log a.tsv"), 0);
    sh("cp a.npy b.npy; cp a.tsv b.tsv");
    const savefile none = {0};
    char checkpoint[300], log[300];
    snprintf(checkpoint, sizeof checkpoint, "%s/a.npy", own_folder());
    snprintf(log, sizeof log, "%s/a.tsv", own_folder());
    session s = {.checkpoint = checkpoint, .until = 30, .quiet = true, .log_path = log};
    s.resume = checkpoint;
    cr_assert(session_open(&s, &none, 20, "iteration\tloss\n"), "%s", s.e.text);
    refused("--iterations 30 --resume a.npy", "another run");
    refused("--iterations 30 --resume b.npy --log a.tsv", "another run");
    sh("cmp a.npy b.npy && cmp a.tsv b.tsv");
    cr_assert_eq(session_end(&s, true), 0);
    cr_assert_eq(tiny("--iterations 30 --resume a.npy --log a.tsv"), 0, "%s", said);
}

/* ---- a run that diverges ---- */

Test(session, what_is_not_finite_is_not_saved)
{
    whole();
    sh("cp a.npy keep");
    cr_assert_eq(tiny("--iterations 60 --resume a.npy --inf-at 55 --save-every 1000"), 1);
    cr_assert_not_null(strstr(said, "the loss is not finite any more at iteration 54"), "%s", said);
    same("a.npy", "keep");
}

Test(session, usage_is_the_help_or_an_error)
{
    char *none[] = {"tiny"}, *walk[] = {"tiny", "walk"};
    setenv("LC_ALL", "C", 1);
    cr_redirect_stderr();
    cr_redirect_stdout();
    cr_assert_eq(session_usage("tiny", "A trainer.", "", 1, none), 2);
    cr_assert_eq(session_usage("tiny", "A trainer.", "", 2, walk), 2);
    fflush(stderr);
    cr_assert_stderr_eq_str("tiny: give train TEXT | sample CHECKPOINT; see --help\n"
                            "tiny: walk: give train or sample; see --help\n");
}

Test(writing, its_command_line)
{
    char *argv[] = {"tiny", "a.npy", "--length", "7", "--prime", "ab", "--seed=9"};
    writing w = {.program = "tiny", .length = 50};
    setenv("LC_ALL", "C", 1);
    cr_assert_eq(writing_args(&w, "", "", 7, argv), ARGS_GO_ON);
    cr_assert(w.length == 7 && w.temperature == 1 && w.seed == 9);
    cr_assert_str_eq(w.path, "a.npy");
    cr_assert_str_eq(w.prime, "ab");
    error e;
    cr_assert(writing_is_whole(&w, 7, &e));
    cr_assert_not(writing_is_whole(&w, 6, &e));
    cr_assert_str_eq(e.text, "a.npy: the network's numbers are no longer finite");
}
