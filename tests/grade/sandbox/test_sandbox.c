/* test_sandbox.c: runs jobs that misbehave in every mode that works here, as this user and, if that is root, as nobody.
 *
 * A job is victim.c, which does what the first line of its request says. valgrind 3.19 does not know the system calls
 * of the sandbox, so these tests do not run under it. */
#define _GNU_SOURCE

#include "sandbox.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NOBODY = 65534, PATIENT_MS = 20000, SHORT_MS = 200 };

static char folder[] = "/tmp/test-sandbox-XXXXXX";

static void in_folder(char *path, const char *name)
{
    cr_assert(snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX);
}

static void make_folder(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chmod(folder, 0777), 0);
}

static void remove_folder(void)
{
    char path[PATH_MAX];
    DIR *d = opendir(folder);
    for (struct dirent *f; d && (f = readdir(d)) != NULL;) {
        in_folder(path, f->d_name);
        unlink(path);
    }
    if (d) closedir(d);
    rmdir(folder);
}

TestSuite(sandbox, .init = make_folder, .fini = remove_folder, .timeout = 900);

/* The sandbox in this mode; skips the test if the mode does not work. */
static sandbox in_mode(sandbox_mode mode)
{
    sandbox box;
    error e = {""};
    setenv("GRADE_SANDBOX", sandbox_mode_name(mode), 1);
    if (!sandbox_detect(&box, &e)) cr_skip_test("%s", e.text);
    cr_assert_eq(box.mode, mode);
    return box;
}

/* Compile the victim in the sandbox, and open it. */
static int victim(const sandbox *box)
{
    char path[PATH_MAX], source[PATH_MAX], sources[PATH_MAX];
    snprintf(path, sizeof path, "%s", __FILE__);
    char *slash = strrchr(path, '/');
    cr_assert_not_null(slash);
    *slash = '\0';
    cr_assert_not_null(realpath(path, sources), "%s: run this in the folder where it was compiled",
                       path);
    cr_assert(snprintf(source, sizeof source, "%.*s/victim.c", PATH_MAX - 20, sources) > 0);
    const char *const command[] = {"gcc", "-O1", "-static", "-o", "victim", source, NULL};
    const char *const readable[] = {sources, NULL};
    const sandbox_limits limits = sandbox_compile_limits();
    sandbox_result r = sandbox_compile(box, command, folder, readable, &limits);
    cr_assert_eq(r.status, SANDBOX_DONE, "%s%s", r.why.text, r.log ? r.log : "");
    sandbox_result_free(&r);
    in_folder(path, "victim");
    const int fd = open(path, O_PATH | O_CLOEXEC);
    cr_assert(fd >= 0);
    return fd;
}

/* The usual limits; a job that idles has `ms`, and to compute no more than that. */
static sandbox_limits limits_of(int ms)
{
    sandbox_limits limits = sandbox_run_limits();
    limits.idle_ms = ms;
    if (ms < limits.cpu_ms) limits.cpu_ms = ms;
    return limits;
}

static sandbox_result run(const sandbox *box, int worker, const char *what, size_t room, int ms)
{
    char request[100];
    const sandbox_limits limits = limits_of(ms);
    snprintf(request, sizeof request, "%s\n", what);
    return sandbox_run(box, worker, request, strlen(request), room, &limits);
}

static int open_descriptors(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    while (readdir(d)) n++;
    closedir(d);
    return n;
}

/* ---- what jobs do, and how they end ---- */

enum { BOTH, BWRAP_ONLY, SECCOMP_ONLY };

