/* spawn.c: a job from start to end: the child, from fork to exec; the parent that watches it; how it ended. See
 * job.h. */
#define _GNU_SOURCE

#include "job.h"

#include "require.h"

#ifdef SANDBOX_HERE

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What older headers lack. The numbers are those of every architecture. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

enum { NOBODY = 65534, STACK = 8 << 20, CHUNK = 1 << 16, LOOK_MS = 50 };

/* ---- the plan ---- */

int bytes_file(const void *bytes, size_t size)
{
    const int fd = memfd_create("request", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    const unsigned char *at = bytes;
    bool ok = fd >= 0;
    while (ok && size > 0) {
        const ssize_t n = write(fd, at, size);
        if (n < 0 && errno == EINTR) continue;
        ok = n > 0;
        if (ok) at += n, size -= (size_t) n;
    }
    if (ok && lseek(fd, 0, SEEK_SET) == 0 &&
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK) == 0)
        return fd;
    if (fd >= 0) close(fd);
    return -1;
}

void check_limits(const sandbox_limits *l)
{
    REQUIRE(l->cpu_ms, >, 0);
    REQUIRE(l->idle_ms, >, 0);
    REQUIRE(l->wall_ms, >, 0);
    REQUIRE(l->memory > 0, ==, true);
}

plan plan_new(const sandbox_limits *limits)
{
    plan p = {.limits = limits, .guarded = true, .hidden = EXTRA};
    for (int i = 0; i < PLACES; i++) p.fd[i] = -1;
    return p;
}

void plan_close(plan *p)
{
    shut(&p->fd[REQUEST]);
    shut(&p->fd[RULES]);
}

/* ---- the child ---- */

/* The steps of the child, to say which one failed. */
enum { AT_FILES, AT_FOLDER, AT_LIMITS, AT_USER, AT_PARENT, AT_LANDLOCK, AT_FILTER, AT_EXEC };

static const char *step_name(int step)
{
    static const char *const names[] = {
        "dup2", "chdir", "setrlimit", "setuid", "PR_SET_PDEATHSIG", "Landlock", "seccomp", "exec"};
    return step >= 0 && step < (int) (sizeof names / sizeof *names) ? names[step] : "?";
}

/* A child that fails writes FAILED, the step and errno to STATUS; bubblewrap writes JSON there. */
enum { FAILED = '!' };

static _Noreturn void give_up(int status, int step)
{
    const char said[3] = {FAILED, (char) step, (char) errno};
    while (write(status, said, sizeof said) < 0 && errno == EINTR) continue;
    _exit(1);
}

/* Set the soft limit to `most`, and the hard one to `at_all`. */
static bool limit(int resource, rlim_t most, rlim_t at_all)
{
    struct rlimit now;
    if (syscall(SYS_prlimit64, 0, resource, NULL, &now) != 0) return false;
    const struct rlimit then = {most < now.rlim_max ? most : now.rlim_max,
                                at_all < now.rlim_max ? at_all : now.rlim_max};
    return syscall(SYS_prlimit64, 0, resource, &then, NULL) == 0;
}

/* Move every descriptor to its place, and close the others. */
static bool place(plan *p)
{
    for (int i = 0; i < PLACES; i++)
        if (p->fd[i] >= 0 && (p->fd[i] = fcntl(p->fd[i], F_DUPFD_CLOEXEC, PLACES)) < 0)
            return false;
    for (int i = 0; i < PLACES; i++) {
        if (p->fd[i] < 0)
            close(i);
        else if (dup3(p->fd[i], i, i >= p->hidden ? O_CLOEXEC : 0) < 0)
            return false;
        else
            p->fd[i] = i;
    }
    if (syscall(SYS_close_range, PLACES, ~0U, 0) == 0) return true;
    struct rlimit files;
    if (syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &files) != 0) return false;
    for (int fd = PLACES; (rlim_t) fd < files.rlim_cur; fd++) close(fd);
    return true;
}

