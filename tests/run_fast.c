/* run_fast.c: the program fast, its steps, and its command line. */
#include "support/program.h"

#include <stdio.h>

static const char TEXT[] = "chapters/08-min-char-rnn/texts/sokdam.txt";

/* What `program` prints; the caller frees it. */
static result prints(const char *program, const char *options)
{
    result r = run("\"$BUILD/%s\" %s --hidden 21 --iterations 60 %s", program, TEXT, options);
    cr_assert_eq(r.status, 0, "%s %s: %s", program, options, r.err);
    return r;
}

Test(run_fast, every_step_gives_the_same_weights)
{
    static const char *const step[] = {"fast-1-rows", "fast-2-hoist", "fast-3-block"};
    result want = prints("fast", "");
    cr_assert_not_null(strstr(want.out, "weights "));
    for (int k = 0; k < 3; k++) {
        result r = prints(step[k], "");
        cr_assert_str_eq(r.out, want.out, "%s: %s", step[k], r.out);
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
    refuses("fast", "text --nonsense", "--nonsense");
}

/* The text with these options. */
static void does_not_fit(const char *options, const char *says)
{
    char args[200];
    snprintf(args, sizeof args, "%s %s", TEXT, options);
    fails(1, "fast", args, says);
}

Test(run_fast, what_does_not_fit_the_text_ends_with_one_line)
{
    does_not_fit("--streams 1000", "--streams 1000");
    does_not_fit("--streams 1000 --lang ko", "--streams 1000");
    does_not_fit("--streams 4 --shards 3", "--shards 3");
    does_not_fit("--seq-length 100000", "--seq-length 100000");
    does_not_fit("--hidden 46000 --streams 100", "--hidden 46000");
}

Test(run_fast, speed_is_shown_if_wanted)
{
    result r = prints("fast", "--speed");
    cr_assert_not_null(strstr(r.out, " characters/s"));
    result_free(&r);
    tells_a_full_disk("fast", "chapters/08-min-char-rnn/texts/sokdam.txt --iterations 1");
}
