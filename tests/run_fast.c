/* run_fast.c: the program fast, its steps, and its command line. */
#include "support/program.h"

#include <stdio.h>

static const char TEXT[] = "chapters/08-min-char-rnn/texts/sokdam.txt";
static const char *const steps[] = {"fast-1-rows", "fast-2-hoist", "fast-3-block"};

/* What `program` prints; the caller frees it. */
static result prints(const char *program, const char *options)
{
    result r = run("\"$BUILD/%s\" %s --hidden 21 --iterations 60 %s", program, TEXT, options);
    cr_assert_eq(r.status, 0, "%s %s: %s", program, options, r.err);
    return r;
}

Test(run_fast, every_step_gives_the_same_weights)
{
    result want = prints("fast", "");
    cr_assert_not_null(strstr(want.out, "weights "));
    for (int k = 0; k < 3; k++) {
        result r = prints(steps[k], "");
        cr_assert_str_eq(r.out, want.out, "%s: %s", steps[k], r.out);
        result_free(&r);
    }
    result_free(&want);
}

Test(run_fast, help_in_two_languages)
{
    succeeds("fast", "--help", "usage: fast");
    succeeds("fast", "--help --lang ko", "사용법: fast");
}

Test(run_fast, bad_options_end_with_one_line)
{
    refuses("fast", "", "TEXT");
    refuses("fast", "text --threads 0", "--threads 0");
    refuses("fast", "text --streams 0", "--streams 0");
    refuses("fast", "text --shards 65", "--shards 65");
    refuses("fast", "text --threads 1025", "--threads 1025");
    refuses("fast", "text --nonsense", "--nonsense");
}

Test(run_fast, a_step_tells_what_it_cannot_do)
{
    for (int k = 0; k < 3; k++) {
        refuses(steps[k], "text --streams 0", "--streams 0");
        refuses(steps[k], "text --shards 2 --streams 2", k == 0 ? "--s" : "--shards 2: ");
        refuses(steps[k], "text --threads 2", "--threads 2: ");
        refuses(steps[k], "text --threads 0", "--threads 0: ");
        refuses(steps[k], "text --threads 2 --lang ko", "--threads 2: ");
    }
    refuses(steps[0], "text --streams 2", "--streams 2: ");
}

Test(run_fast, streams_before_there_are_shards)
{
    result want = prints("fast", "--streams 3");
    for (int k = 1; k < 3; k++) {
        result r = prints(steps[k], "--streams 3");
        cr_assert_str_eq(r.out, want.out, "%s: %s", steps[k], r.out);
        result_free(&r);
    }
    result_free(&want);
}

/* More threads than shards, more than jobs: some have nothing to do. The line differs in their number alone. */
Test(run_fast, threads_to_spare_change_no_bit)
{
    result want = prints("fast", "--streams 4 --shards 2"),
           r = prints("fast", "--streams 4 --shards 2 --threads 200");
    cr_assert_str_eq(strstr(r.out, "loss"), strstr(want.out, "loss"));
    result_free(&r);
    result_free(&want);
    r = prints("fast", "--streams 6 --shards 3"); /* no power of two */
    result_free(&r);
}

/* The text with these options. */
static void step_does_not_fit(const char *program, const char *options, const char *says)
{
    char args[200];
    snprintf(args, sizeof args, "%s %s", TEXT, options);
    fails(1, program, args, says);
}

static void does_not_fit(const char *options, const char *says)
{
    step_does_not_fit("fast", options, says);
}

Test(run_fast, what_does_not_fit_the_text_ends_with_one_line)
{
    does_not_fit("--streams 1000", "--streams 1000");
    does_not_fit("--streams 1000 --lang ko", "--streams 1000");
    does_not_fit("--streams 4 --shards 3", "--shards 3");
    does_not_fit("--seq-length 100000", "--seq-length 100000");
    does_not_fit("--hidden 46000 --streams 100", "--hidden 46000");
    for (int k = 0; k < 3; k++) {
        step_does_not_fit(steps[k], "--seq-length 100000", "--seq-length 100000");
        if (k > 0) step_does_not_fit(steps[k], "--streams 1000", "--streams 1000");
    }
}

Test(run_fast, speed_is_shown_if_wanted)
{
    result r = prints("fast", "--speed");
    cr_assert_not_null(strstr(r.out, " characters/s"));
    result_free(&r);
    tells_a_full_disk("fast", "chapters/08-min-char-rnn/texts/sokdam.txt --iterations 1");
}