/* Reset signals: the caller may ignore or block some. */
static void clean_signals(void)
{
    const struct sigaction by_default = {.sa_handler = SIG_DFL};
    for (int s = 1; s < NSIG; s++) sigaction(s, &by_default, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool limits_set(const sandbox_limits *l)
{
    /* One byte of core: none is written, but with 0 a program in core_pattern would get all of it. Address space comes
     * last: this process may already use more. */
    const rlim_t cpu = (rlim_t) (l->cpu_ms + 999) / 1000; /* if nobody looks in time */
    return limit(RLIMIT_CORE, 1, 1) && limit(RLIMIT_CPU, cpu, cpu + 1) &&
           limit(RLIMIT_FSIZE, l->file, l->file) && limit(RLIMIT_STACK, STACK, STACK) &&
           limit(RLIMIT_AS, l->memory, l->memory);
}

static _Noreturn void child(plan *p)
{
    clean_signals();
    setsid();
    if (!place(p)) give_up(p->fd[STATUS], AT_FILES);
    if (p->folder && chdir(p->folder) != 0) give_up(STATUS, AT_FOLDER);
    if (p->nobody && (syscall(SYS_setgroups, 0, NULL) != 0 ||
                      syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) != 0 ||
                      syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) != 0))
        give_up(STATUS, AT_USER);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != p->parent) give_up(STATUS, AT_PARENT);
    if (!limits_set(p->limits)) give_up(STATUS, AT_LIMITS);
    if (p->guarded) {
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up(STATUS, AT_LANDLOCK);
        if (p->fd[RULES] >= 0 && !landlock_confine(RULES)) give_up(STATUS, AT_LANDLOCK);
    }
    if (p->argv) {
        execvpe(p->argv[0], (char *const *) (uintptr_t) p->argv,
                (char *const *) (uintptr_t) p->envp);
        give_up(STATUS, AT_EXEC);
    }
    filter f;
    filter_build(&f, p->nothing, getpid());
    const struct sock_fprog program = {f.n, f.code};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) give_up(STATUS, AT_FILTER);
    char *const name[] = {"worker", NULL}, *const none[] = {NULL};
    syscall(SYS_execveat, EXTRA, p->nothing, name, none, AT_EMPTY_PATH);
    give_up(STATUS, AT_EXEC);
}

/* ---- the parent ---- */

/* Up to `room` bytes read from the job. */
typedef struct sink {
    int fd; /* -1: at end of file */
    unsigned char *bytes;
    size_t size, room;
    bool over;
} sink;

/* A running job. */
typedef struct job {
    pid_t pid;  /* the child: the job itself, or bubblewrap */
    int gone;   /* pidfd of pid */
    int inside; /* pidfd of process 1 in bubblewrap's namespace; -1: unknown */
    bool bwrap, started, killed, overdue;
    sink answer, log, status;
    int64_t start, end,
        look; /* times: of its start, its end at the latest, and of the next look at it */
    int64_t idle_ms, cpu_ms; /* so far */
    unsigned char chunk[CHUNK];
} job;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void shut(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* Allocate one byte more than the room. */
static bool sink_make(sink *s, size_t room)
{
    s->fd = -1;
    s->room = room;
    s->bytes = room < SIZE_MAX ? malloc(room + 1) : NULL;
    return s->bytes != NULL;
}

/* Open a pipe that is read without blocking, and return its other end; -1 on failure. */
static int sink_pipe(sink *s)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    s->fd = ends[0];
    if (fcntl(s->fd, F_SETFL, O_NONBLOCK) == 0) return ends[1];
    close(ends[1]);
    return -1;
}

/* Read once. Returns whether there may be more. */
static bool sink_read(sink *s, unsigned char *chunk)
{
    if (s->fd < 0) return false;
    const ssize_t n = read(s->fd, chunk, CHUNK);
    if (n < 0 && errno == EINTR) return true;
    if (n < 0 && errno == EAGAIN) return false;
    if (n <= 0) {
        shut(&s->fd);
        return false;
    }
    size_t keep = (size_t) n;
    if (keep > s->room - s->size) {
        keep = s->room - s->size;
        s->over = true;
    }
    memcpy(s->bytes + s->size, chunk, keep);
    s->size += keep;
    return true;
}

/* Keys in bubblewrap's JSON. */
#define CHILD_PID "\"child-pid\":"
#define EXIT_CODE "\"exit-code\":"

/* The number after a key in bubblewrap's JSON; -1: not there yet. */
static long told(const sink *status, const char *word)
{
    const char *text = (const char *) status->bytes;
    status->bytes[status->size] = '\0';
    const char *at = strstr(text, word);
    if (!at) return -1;
    char *end;
    const long n = strtol(at + strlen(word), &end, 10);
    return *end && n >= 0 ? n : -1; /* more digits may follow */
}

/* Start the clock once the job has started: a slow start is not the job's fault. */
static void notice_start(job *j, const sandbox_limits *limits)
{
    if (j->started) return;
    if (j->bwrap) {
        const long pid = told(&j->status, CHILD_PID);
        if (pid <= 0) return;
        j->inside = (int) syscall(SYS_pidfd_open, pid, 0);
    } else if (j->status.fd >= 0 || j->status.size > 0)
        return;
    j->started = true;
    j->start = now_ms();
    j->end = j->start + limits->wall_ms;
    j->look = j->start + LOOK_MS;
}

/* Kill the job. Killing bubblewrap's process 1 kills its namespace; bubblewrap then reports and exits. If it does not,
 * the next call kills it, too. */
