/* session.c: options, files and progress of a long run. See session.h. */
#include "platform.h"

#include "session.h"

#include "require.h"
#include "text.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void session_rows(session *s, args_option rows[SESSION_ROWS])
{
    int n = 0;
    if (s->log_every == 0) s->log_every = 1;
    if (s->save_every == 0) s->save_every = 60;
    rows[n++] = s->by_epochs ? (args_option){"epochs",
                                             ARGS_INT,
                                             &s->until,
                                             0,
                                             INT_MAX,
                                             "epochs in all, also after --resume",
                                             "전체 에폭 수(--resume 뒤에도 전체)"}
                             : (args_option){"iterations",
                                             ARGS_INT,
                                             &s->until,
                                             0,
                                             INT_MAX,
                                             "iterations in all, also after --resume",
                                             "전체 반복 횟수(--resume 뒤에도 전체)"};
    rows[n++] = (args_option){"log",
                              ARGS_FILE,
                              &s->log_path,
                              0,
                              0,
                              "table of the run's figures",
                              "학습의 수치를 적을 표"};
    if (!s->by_epochs)
        rows[n++] = (args_option){
            "log-every",          ARGS_INT, &s->log_every, 1, INT_MAX, "iterations from row to row",
            "표에 적는 반복 간격"};
    if (s->has_samples)
        rows[n++] = (args_option){
            "samples",         ARGS_FILE, &s->samples_path, 0, 0, "where to write the samples, too",
            "표본을 적을 파일"};
    rows[n++] = (args_option){"checkpoint",
                              ARGS_FILE,
                              &s->checkpoint,
                              0,
                              0,
                              "where to save the run; with --resume, there if not told",
                              "학습 상태를 저장할 파일, 없으면 --resume의 파일"};
    rows[n++] = (args_option){"save-every",
                              ARGS_INT,
                              &s->save_every,
                              1,
                              INT_MAX,
                              "seconds from save to save: a crash costs no more",
                              "저장하고 다시 저장하기까지의 초"};
    rows[n++] = (args_option){"resume",
                              ARGS_FILE,
                              &s->resume,
                              0,
                              0,
                              "go on from this checkpoint",
                              "이 체크포인트에서 이어 감"};
    rows[n++] = (args_option){"force",
                              ARGS_FLAG,
                              &s->force,
                              0,
                              0,
                              "replace files of other runs; go on where the log has gaps",
                              "다른 학습의 파일을 덮어쓰고, 기록이 빠져 있어도 이어 감"};
    rows[n++] = (args_option){"check",
                              ARGS_FLAG,
                              &s->check,
                              0,
                              0,
                              "check a sample of the gradient, before the first iteration and "
                              "after the last",
                              "첫 반복 앞과 마지막 반복 뒤에 기울기의 표본을 검사"};
    rows[n++] = (args_option){"quiet",
                              ARGS_FLAG,
                              &s->quiet,
                              0,
                              0,
                              "say nothing but errors",
                              "오류 말고는 아무것도 보이지 않음"};
    rows[n] = (args_option){.kind = ARGS_END};
}

int session_args(session *s, const args_option *options, const char *const fixed[], const char *en,
                 const char *ko, int argc, char **argv)
{
    const args a = {s->program, "TEXT", 1, en, ko, options};
    double saved[SESSION_FIXED];
    int n = 0;
    for (; s->saved && fixed[n]; n++) {
        REQUIRE(n, <, SESSION_FIXED);
        saved[n] = args_number(&a, fixed[n]);
    }
    const int status = args_read(&a, argc, argv, &s->text_path);
    if (s->resume && !args_given(argc, argv, "checkpoint")) s->checkpoint = s->resume;
    for (int k = 0; k < n; k++) {
        const double given = args_number(&a, fixed[k]);
        if (given == saved[k]) continue;
        error_set(&s->e,
                  say("%s was saved with --%s %s, not %s; leave the option out or start anew",
                      "%s: --%s 값이 %s(저장된 것)와 %s로 다릅니다. 그 옵션을 빼거나 처음부터 "
                      "시작하십시오"),
                  s->resume, fixed[k], args_shown((char[NUM_ROOM]){0}, &a, fixed[k], saved[k]),
                  args_shown((char[NUM_ROOM]){0}, &a, fixed[k], given));
        return EXIT_FAILURE;
    }
    return status;
}

/* ---- a file in two roles ---- */

/* A file of the run. */
typedef struct role {
    const char *name; /* the option, or what it is */
    const char *path;
} role;

static bool refuse_roles(session *s, const role *a, const role *b)
{
    return error_set(&s->e,
                     say("%s is %s and %s; give another name", "%s: %s이면서 %s입니다. 다른 이름을 "
                                                               "주십시오"),
                     a->path, a->name, b->name);
}