static const struct {
    const char *does;
    sandbox_status status;
    int code;
    const char *answer;
    int where;
} jobs[] = {
    {"ends", SANDBOX_DONE, 0, "", BOTH},
    {"answers_nothing", SANDBOX_DONE, 0, "", BOTH},
    {"exits_in_a_constructor", SANDBOX_DONE, 0, "", BOTH},
    {"exits_with_3", SANDBOX_EXITED, 3, "", BOTH},
    {"exits_with_127", SANDBOX_EXITED, 127, "", BOTH},
    {"exits_with_minus_1", SANDBOX_EXITED, 255, "", BOTH},
    {"exits_with_137", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    /* crashes */
    {"aborts", SANDBOX_CRASHED, SIGABRT, "", BOTH},
    {"segfaults", SANDBOX_CRASHED, SIGSEGV, "", BOTH},
    {"traps", SANDBOX_CRASHED, SIGILL, "", BOTH},
    {"overflows_the_stack", SANDBOX_CRASHED, SIGSEGV, "", BOTH},
    {"ignores_signals_and_segfaults", SANDBOX_CRASHED, SIGSEGV, "", BOTH},
    {"answers_and_crashes", SANDBOX_CRASHED, SIGABRT, "right", BOTH},
    /* hangs */
    {"loops", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"sleeps", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"loops_in_a_constructor", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"hangs_at_exit", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"closes_all_and_loops", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"ignores_signals_and_loops", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"blocks_signals_and_sleeps", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"handles_sigxcpu", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"floods_1", SANDBOX_TIMEOUT, 0, "", BOTH},
    {"floods_2", SANDBOX_TIMEOUT, 0, "", BOTH},
    /* processes */
    {"stops", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"kills_itself", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"kills_its_parent", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"kills_all", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"forks", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"forks_in_a_constructor", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"clones", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"threads", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"new_session", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"traces", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"socket_opens", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"calls_by_another_table", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"makes_memfd", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    {"starts_a_shell", SANDBOX_DONE, 0, "no", BWRAP_ONLY},
    {"starts_a_shell", SANDBOX_BLOCKED, SIGSYS, "", SECCOMP_ONLY},
    {"starts_itself", SANDBOX_EXITED, 99, "", BWRAP_ONLY}, /* the request has been read */
    {"starts_itself", SANDBOX_BLOCKED, SIGSYS, "", SECCOMP_ONLY},
    {"starts_by_execveat", SANDBOX_BLOCKED, SIGSYS, "", BOTH},
    /* files */
    {"opens_passwd", SANDBOX_DONE, 0, "no", BOTH},
    {"opens_proc", SANDBOX_DONE, 0, "no", BOTH},
    {"opens_itself", SANDBOX_DONE, 0, "no", BOTH},
    {"opens_gently", SANDBOX_DONE, 0, "no", BOTH},
    {"writes_file", SANDBOX_DONE, 0, "no", BOTH},
    {"stats_passwd", SANDBOX_DONE, 0, "no", BOTH},
    {"writes_to_0", SANDBOX_CRASHED, SIGXFSZ, "", BOTH},
    {"closes_all", SANDBOX_DONE, 0, "", BOTH},
    {"shows_descriptors", SANDBOX_DONE, 0, "0 1 2 3 ", BOTH},
    /* resources */
    {"takes_16_gb", SANDBOX_DONE, 0, "no", BOTH},
    {"takes_bit_by_bit", SANDBOX_DONE, 0, "no", BOTH},
    {"loosens_its_limits", SANDBOX_DONE, 0, "no", BOTH},
    {"limits_its_parent", SANDBOX_DONE, 0, "no", BOTH},
    {"shows_limits", SANDBOX_DONE, 0, "2 134217728 0 1 8388608 ", BOTH},
    /* honest ones */
    {"talks", SANDBOX_DONE, 0, "", BOTH},
    {"logs_much", SANDBOX_DONE, 0, "done", BOTH},
    {"uses_memory", SANDBOX_DONE, 0, "done", BOTH},
    {"maps_code", SANDBOX_DONE, 0, "done", BOTH},
    {"computes_as_libc_does", SANDBOX_DONE, 0, "done", BOTH},
    {"shows_environment", SANDBOX_DONE, 0, "", BOTH},
    {"shows_signals", SANDBOX_DONE, 0, "", BOTH},
};

/* Run them all. Returns how many ended otherwise or left something behind. */
static int wrong_jobs(const sandbox *box, int worker)
{
    static const char *const names[] = {"done", "exited", "crashed", "timeout", "blocked", "infra"};
    int wrong = 0;
    const int other = box->mode == SANDBOX_BWRAP ? SECCOMP_ONLY : BWRAP_ONLY;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        if (jobs[i].where == other) continue;
        const int before = open_descriptors();
        sandbox_result r = run(box, worker, jobs[i].does, 100,
                               jobs[i].status == SANDBOX_TIMEOUT ? SHORT_MS : PATIENT_MS);
        const bool same = r.status == jobs[i].status && r.code == jobs[i].code &&
                          r.size == strlen(jobs[i].answer) && r.answer &&
                          memcmp(r.answer, jobs[i].answer, r.size) == 0;
        const bool alone = waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
        const bool late = r.cpu_ms > PATIENT_MS / 4;
        if (!same || !alone || late || before != open_descriptors()) {
            wrong++;
            fprintf(stderr, "ERROR %s, %s: %s %d, %zu bytes, %d ms%s: %s\n",
                    sandbox_mode_name(box->mode), jobs[i].does, names[r.status], r.code, r.size,
                    r.wall_ms, alone ? "" : ", a process is left", r.why.text);
        }
        sandbox_result_free(&r);
    }
    return wrong;
}

/* The same as user nobody, if we are root. */
static int wrong_as_nobody(const sandbox *box, int worker)
{
    const pid_t pid = fork();
    if (pid == 0) {
        if (setgroups(0, NULL) != 0 || setgid(NOBODY) != 0 || setuid(NOBODY) != 0) _exit(255);
        _exit(wrong_jobs(box, worker));
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static void all_jobs(sandbox_mode mode)
{
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    /* Signal settings of the caller must not reach the job. */
    sigset_t some;
    sigemptyset(&some);
    sigaddset(&some, SIGTERM);
    sigaddset(&some, SIGALRM);
    sigprocmask(SIG_BLOCK, &some, NULL);
    signal(SIGPIPE, SIG_IGN);
    cr_expect_eq(wrong_jobs(&box, worker), 0);
    if (geteuid() == 0) cr_expect_eq(wrong_as_nobody(&box, worker), 0, "as nobody");
}

Test(sandbox, bwrap_holds_every_job) { all_jobs(SANDBOX_BWRAP); }
Test(sandbox, seccomp_holds_every_job) { all_jobs(SANDBOX_SECCOMP); }

Test(sandbox, seccomp_holds_every_job_without_landlock)
{
    sandbox box = in_mode(SANDBOX_SECCOMP);
    const int worker = victim(&box);
    box.landlock = 0;
    cr_expect_eq(wrong_jobs(&box, worker), 0);
}

/* ---- requests and answers ---- */

static void passes_bytes(sandbox_mode mode)
{
    enum { HEAD = 7, SIZE = 5000000 };
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    const sandbox_limits limits = limits_of(PATIENT_MS);
    char *request = malloc(HEAD + SIZE);
    memcpy(request, "echoes\n", HEAD);
    for (int i = 0; i < SIZE; i++) request[HEAD + i] = (char) (i * 7 + i / 251);
    for (size_t room = SIZE - 1; room <= SIZE + 1; room++) {
        sandbox_result r = sandbox_run(&box, worker, request, HEAD + SIZE, room, &limits);
        cr_assert_eq(r.status, SANDBOX_DONE, "%s", r.why.text);
        cr_assert_eq(r.size, room < SIZE ? room : SIZE);
        cr_assert_eq(r.overflow, room < SIZE);
        cr_assert_eq(memcmp(r.answer, request + HEAD, r.size), 0);
        sandbox_result_free(&r);
        cr_assert_null(r.answer);
    }
    /* A request that is not read. */
    memcpy(request, "ends\n\n\n", HEAD);
    sandbox_result r = sandbox_run(&box, worker, request, HEAD + SIZE, 0, &limits);
    cr_assert_eq(r.status, SANDBOX_DONE);
    cr_assert(r.size == 0 && !r.overflow && r.log_size == 0 && !r.cut);
    cr_assert_str_eq(r.log, "");
    sandbox_result_free(&r);
    free(request);
    r = run(&box, worker, "answers_bytes", 5, PATIENT_MS);
    cr_assert(r.size == 5 && !r.overflow && memcmp(r.answer, "\0\377\1\n\0", 5) == 0);
    sandbox_result_free(&r);
    r = run(&box, worker, "answers_too_much", 0, PATIENT_MS);
    cr_assert(r.status == SANDBOX_DONE && r.size == 0 && r.overflow);
    sandbox_result_free(&r);
    r = run(&box, worker, "floods_3", 1000, SHORT_MS);
    cr_assert(r.status == SANDBOX_TIMEOUT && r.size == 1000 && r.overflow);
    sandbox_result_free(&r);
}

Test(sandbox, bwrap_passes_bytes) { passes_bytes(SANDBOX_BWRAP); }
Test(sandbox, seccomp_passes_bytes) { passes_bytes(SANDBOX_SECCOMP); }

static void keeps_a_log(sandbox_mode mode)
{
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    sandbox_result r = run(&box, worker, "talks", 0, PATIENT_MS);
    cr_assert_str_eq(r.log, "to stdout\nto stderr\n");
    cr_assert(r.log_size == 20 && !r.cut);
    sandbox_result_free(&r);
    sandbox_limits limits = limits_of(PATIENT_MS);
    limits.log = 19;
    r = sandbox_run(&box, worker, "talks\n", 6, 0, &limits);
    cr_assert_str_eq(r.log, "to stdout\nto stderr");
    cr_assert(r.cut);
    sandbox_result_free(&r);
    r = run(&box, worker, "floods_2", 0, SHORT_MS);
    cr_assert(r.cut && r.log_size == 64 << 10 && strlen(r.log) == r.log_size);
    sandbox_result_free(&r);
}

Test(sandbox, bwrap_keeps_a_log) { keeps_a_log(SANDBOX_BWRAP); }
Test(sandbox, seccomp_keeps_a_log) { keeps_a_log(SANDBOX_SECCOMP); }

static void limits_computing(sandbox_mode mode)
{
    static const char *const loops[] = {"loops", "handles_sigxcpu"};
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    for (int i = 0; i < 2; i++) {
        sandbox_result r = run(&box, worker, loops[i], 0, PATIENT_MS);
        cr_assert_eq(r.status, SANDBOX_TIMEOUT, "%d %d: %s", (int) r.status, r.code, r.why.text);
        cr_assert(r.cpu_ms >= 500 && r.cpu_ms < 3500, "%d ms", r.cpu_ms);
        sandbox_result_free(&r);
    }
}

/* The clock on the wall says nothing about a job: where it runs out first, the machine was too busy. */
static void blames_the_machine(sandbox_mode mode)
{
    static const char *const jobs_of_any_kind[] = {"loops", "sleeps"};
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    for (int i = 0; i < 2; i++) {
        sandbox_limits limits = limits_of(PATIENT_MS);
        limits.cpu_ms = PATIENT_MS;
        limits.wall_ms = SHORT_MS;
        sandbox_result r =
            sandbox_run(&box, worker, jobs_of_any_kind[i], strlen(jobs_of_any_kind[i]), 0, &limits);
        cr_assert(r.status == SANDBOX_INFRA && strstr(r.why.text, "too busy"), "%d: %s",
                  (int) r.status, r.why.text);
        sandbox_result_free(&r);
    }
}

Test(sandbox, bwrap_blames_a_busy_machine) { blames_the_machine(SANDBOX_BWRAP); }
Test(sandbox, seccomp_blames_a_busy_machine) { blames_the_machine(SANDBOX_SECCOMP); }

/* What has to wait for a processor does not idle: the job gets the processor after everybody else. */
static void waits_its_turn(sandbox_mode mode)
{
    enum { OTHERS = 12 };
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    pid_t others[OTHERS];
    for (int i = 0; i < OTHERS; i++)
        if ((others[i] = fork()) == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (volatile int k = 0;; k++) continue;
        }
    const sandbox_limits limits = limits_of(SHORT_MS);
    int wrong = 0;
    for (int i = 0; i < 10; i++) {
        sandbox_result r = sandbox_run(&box, worker, "computes_a_while\n", 17, 10, &limits);
        wrong += r.status != SANDBOX_DONE;
        if (r.status != SANDBOX_DONE)
            fprintf(stderr, "ERROR %d: %d of %d ms: %s\n", (int) r.status, r.cpu_ms, r.wall_ms,
                    r.why.text);
        sandbox_result_free(&r);
    }
    for (int i = 0; i < OTHERS; i++) kill(others[i], SIGKILL);
    while (waitpid(-1, NULL, 0) > 0) continue;
    cr_assert_eq(wrong, 0);
}

Test(sandbox, bwrap_lets_jobs_wait_their_turn) { waits_its_turn(SANDBOX_BWRAP); }
Test(sandbox, seccomp_lets_jobs_wait_their_turn) { waits_its_turn(SANDBOX_SECCOMP); }

Test(sandbox, bwrap_limits_computing) { limits_computing(SANDBOX_BWRAP); }
Test(sandbox, seccomp_limits_computing) { limits_computing(SANDBOX_SECCOMP); }

static void shows_user(sandbox_mode mode)
{
    const sandbox box = in_mode(mode);
    char self[40];
    snprintf(self, sizeof self, "%d %d", (int) getuid(), (int) getgid());
    sandbox_result r = run(&box, victim(&box), "shows_who", 40, PATIENT_MS);
    r.answer[r.size] = '\0'; /* one byte more than `room` is allocated */
    cr_assert_str_eq((const char *) r.answer,
                     mode == SANDBOX_BWRAP || geteuid() == 0 ? "65534 65534" : self);
    sandbox_result_free(&r);
}

Test(sandbox, bwrap_jobs_are_nobody) { shows_user(SANDBOX_BWRAP); }
Test(sandbox, seccomp_jobs_of_root_are_nobody) { shows_user(SANDBOX_SECCOMP); }

/* ---- failures of the sandbox ---- */

static void infra_is_ours(sandbox_mode mode)
{
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    char path[PATH_MAX];
    /* More memory than there is. */
    sandbox_result r = run(&box, worker, "ends", SIZE_MAX, PATIENT_MS);
    cr_assert(r.status == SANDBOX_INFRA && r.why.text[0] && r.size == 0 && !r.answer);
    sandbox_result_free(&r);
    /* No program. */
    in_folder(path, "text");
    FILE *f = fopen(path, "w");
    fputs("no program\n", f);
    fclose(f);
    chmod(path, 0755);
    int fd = open(path, O_PATH | O_CLOEXEC);
    r = run(&box, fd, "ends", 10, PATIENT_MS);
    cr_assert(r.status == SANDBOX_INFRA && r.why.text[0], "%d", (int) r.status);
    sandbox_result_free(&r);
    close(fd);
    /* No right to execute. */
    in_folder(path, "victim");
    chmod(path, 0644);
    r = run(&box, worker, "ends", 10, PATIENT_MS);
    cr_assert(r.status == SANDBOX_INFRA && r.why.text[0], "%d", (int) r.status);
    sandbox_result_free(&r);
    /* No descriptors. */
    chmod(path, 0755);
    int taken[4096], n = 0;
    while (n < 4096 && (taken[n] = dup(worker)) >= 0) n++;
    for (int free_ones = 0; n < 4096 && free_ones < 10 && n > 0; free_ones++) {
        r = run(&box, worker, "ends", 10, PATIENT_MS);
        cr_assert(r.status == SANDBOX_DONE || (r.status == SANDBOX_INFRA && r.why.text[0]));
        sandbox_result_free(&r);
        close(taken[--n]);
    }
    while (n > 0) close(taken[--n]);
    r = run(&box, worker, "ends", 10, PATIENT_MS);
    cr_assert_eq(r.status, SANDBOX_DONE, "%s", r.why.text);
    sandbox_result_free(&r);
}

Test(sandbox, bwrap_tells_what_is_our_fault) { infra_is_ours(SANDBOX_BWRAP); }
Test(sandbox, seccomp_tells_what_is_our_fault) { infra_is_ours(SANDBOX_SECCOMP); }

/* Killing the grader ends its job: the orphans become our children, and end. */
static void dies_with_its_grader(sandbox_mode mode)
{
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t grader = fork();
    if (grader == 0) {
        sandbox_result r = run(&box, worker, "sleeps", 10, 100000);
        _exit((int) r.status);
    }
    nanosleep(&(struct timespec){0, 300000000}, NULL);
    kill(grader, SIGKILL);
    int left = 0;
    while (waitpid(-1, NULL, 0) > 0) left++;
    cr_assert(errno == ECHILD && left >= 1);
}

Test(sandbox, bwrap_dies_with_its_grader, .timeout = 300) { dies_with_its_grader(SANDBOX_BWRAP); }
Test(sandbox, seccomp_dies_with_its_grader, .timeout = 300)
{
    dies_with_its_grader(SANDBOX_SECCOMP);
}

/* Only the fastest run counts, and of it as much as is ours: on a busy machine it waits for its turn. */
static void is_fast(sandbox_mode mode)
{
    enum { TRIES = 40 };
    const sandbox box = in_mode(mode);
    const int worker = victim(&box);
    double fastest = 1e9;
    for (int i = 0; i < TRIES; i++) {
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        sandbox_result r = run(&box, worker, "ends", 10, PATIENT_MS);
        clock_gettime(CLOCK_MONOTONIC, &to);
        cr_assert_eq(r.status, SANDBOX_DONE);
        sandbox_result_free(&r);
        const double ms =
            (double) (to.tv_sec - from.tv_sec) * 1e3 + (double) (to.tv_nsec - from.tv_nsec) / 1e6;
        if (ms < fastest) fastest = ms;
    }
    double load = 1;
    if (getloadavg(&load, 1) < 1 || load < 1) load = 1;
    fprintf(stderr, "%s: %.2f ms a run\n", sandbox_mode_name(mode), fastest);
    cr_assert(fastest < 50 * load, "%.2f ms", fastest);
}

Test(sandbox, bwrap_runs_in_milliseconds) { is_fast(SANDBOX_BWRAP); }
Test(sandbox, seccomp_runs_in_milliseconds) { is_fast(SANDBOX_SECCOMP); }

/* ---- which mode ---- */

Test(sandbox, mode_is_found_or_forced)
{
    sandbox box;
    error e = {""};
    unsetenv("GRADE_SANDBOX");
    cr_assert(sandbox_detect(&box, &e), "%s", e.text);
    cr_assert(box.detail[0] && !strchr(box.detail, '\n'));
    setenv("GRADE_SANDBOX", "none", 1);
    cr_assert(sandbox_detect(&box, &e), "%s", e.text);
    cr_assert_eq(box.mode, SANDBOX_NONE);
    setenv("GRADE_SANDBOX", "docker", 1);
    cr_assert_not(sandbox_detect(&box, &e));
    cr_assert_not_null(strstr(e.text, "docker"));
    setenv("GRADE_SANDBOX", "bwrap", 1);
    setenv("PATH", "/nowhere", 1);
    cr_assert_not(sandbox_detect(&box, &e));
    cr_assert_not_null(strstr(e.text, "bwrap"));
    unsetenv("GRADE_SANDBOX");
    cr_assert(sandbox_detect(&box, &e), "%s", e.text);
    cr_assert_neq(box.mode, SANDBOX_BWRAP);
}

Test(sandbox, without_one_nothing_is_run)
{
    const sandbox none = {.mode = SANDBOX_NONE};
    const char *const command[] = {"true", NULL};
    const sandbox_limits limits = sandbox_compile_limits();
    sandbox_result r = run(&none, 0, "ends", 10, PATIENT_MS);
    cr_assert(r.status == SANDBOX_INFRA && r.why.text[0]);
    sandbox_result_free(&r);
    r = sandbox_compile(&none, command, folder, NULL, &limits);
    cr_assert(r.status == SANDBOX_INFRA && r.why.text[0]);
    sandbox_result_free(&r);
    const sandbox no_landlock = {.mode = SANDBOX_SECCOMP};
    r = sandbox_compile(&no_landlock, command, folder, NULL, &limits);
    cr_assert(r.status == SANDBOX_INFRA && strstr(r.why.text, "Landlock"));
    sandbox_result_free(&r);
}

/* ---- the compiler ---- */

static void write_source(const char *name, const char *text)
{
    char path[PATH_MAX];
    in_folder(path, name);
    FILE *f = fopen(path, "w");
    cr_assert_not_null(f);
    fputs(text, f);
    cr_assert_eq(fclose(f), 0);
}

/* Run a command, and check its status and a part of its log. */
static int wrong_command(const sandbox *box, const char *const argv[], const char *const readable[],
                         sandbox_status status, const char *says)
{
    const sandbox_limits limits = sandbox_compile_limits();
    const int before = open_descriptors();
    sandbox_result r = sandbox_compile(box, argv, folder, readable, &limits);
    const char *log = r.log ? r.log : "";
    const bool alone = waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
    const bool right = r.status == status &&
                       (!says || strstr(log, says) || strstr(r.why.text, says)) && alone &&
                       before == open_descriptors();
    if (!right)
        fprintf(stderr, "ERROR %s, %s %s: %d %d %s: %.300s\n", sandbox_mode_name(box->mode),
                argv[0], argv[1], (int) r.status, r.code, r.why.text, log);
    sandbox_result_free(&r);
    return !right;
}

#define RUNS(status, says, ...)                                                                    \
    wrong += wrong_command(box, (const char *const[]){__VA_ARGS__, NULL}, NULL, status, says)

static int wrong_commands(const sandbox *box)
{
    int wrong = 0;
    static const char *const compilers[] = {"gcc", "clang"};
    for (int i = 0; i < 2; i++) {
        if (access(i == 0 ? "/usr/bin/gcc" : "/usr/bin/clang", X_OK) != 0) continue;
        RUNS(SANDBOX_DONE, NULL, compilers[i], "-O2", "-c", "good.c", "-o", "good.o");
        RUNS(SANDBOX_DONE, NULL, "objcopy", "--keep-global-symbol=main", "good.o", "kept.o");
        RUNS(SANDBOX_DONE, NULL, compilers[i], "-static", "kept.o", "-o", "good", "-lm");
        RUNS(SANDBOX_EXITED, "error", compilers[i], "-c", "bad.c");
        RUNS(SANDBOX_EXITED, "passwd", compilers[i], "-c", "passwd.c");
        RUNS(SANDBOX_EXITED, NULL, compilers[i], "-c", "incbin.c");
        RUNS(SANDBOX_EXITED, "recursive", compilers[i], "-c", "recursive.c");
        if (i == 0) RUNS(SANDBOX_EXITED, NULL, compilers[i], "-c", "large.c");
        RUNS(SANDBOX_EXITED, NULL, compilers[i], "-c", "good.c", "-o", "/usr/sandbox-was-here.o");
        RUNS(SANDBOX_EXITED, NULL, compilers[i], "-c", "good.c", "-o", "/tmp/sandbox-was-here.o");
    }
    RUNS(SANDBOX_INFRA, "exec", "no-such-compiler", "-c");
    RUNS(SANDBOX_EXITED, NULL, "cat", "/etc/passwd");
    RUNS(SANDBOX_EXITED, NULL, "ls", "/proc/1/fd");
    RUNS(SANDBOX_DONE, "TMPDIR=/tmp/test-sandbox", "env", "-u", "NOTHING");
    RUNS(SANDBOX_DONE, "[0]", "sh", "-c", "echo [$(cat | wc -c)]");
    /* A killed command leaves a child in the background. */
    RUNS(SANDBOX_CRASHED, NULL, "sh", "-c", "sleep 100 & kill -ABRT $$");
    RUNS(SANDBOX_DONE, NULL, "sh", "-c", "sleep 100 & exit 0");
    return wrong;
}

static int wrong_limits(const sandbox *box)
{
    int wrong = 0;
    sandbox_limits limits = sandbox_compile_limits();
    limits.idle_ms = SHORT_MS;
    const char *const hangs[] = {"sh", "-c", "sleep 100 & sleep 100; echo", NULL};
    sandbox_result r = sandbox_compile(box, hangs, folder, NULL, &limits);
    wrong += r.status != SANDBOX_TIMEOUT || waitpid(-1, NULL, WNOHANG) >= 0 || errno != ECHILD;
    sandbox_result_free(&r);
    limits = sandbox_compile_limits();
    limits.cpu_ms = 1000;
    const char *const loops[] = {"sh", "-c", "while :; do :; done", NULL};
    r = sandbox_compile(box, loops, folder, NULL, &limits);
    wrong += r.status != SANDBOX_TIMEOUT || r.cpu_ms > 4000;
    sandbox_result_free(&r);
    const char *const floods[] = {"sh", "-c", "yes | head -c 1000000", NULL};
    r = sandbox_compile(box, floods, folder, NULL, &limits);
    wrong += r.status != SANDBOX_DONE || !r.cut || r.log_size != limits.log;
    sandbox_result_free(&r);
    return wrong;
}

static void confines_compilers(sandbox_mode mode)
{
    const sandbox box = in_mode(mode);
    if (mode == SANDBOX_SECCOMP && box.landlock == 0) cr_skip_test("no Landlock");
    write_source("good.c", "#include <math.h>\n#include <stdio.h>\nint main(int c, char **v)\n"
                           "{ (void) v; return printf(\"%f\", sqrt(c)) < 0; }\n");
    write_source("bad.c", "int main(void) { return x; }\n");
    write_source("passwd.c", "#include \"/etc/passwd\"\n");
    write_source("incbin.c", "__asm__(\".incbin \\\"/etc/passwd\\\"\");\n");
    write_source("recursive.c", "#include \"recursive.c\"\n");
    write_source("large.c", "char large[1ULL << 40] = {1};\n");
    cr_expect_eq(wrong_commands(&box), 0);
    cr_expect_eq(wrong_limits(&box), 0);
    if (geteuid() != 0) return;
    fflush(NULL);
    char path[PATH_MAX];
    static const char *const made[] = {"good.o", "kept.o", "good", "large.o"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        in_folder(path, made[i]);
        unlink(path);
    }
    const pid_t pid = fork();
    if (pid == 0) {
        if (setgroups(0, NULL) != 0 || setgid(NOBODY) != 0 || setuid(NOBODY) != 0) _exit(255);
        _exit(wrong_commands(&box) + wrong_limits(&box));
    }
    int status = 0;
    waitpid(pid, &status, 0);
    cr_expect_eq(status, 0, "as nobody");
}

Test(sandbox, bwrap_confines_compilers) { confines_compilers(SANDBOX_BWRAP); }
Test(sandbox, seccomp_confines_compilers) { confines_compilers(SANDBOX_SECCOMP); }