static void job_kill(job *j)
{
    if (j->inside >= 0 && !j->killed)
        syscall(SYS_pidfd_send_signal, j->inside, SIGKILL, NULL, 0);
    else {
        kill(-j->pid, SIGKILL);
        syscall(SYS_pidfd_send_signal, j->gone, SIGKILL, NULL, 0);
    }
    j->killed = true;
    j->end = now_ms() + START_MS;
}

/* Does it take too long? A look counts as LOOK_MS at the most: if this process had to wait for its turn, so had the job. */
static void job_look(job *j, const sandbox_limits *limits)
{
    const tree t = tree_of(j->pid);
    if (t.known && !t.busy) j->idle_ms += LOOK_MS;
    if (t.cpu_ms > j->cpu_ms) j->cpu_ms = t.cpu_ms;
    if (j->idle_ms >= limits->idle_ms || j->cpu_ms >= limits->cpu_ms) job_kill(j);
    j->look = now_ms() + LOOK_MS;
}

/* Read the job's output until it ends or its time is over. */
static void job_watch(job *j, const sandbox_limits *limits)
{
    j->start = now_ms();
    j->end = j->start + START_MS;
    for (;;) {
        const bool looking = j->started && !j->killed;
        if (now_ms() >= j->end) {
            j->overdue = looking;
            job_kill(j);
        } else if (looking && now_ms() >= j->look)
            job_look(j, limits);
        struct pollfd q[] = {{j->gone, POLLIN, 0},
                             {j->answer.fd, POLLIN, 0},
                             {j->log.fd, POLLIN, 0},
                             {j->status.fd, POLLIN, 0}};
        const int64_t next = looking && j->look < j->end ? j->look : j->end, left = next - now_ms();
        if (poll(q, sizeof q / sizeof *q, left > 0 ? (int) left : 0) <= 0) continue;
        if (q[1].revents) sink_read(&j->answer, j->chunk);
        if (q[2].revents) sink_read(&j->log, j->chunk);
        if (q[3].revents) sink_read(&j->status, j->chunk);
        notice_start(j, limits);
        if (q[0].revents) break;
    }
    /* Read what is left in the pipes, a few chunks at most: no process is left to fill them. */
    sink *const all[] = {&j->answer, &j->log, &j->status};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (int chunks = 0; chunks < 64 && sink_read(all[i], j->chunk); chunks++) continue;
    notice_start(j, limits);
}

/* ---- how it ended ---- */

/* Set the status for exit status `code`, or signal `code`. */
static void judge(sandbox_result *r, const job *j, bool signalled, int code,
                  const sandbox_limits *l)
{
    /* The limit counts ticks, which are inexact on a busy machine; cpu_ms is exact. */
    const bool computed = (int64_t) r->cpu_ms * 2 >= l->cpu_ms;
    r->code = code;
    if (j->overdue && signalled && code == SIGKILL)
        error_set(&r->why,
                  say("the machine is too busy: %d ms of CPU time in %d s",
                      "기계가 너무 바쁩니다: %d ms의 CPU 시간, 걸린 시간 %d초"),
                  r->cpu_ms, r->wall_ms / 1000);
    else if ((j->killed && !j->overdue) ||
             (signalled && (code == SIGXCPU || (code == SIGKILL && computed))))
        r->status = SANDBOX_TIMEOUT;
    else if (!signalled)
        r->status = code == 0 ? SANDBOX_DONE : SANDBOX_EXITED;
    else if (code == SIGSYS)
        r->status = SANDBOX_BLOCKED;
    else if (code != SIGKILL)
        r->status = SANDBOX_CRASHED;
    else /* SIGKILL: the job itself cannot send it */
        error_set(&r->why, "%s",
                  say("the system killed the job (is there too little memory?)",
                      "시스템이 작업을 강제로 끝냈습니다 (메모리가 모자랍니까?)"));
}

/* Set the result from the status of wait and from what was written to STATUS. */
static void job_judge(const job *j, int status, const sandbox_limits *l, sandbox_result *r)
{
    const sink *s = &j->status;
    char *log = (char *) j->log.bytes;
    const int code = j->bwrap ? (int) told(s, EXIT_CODE) : 0;
    /* Once a job has run, bubblewrap reports an exit status, even of a job that was killed. */
    const bool late = j->killed && (!j->started || code < 0);
    if (s->size >= 3 && s->bytes[0] == FAILED)
        error_set(&r->why, say("cannot start the job: %s: %s", "작업을 시작할 수 없습니다: %s: %s"),
                  step_name(s->bytes[1]), strerror(s->bytes[2]));
    else if (late)
        error_set(&r->why, "%s",
                  say("the job could not be started in time", "작업이 제때 시작되지 않았습니다"));
    else if (!j->bwrap)
        judge(r, j, WIFSIGNALED(status),
              WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), l);
    else {
        /* Values above 128 + the last signal are exit statuses, such as exit(-1). */
        const bool signalled = code > SIGNAL_STATUS && code < SIGNAL_STATUS + NSIG;
        if (code >= 0)
            judge(r, j, signalled, signalled ? code - SIGNAL_STATUS : code, l);
        else { /* bubblewrap failed, and logged why; the job did not run */
            log[strcspn(log, "\n")] = '\0';
            error_set(&r->why, "%s", *log ? log : "bubblewrap");
        }
    }
    if (r->status == SANDBOX_TIMEOUT) r->code = 0;
}