enum { ROLES = 8, READ = 2 /* of them are only read */, NAMED = 6 /* have a name of their own */ };

/* Is there such a file? What is printed matters only if it goes to a file, and without --quiet. */
static bool has_role(const session *s, const role *own, int i)
{
    return own[i].path && (i < NAMED || (!s->quiet && file_is_regular(own[i].path)));
}

/* No file may be one of those that stand beside this checkpoint while it is written. */
static bool check_beside(session *s, const role *own, const char *checkpoint)
{
    static const char *const end[] = {FILE_LOCK, FILE_PART};
    const role needed = {say("a file that --checkpoint needs", "--checkpoint에 필요한 파일"), NULL};
    bool good = true;
    for (int k = 0; checkpoint && k < 2 && good; k++) {
        char *name = file_beside(checkpoint, end[k], &s->e);
        good = name != NULL;
        for (int i = 0; i < ROLES && good; i++)
            if (has_role(s, own, i) && file_same(name, own[i].path))
                good = refuse_roles(s, &own[i], &needed);
        free(name);
    }
    return good;
}

/* No file may be written that is read, or written by another part of the program; only a checkpoint may be --resume. */
static bool check_roles(session *s)
{
    const role own[ROLES] = {
        {say("the text", "글"), s->text_path},
        {"--resume", s->resume},
        {s->checkpoint == s->resume ? "--resume" : "--checkpoint", s->checkpoint},
        {say("the best checkpoint", "가장 좋은 체크포인트"), s->best},
        {"--log", s->log_path},
        {"--samples", s->samples_path},
        {say("the standard output", "표준 출력"), "/dev/stdout"},
        {say("the standard error", "표준 오류"), "/dev/stderr"}};
    for (int j = READ; j < ROLES; j++)
        for (int i = 0; i < j; i++) {
            if ((i >= NAMED && j >= NAMED) || (i == 1 && (j == 2 || j == 3))) continue;
            if (!has_role(s, own, i) || !has_role(s, own, j)) continue;
            if (i >= READ && strncmp(own[j].path, "/dev/", 5) == 0 && !file_is_regular(own[j].path))
                continue; /* several may write to a terminal */
            if (file_same(own[i].path, own[j].path)) return refuse_roles(s, &own[i], &own[j]);
        }
    return check_beside(s, own, s->checkpoint) && check_beside(s, own, s->best);
}

bool session_begin(session *s)
{
    live_catch();
    if (!check_roles(s)) return false;
    if (!s->resume) return true;
    s->saved = savefile_open(s->resume, &s->e);
    return s->saved != NULL;
}

bool session_text(session *s, text *t)
{
    if (!text_read(t, s->text_path, &s->e)) return false;
    if (t->had_mark && !s->quiet)
        fprintf(stderr,
                say("%s: the byte order mark at its start is left out\n",
                    "%s: 맨 앞의 바이트 순서 표시(BOM)를 뺐습니다\n"),
                TEXT_SHOWN(s->text_path));
    return true;
}

bool session_same_text(session *s, uint64_t hash)
{
    if (savefile_text_is(s->saved, hash)) return true;
    return error_set(&s->e,
                     say("%s was saved while training on another text than %s",
                         "%s: %s 말고 다른 글로 학습하던 것입니다"),
                     s->resume, s->text_path);
}

static bool is_too_far(session *s, int done)
{
    if (done <= s->until) return false;
    error_set(&s->e,
              s->by_epochs ? say("%s has %d epochs behind it, more than --epochs %d",
                                 "%s: 이미 %d에폭을 마쳤습니다. --epochs %d보다 많습니다")
                           : say("%s has %d iterations behind it, more than --iterations %d",
                                 "%s: 이미 %d번 반복했습니다. --iterations %d보다 많습니다"),
              s->resume, done, s->until);
    return true;
}

/* ---- the files that are written ---- */

/* What tells this checkpoint from one of the run; NULL if nothing does. */
static const char *other_than(const session *s, const savefile *run, const npy *file)
{
    static char what[200];
    int n = 0;
    const char *name = savefile_other(run, file);
    if (name && strcmp(name, savefile_text_name) == 0)
        return say("is a run on another text", "다른 글로 하던 학습입니다");
    if (name) {
        snprintf(what, sizeof what, say("is a run with another %s", "%s 값이 다른 학습입니다"),
                 name);
        return what;
    }
    const char *steps = s->by_epochs ? "epoch" : "n";
    if (npy_get(file, &(npy_field){steps, 'i', 4, 0, 0, &n}) && n <= s->until) return NULL;
    snprintf(what, sizeof what,
             s->by_epochs ? say("has %d epochs behind it", "이미 %d에폭을 마친 학습입니다")
                          : say("has %d iterations behind it", "이미 %d번 반복한 학습입니다"),
             n);
    return what;
}

/* Does this checkpoint replace nothing but one of the same run? */
static bool check_checkpoint(session *s, const char *path, const savefile *run)
{
    struct stat st;
    error ignored;
    if (!path || s->force || file_same(path, s->resume)) return true;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) return true;
    npy *file = savefile_open(path, &ignored);
    const char *what = file ? other_than(s, run, file)
                            : say("is there and is no checkpoint of this program",
                                  "이 프로그램의 체크포인트가 아닌 파일입니다");
    npy_free(file);
    if (!what) return true;
    return error_set(&s->e,
                     say("%s %s; give another --checkpoint, go on with it by --resume, or replace "
                         "it with --force",
                         "%s: %s. 다른 --checkpoint를 주거나, --resume으로 이어 가거나, --force로 "
                         "덮어쓰십시오"),
                     path, what);
}

/* Can the checkpoint be written? Better to find out now than after an hour. */
static bool try_checkpoint(session *s)
{
    file_out out;
    if (!s->checkpoint) return true;
    if (!file_lock_take(&s->lock, s->checkpoint, &s->e) ||
        !file_begin(&out, s->checkpoint, NPY_BEGINS, &s->e))
        return false;
    file_discard(&out);
    return true;
}

/* Look at the files that the run appends to. */
static bool plan_files(session *s, int done)
{
    /* Rows of iterations are numbered by their start, those of epochs by their end. */
    const int first = s->by_epochs ? 1 : 0;
    const bool resumed = s->resume != NULL;
    const runlog_form rows = {RUNLOG_ROWS,  s->head, first,   done + first, s->until + first,
                              s->log_every, 0,       resumed, s->by_epochs, s->force};
    const runlog_form texts = {RUNLOG_SAMPLES,   "",      0,     done,    s->until, s->sample_every,
                               s->sample_length, resumed, false, s->force};
    return runlog_plan(&s->log, s->log_path, &rows, &s->e) &&
           runlog_plan(&s->samples, s->samples_path, &texts, &s->e);
}

static bool open_files(session *s)
{
    if (runlog_open(&s->log, &s->e) && runlog_open(&s->samples, &s->e) &&
        runlog_begin(&s->log, &s->e) && runlog_begin(&s->samples, &s->e) && session_flush(s))
        return true;
    runlog_drop(&s->log);
    runlog_drop(&s->samples);
    return false;
}

bool session_open(session *s, const savefile *run, int done, const char *head, ...)
{
    va_list values;
    va_start(values, head);
    const int length = vsnprintf(s->head, sizeof s->head, head, values);
    va_end(values);
    REQUIRE(length, <, (int) sizeof s->head);
    npy_free(s->saved);
    s->saved = NULL;
    if (is_too_far(s, done) || !check_checkpoint(s, s->checkpoint, run) ||
        !check_checkpoint(s, s->best, run) || !plan_files(s, done) || !try_checkpoint(s) ||
        !open_files(s))
        return false;
    if (!s->quiet) fprintf(stderr, "%s%s", s->log.told, s->samples.told);
    s->live = live_begin(!s->quiet);
    s->saved_at = s->live.start;
    session_lap(s, done);
    return true;
}

bool session_is_finite(session *s, double loss, int n)
{
    if (isfinite(loss)) return true;
    return error_set(&s->e,
                     s->by_epochs ? say("the loss is not finite any more in epoch %d; lower "
                                        "--learning-rate",
                                        "에폭 %d에서 손실이 더는 유한하지 않습니다. "
                                        "--learning-rate를 낮추십시오")
                                  : say("the loss is not finite any more at iteration %d; lower "
                                        "--learning-rate or clip the gradient",
                                        "반복 %d에서 손실이 더는 유한하지 않습니다. "
                                        "--learning-rate를 낮추거나 기울기를 자르십시오"),
                     n);
}

bool session_goes_on(const session *s, int done) { return done < s->until && !live_stopped(); }

bool session_save_due(session *s)
{
    const double now = live_seconds();
    if (now - s->saved_at < s->save_every) return false;
    s->saved_at = now;
    return true;
}

/* After a signal a pipe waits for session_end(). */
static bool waits(const runlog *l) { return live_stopped() && !l->regular; }

bool session_flush(session *s)
{
    return (waits(&s->log) || runlog_flush(&s->log, &s->e)) &&
           (waits(&s->samples) || runlog_flush(&s->samples, &s->e));
}

bool session_sync(session *s)
{
    return (waits(&s->log) || runlog_sync(&s->log, &s->e)) &&
           (waits(&s->samples) || runlog_sync(&s->samples, &s->e));
}

void session_lap(session *s, int done)
{
    s->from = done;
    s->since = live_seconds();
}

double session_rate(const session *s, int done)
{
    const double spent = live_seconds() - s->since;
    return spent > 0 ? (done - s->from) / spent : 0;
}