/* Wait for a child and add its CPU time. Returns its pid, or -1 if there is none. */
static pid_t reap(pid_t pid, int *status, sandbox_result *r)
{
    struct rusage used = {0};
    pid_t reaped;
    while ((reaped = wait4(pid, status, 0, &used)) < 0 && errno == EINTR) continue;
    if (reaped > 0)
        r->cpu_ms += (int) ((used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
                            (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000);
    return reaped;
}

/* Wait for all processes of the job. Orphans become our children, as we are the subreaper: bubblewrap's process 1,
 * which bubblewrap does not wait for, and what a killed compiler leaves behind. */
static void job_reap(job *j, const sandbox_limits *l, sandbox_result *r)
{
    int status = 0, ignored;
    kill(-j->pid, SIGKILL); /* the group still exists: it was not waited for yet */
    r->wall_ms = (int) (now_ms() - j->start);
    const bool reaped = reap(j->pid, &status, r) == j->pid;
    const int failed = errno;
    while (reap(-j->pid, &ignored, r) > 0) continue;
    if (j->inside >= 0) {
        syscall(SYS_pidfd_send_signal, j->inside, SIGKILL, NULL, 0);
        reap((pid_t) told(&j->status, CHILD_PID), &ignored, r);
    }
    if (r->cpu_ms < j->cpu_ms) r->cpu_ms = (int) j->cpu_ms;
    if (reaped)
        job_judge(j, status, l, r);
    else
        error_set(&r->why, "wait4: %s", strerror(failed));
}

void job_run(plan *p, bool bwrap, size_t room, sandbox_result *r)
{
    enum { STATUS_ROOM = 4096 };
    int ends[] = {-1, -1, -1}, reaper = 1;
    job *j = calloc(1, sizeof *j);
    if (!j) {
        error_set(&r->why, "%s", say("not enough memory", "메모리가 모자랍니다"));
        return;
    }
    j->bwrap = bwrap;
    j->pid = j->gone = j->inside = -1;
    j->answer.fd = j->log.fd = j->status.fd = -1;
    if (!sink_make(&j->answer, room) || !sink_make(&j->log, p->limits->log) ||
        !sink_make(&j->status, STATUS_ROOM))
        error_set(&r->why, "%s", say("not enough memory", "메모리가 모자랍니다"));
    else if ((ends[0] = sink_pipe(&j->answer)) < 0 || (ends[1] = sink_pipe(&j->log)) < 0 ||
             (ends[2] = sink_pipe(&j->status)) < 0)
        error_set(&r->why, "pipe2: %s", strerror(errno));
    else {
        p->fd[ANSWER] = ends[0];
        p->fd[LOG] = p->fd[LOG_TOO] = ends[1];
        p->fd[STATUS] = ends[2];
        p->parent = getpid();
        prctl(PR_GET_CHILD_SUBREAPER, &reaper);
        prctl(PR_SET_CHILD_SUBREAPER, 1);
        j->pid = fork();
        if (j->pid == 0) child(p);
        if (j->pid < 0) error_set(&r->why, "fork: %s", strerror(errno));
    }
    for (int i = 0; i < 3; i++) shut(&ends[i]);
    if (j->pid > 0) {
        j->gone = (int) syscall(SYS_pidfd_open, j->pid, 0);
        if (j->gone < 0) {
            error_set(&r->why, "pidfd_open: %s", strerror(errno));
            kill(j->pid, SIGKILL);
            while (waitpid(j->pid, NULL, 0) < 0 && errno == EINTR) continue;
        } else {
            job_watch(j, p->limits);
            job_reap(j, p->limits, r);
        }
    }
    if (!reaper) prctl(PR_SET_CHILD_SUBREAPER, 0);
    r->answer = j->answer.bytes;
    r->size = j->answer.size;
    r->overflow = j->answer.over;
    r->log = (char *) j->log.bytes;
    r->log_size = j->log.size;
    r->cut = j->log.over;
    if (r->log) r->log[r->log_size] = '\0';
    shut(&j->gone);
    shut(&j->inside);
    shut(&j->answer.fd);
    shut(&j->log.fd);
    shut(&j->status.fd);
    free(j->status.bytes);
    free(j);
}

#endif