bool session_line_due(session *s) { return live_due(&s->live); }

void session_line(const session *s, bool stays, const char *format, ...)
{
    char line[400];
    va_list values;
    if (s->quiet) return;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    if (stays) live_clear(&s->live);
    fprintf(stderr, "%s%s%s", stays ? "" : live_before(&s->live), line,
            stays ? "\n" : live_after(&s->live));
}

void session_report(const session *s, int done)
{
    if (s->quiet) return;
    if (live_stopped())
        fprintf(stderr,
                s->by_epochs ? say("stopped after %d epochs\n", "%d에폭을 마치고 멈췄습니다\n")
                             : say("stopped after %d iterations\n", "%d번 반복하고 멈췄습니다\n"),
                done);
    if (s->log_path) fprintf(stderr, say("log: %s\n", "기록: %s\n"), TEXT_SHOWN(s->log_path));
    if (s->samples_path)
        fprintf(stderr, say("samples: %s\n", "표본: %s\n"), TEXT_SHOWN(s->samples_path));
    if (s->checkpoint)
        fprintf(stderr, say("checkpoint: %s\n", "체크포인트: %s\n"), TEXT_SHOWN(s->checkpoint));
}

int session_end(session *s, bool good)
{
    error ignored, *e = good ? &s->e : &ignored; /* report the first error */
    const bool log = runlog_close(&s->log, e);
    const bool samples = runlog_close(&s->samples, good && log ? e : &ignored);
    npy_free(s->saved);
    s->saved = NULL;
    file_lock_free(&s->lock);
    live_clear(&s->live);
    const int status = good && log && samples ? EXIT_SUCCESS : say_error(s->program, &s->e);
    return live_stopped() ? SAY_SIGNALS + live_stopped() : status;
}

void writing_rows(writing *w, args_option rows[WRITING_ROWS])
{
    w->temperature = 1;
    rows[0] = (args_option){"length",
                            ARGS_INT,
                            &w->length,
                            0,
                            w->words ? 10000000 : 100000000,
                            w->words ? "words to write" : "characters to write",
                            w->words ? "쓸 단어 수" : "쓸 문자 수"};
    rows[1] = (args_option){
        "temperature",
        ARGS_REAL,
        &w->temperature,
        0,
        1e6,
        "below 1: the likelier; 0: always the likeliest; above 1: wilder",
        w->words ? "1보다 낮으면 그럴듯하게, 0이면 늘 가장 그럴듯한 단어, 높으면 거칠게"
                 : "1보다 낮으면 그럴듯하게, 0이면 늘 가장 그럴듯한 문자, 높으면 거칠게"};
    rows[2] = (args_option){"prime",
                            ARGS_TEXT,
                            &w->prime,
                            0,
                            0,
                            w->words ? "words to begin with" : "how the text begins",
                            w->words ? "첫머리 단어들" : "첫머리 글"};
    rows[3] = (args_option){"seed",       ARGS_SEED, &w->seed, 0, 0, "seed of the random numbers",
                            "난수의 시드"};
    rows[4] = (args_option){.kind = ARGS_END};
}

int writing_args(writing *w, const char *en, const char *ko, int argc, char **argv)
{
    args_option options[WRITING_ROWS];
    writing_rows(w, options);
    const args a = {w->program, "CHECKPOINT", 1, en, ko, options};
    return args_read(&a, argc, argv, &w->path);
}

bool writing_is_whole(const writing *w, int drawn, error *e)
{
    if (drawn == w->length) return true;
    return error_set(e,
                     say("%s: the network's numbers are no longer finite",
                         "%s: 신경망의 수가 유한하지 않습니다"),
                     w->path);
}

int session_usage(const char *program, const char *en, const char *ko, int argc, char **argv)
{
    static const args_option none[] = {{.kind = ARGS_END}};
    static const char *const give[] = {"train or sample", "train이나 sample을"};
    char more[2][300];
    snprintf(more[0], sizeof more[0], "%s `%s train --help` and `%s sample --help` tell more.", en,
             program, program);
    snprintf(more[1], sizeof more[1], "%s `%s train --help`와 `%s sample --help`를 보십시오.", ko,
             program, program);
    const args a = {program, "train TEXT | sample CHECKPOINT", 1, more[0], more[1], none};
    return session_commands(&a, give, argc, argv);
}

int session_commands(const args *a, const char *const give[2], int argc, char **argv)
{
    const char *what = NULL;
    error e;
    const int status = args_read(a, argc, argv, &what);
    if (status != ARGS_GO_ON) return say_done(a->program, status);
    error_set(&e, say("%s: give %s; see --help", "%s: %s 주십시오. --help를 보십시오"), what,
              say(give[0], give[1]));
    say_error(a->program, &e);
    return 2;
}
