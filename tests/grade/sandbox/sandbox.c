/* sandbox.c: runs what nobody has read. See sandbox.h.
 *
 * The order of the parts: the seccomp filter; Landlock; the child, from fork to exec; the parent, which watches it; how it
 * ended; what is run (worker, compiler); which mode works.
 *
 * No exec after the start. The filter must be in place before the program starts, so it has to let one exec through. In
 * SANDBOX_SECCOMP this is an execveat of descriptor 4, which that exec closes, with a name at an address of our own, which
 * the job would have to guess at its first try: any other call ends it. Landlock, where there is one, leaves nothing to
 * execute but the program itself. In SANDBOX_BWRAP, bubblewrap calls execve; the program is the only file that the job's
 * file system holds, so that it can start nothing but itself, under the same filter and limits. */
#define _GNU_SOURCE

#include "sandbox.h"

#include "require.h"

#include <stdlib.h>
#include <string.h>

sandbox_limits sandbox_run_limits(void)
{
    return (sandbox_limits){
        .wall_ms = 500, .cpu_s = 1, .memory = (size_t) 128 << 20, .file = 0, .log = 64 << 10};
}

sandbox_limits sandbox_compile_limits(void)
{
    return (sandbox_limits){.wall_ms = 10000,
                            .cpu_s = 5,
                            .memory = (size_t) 384 << 20,
                            .file = (size_t) 16 << 20,
                            .log = 64 << 10};
}

const char *sandbox_mode_name(sandbox_mode mode)
{
    return mode == SANDBOX_BWRAP ? "bwrap" : mode == SANDBOX_SECCOMP ? "seccomp" : "none";
}

void sandbox_result_free(sandbox_result *r)
{
    free(r->answer);
    free(r->log);
    *r = (sandbox_result){0};
}

static sandbox_result no_sandbox(void)
{
    sandbox_result r = {.status = SANDBOX_INFRA};
    error_set(&r.why, "%s", say("there is no sandbox here", "여기에는 샌드박스가 없습니다"));
    return r;
}

/* What forced_mode() gives beside a mode. */
enum { ANY_MODE = -1, UNKNOWN_MODE = -2 };

/* The mode that the environment asks for. */
static int forced_mode(error *e)
{
    const char *name = getenv("GRADE_SANDBOX");
    if (!name || !*name) return ANY_MODE;
    for (sandbox_mode m = SANDBOX_NONE; m <= SANDBOX_BWRAP; m++)
        if (strcmp(name, sandbox_mode_name(m)) == 0) return (int) m;
    error_set(e,
              say("GRADE_SANDBOX=%s: it must be bwrap, seccomp or none",
                  "GRADE_SANDBOX=%s: bwrap, seccomp, none 가운데 하나여야 합니다"),
              name);
    return UNKNOWN_MODE;
}

#if defined(__linux__) && (defined(__x86_64__) || (defined(__aarch64__) && defined(__AARCH64EL__)))

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
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
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
#ifndef SYS_rseq
#ifdef __x86_64__
#define SYS_rseq 334
#else
#define SYS_rseq 293
#endif
#endif

enum {
    NOBODY = 65534,
    STACK = 8 << 20,
    START_MS = 10000, /* until a job has started; what is over is our failure */
    CHUNK = 1 << 16,
    SIGNAL_STATUS = 128 /* bubblewrap's status of a job that signal n ended: 128 + n */
};

/* What the places among the child's descriptors are for. */
enum {
    REQUEST,
    LOG,
    LOG_TOO,
    ANSWER,
    EXTRA, /* the worker that is executed, or the filter for bubblewrap */
    STATUS,
    RULES,
    PLACES
};

/* ---- the filter ---- */

#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#else
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* What a static program needs that reads, computes, and writes what is open. bubblewrap's process 1 runs under the filter,
 * too, and waits for the job; the job has nobody to wait for. */
static const int allowed[] = {
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_close,
    SYS_lseek,
    SYS_fstat,
    SYS_mmap,
    SYS_munmap,
    SYS_mremap,
    SYS_mprotect,
    SYS_madvise,
    SYS_brk,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_restart_syscall,
    SYS_gettimeofday,
    SYS_times,
    SYS_getrusage,
    SYS_getrandom,
    SYS_futex,
    SYS_sched_yield,
    SYS_getpid,
    SYS_gettid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_set_tid_address,
    SYS_set_robust_list,
    SYS_rseq,
    SYS_uname,
    SYS_wait4,
#ifdef __x86_64__
    SYS_arch_prctl,
    SYS_time,
#endif
};

/* What an honest program may try, and must live without: it gets EPERM. */
static const int denied[] = {
    SYS_openat, SYS_faccessat, SYS_readlinkat,        SYS_newfstatat, SYS_statx,   SYS_ioctl,
    SYS_fcntl,  SYS_getcwd,    SYS_sched_getaffinity, SYS_prctl,      SYS_sysinfo,
#ifdef __x86_64__
    SYS_open,   SYS_access,    SYS_readlink,          SYS_stat,       SYS_lstat,
#endif
};

typedef struct filter {
    struct sock_filter code[256];
    unsigned short n;
} filter;

_Static_assert(sizeof allowed / sizeof *allowed + sizeof denied / sizeof *denied <= 90,
               "two steps each, and some sixty for the rest");

static void emit(filter *f, int code, uint32_t k, size_t yes, size_t no)
{
    f->code[f->n++] = (struct sock_filter){(uint16_t) code, (uint8_t) yes, (uint8_t) no, k};
}

static void give(filter *f, uint32_t what) { emit(f, BPF_RET | BPF_K, what, 0, 0); }

static const uint32_t REFUSE = SECCOMP_RET_ERRNO | EPERM;

/* Half of an argument of a system call, and what it must be. */
typedef struct check {
    int argument;
    bool high;
    uint32_t mask, value;
} check;

/* System call nr gives `yes` where all n checks hold, else `no`. */
static void decide(filter *f, int nr, const check *c, size_t n, uint32_t yes, uint32_t no)
{
    emit(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t) nr, 0, 3 * n + (n > 0) + 1);
    for (size_t i = 0; i < n; i++) {
        const size_t at = offsetof(struct seccomp_data, args) + 8 * (size_t) c[i].argument;
        emit(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t) (at + 4 * c[i].high), 0, 0);
        emit(f, BPF_ALU | BPF_AND | BPF_K, c[i].mask, 0, 0);
        emit(f, BPF_JMP | BPF_JEQ | BPF_K, c[i].value, 0, 3 * (n - i - 1) + 1);
    }
    give(f, yes);
    if (n > 0) give(f, no);
}

/* The filter of a worker that is started by execveat with the name at `name` as process `pid`; NULL: by bubblewrap. */
static void filter_build(filter *f, const char *name, pid_t pid)
{
    const uint32_t all = UINT32_MAX, kill = SECCOMP_RET_KILL_PROCESS, allow = SECCOMP_RET_ALLOW;
    f->n = 0;
    emit(f, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
    emit(f, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
    give(f, kill);
    emit(f, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        decide(f, allowed[i], NULL, 0, allow, 0);
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++)
        decide(f, denied[i], NULL, 0, REFUSE, 0);
    /* Limits are read, and only one's own. */
    const check own[] = {{0, false, all, 0}, {2, false, all, 0}, {2, true, all, 0}};
    decide(f, SYS_prlimit64, own, 3, allow, REFUSE);
    /* The one signal that may be sent is that of abort(), to oneself. */
    const check aborts[] = {{2, false, all, SIGABRT}, {0, false, all, (uint32_t) pid}};
    decide(f, SYS_tgkill, aborts, name ? 2 : 1, allow, kill);
    /* 128 + SIGKILL: bubblewrap's status of a job that the system killed for want of memory. Nobody may feign that. */
    const check feigned[] = {{0, false, 0xff, SIGNAL_STATUS + SIGKILL}};
    decide(f, SYS_exit_group, feigned, 1, kill, allow);
    decide(f, SYS_exit, feigned, 1, kill, allow);
    const uint64_t at = (uint64_t) (uintptr_t) name;
    const check start[] = {{0, false, all, EXTRA},
                           {1, false, all, (uint32_t) at},
                           {1, true, all, (uint32_t) (at >> 32)},
                           {4, false, all, AT_EMPTY_PATH}};
    if (name)
        decide(f, SYS_execveat, start, 4, allow, kill);
    else
        decide(f, SYS_execve, NULL, 0, allow, 0);
    give(f, kill);
}

/* ---- Landlock ---- */

/* Declared here: older headers lack them. */
typedef struct landlock_set {
    uint64_t files;
} landlock_set;
typedef struct landlock_rule {
    uint64_t access;
    int32_t folder;
} __attribute__((packed)) landlock_rule;

enum {
    LANDLOCK_VERSION = 1,
    LANDLOCK_BENEATH = 1,
    MAY_EXECUTE = 1 << 0,
    MAY_WRITE = 1 << 1,
    MAY_READ = 1 << 2,
    MAY_LIST = 1 << 3,
    MAY_REMOVE = 1 << 4 | 1 << 5,
    MAY_MAKE = 1 << 7 | 1 << 8, /* folders and regular files */
    MAY_TRUNCATE = 1 << 14
};

static int landlock_version(void)
{
    const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    return version > 0 ? (int) version : 0;
}

/* All rights that a version knows. */
static uint64_t landlock_all(int version)
{
    static const int rights[] = {0, 13, 14, 15, 15, 16};
    const size_t known = sizeof rights / sizeof *rights;
    return (UINT64_C(1) << rights[(size_t) version < known ? (size_t) version : known - 1]) - 1;
}

static int landlock_open(int version)
{
    const landlock_set set = {landlock_all(version)};
    return (int) syscall(SYS_landlock_create_ruleset, &set, sizeof set, 0);
}

static bool landlock_allow(int rules, int version, int file, unsigned access)
{
    const landlock_rule rule = {access & landlock_all(version), file};
    return syscall(SYS_landlock_add_rule, rules, LANDLOCK_BENEATH, &rule, 0) == 0;
}

static bool landlock_allow_path(int rules, int version, const char *path, unsigned access)
{
    const int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return false;
    const bool ok = landlock_allow(rules, version, file, access);
    close(file);
    return ok;
}

/* ---- the child ---- */

/* What the child needs, made before the fork: from fork to exec it makes system calls only, as the caller may have
 * threads. */
typedef struct plan {
    int fd[PLACES];          /* what becomes descriptors 0 to PLACES - 1; -1: nothing */
    int hidden;              /* from this descriptor on exec closes them */
    const char *folder;      /* where to start */
    const char *const *argv; /* the command, found along PATH; NULL: execute fd[EXTRA], filtered */
    const char *const *envp; /* the environment */
    const sandbox_limits *limits;
    bool guarded; /* the child confines itself; else bubblewrap does */
    bool nobody;  /* it gives up root */
    pid_t parent;
    char nothing[1]; /* the name of fd[EXTRA] for execveat */
} plan;

/* The child's steps, for the parent's message where one fails. */
enum { AT_FILES, AT_FOLDER, AT_LIMITS, AT_USER, AT_PARENT, AT_LANDLOCK, AT_FILTER, AT_EXEC };

static const char *step_name(int step)
{
    static const char *const names[] = {
        "dup2", "chdir", "setrlimit", "setuid", "PR_SET_PDEATHSIG", "Landlock", "seccomp", "exec"};
    return step >= 0 && step < (int) (sizeof names / sizeof *names) ? names[step] : "?";
}

/* What the child tells where it fails: FAILED, the step, errno. bubblewrap tells JSON on the same descriptor. */
enum { FAILED = '!' };

static _Noreturn void give_up(int status, int step)
{
    const char said[3] = {FAILED, (char) step, (char) errno};
    while (write(status, said, sizeof said) < 0 && errno == EINTR) continue;
    _exit(1);
}

/* No more than `most`, and `at_all` for who ignores the signal of the first. */
static bool limit(int resource, rlim_t most, rlim_t at_all)
{
    struct rlimit now;
    if (syscall(SYS_prlimit64, 0, resource, NULL, &now) != 0) return false;
    const struct rlimit then = {most < now.rlim_max ? most : now.rlim_max,
                                at_all < now.rlim_max ? at_all : now.rlim_max};
    return syscall(SYS_prlimit64, 0, resource, &then, NULL) == 0;
}

/* Every descriptor in its place, the others closed. */
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

/* Signals as a new program expects them: this process may ignore or block some. */
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
    /* One byte of core: none is written, and a core_pattern with a program in it takes 0 for "as much as you like".
     * Address space last: this process may have more of it already. */
    const rlim_t cpu = (rlim_t) l->cpu_s;
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
        if (p->fd[RULES] >= 0 && syscall(SYS_landlock_restrict_self, RULES, 0) != 0)
            give_up(STATUS, AT_LANDLOCK);
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

/* What is read from the job, up to `room` bytes. */
typedef struct sink {
    int fd; /* -1: at its end */
    unsigned char *bytes;
    size_t size, room;
    bool over;
} sink;

/* A job that runs. */
typedef struct job {
    pid_t pid;  /* the child: the job itself, or bubblewrap */
    int gone;   /* pidfd of pid */
    int inside; /* pidfd of process 1 of bubblewrap's namespace; -1: not known */
    bool bwrap, started, killed;
    sink answer, log, status;
    int64_t start, end;
    unsigned char chunk[CHUNK];
} job;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void shut(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* Memory for what is read, and one byte more. */
static bool sink_make(sink *s, size_t room)
{
    s->fd = -1;
    s->room = room;
    s->bytes = room < SIZE_MAX ? malloc(room + 1) : NULL;
    return s->bytes != NULL;
}

/* A pipe: one end is read without waiting, the other one is returned; -1 on failure. */
static int sink_pipe(sink *s)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    s->fd = ends[0];
    if (fcntl(s->fd, F_SETFL, O_NONBLOCK) == 0) return ends[1];
    close(ends[1]);
    return -1;
}

/* Read once; tells whether there may be more. */
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

/* The words of bubblewrap's JSON. */
#define CHILD_PID "\"child-pid\":"
#define EXIT_CODE "\"exit-code\":"

/* The number that stands after a word in bubblewrap's JSON; -1: not there yet. */
static long told(const sink *status, const char *word)
{
    const char *text = (const char *) status->bytes;
    status->bytes[status->size] = '\0';
    const char *at = strstr(text, word);
    if (!at) return -1;
    char *end;
    const long n = strtol(at + strlen(word), &end, 10);
    return *end && n >= 0 ? n : -1; /* a digit may be still to come */
}

/* Has it started? Then its time runs: not before, as a busy machine is not the job's fault. */
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
}

/* End all of it. bubblewrap's process 1 takes its namespace along, and bubblewrap then tells and ends; if it does not,
 * it is ended the next time. */
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

/* Read what it says until it has ended or its time is over. */
static void job_watch(job *j, const sandbox_limits *limits)
{
    j->start = now_ms();
    j->end = j->start + START_MS;
    for (;;) {
        if (now_ms() >= j->end) job_kill(j);
        struct pollfd q[] = {{j->gone, POLLIN, 0},
                             {j->answer.fd, POLLIN, 0},
                             {j->log.fd, POLLIN, 0},
                             {j->status.fd, POLLIN, 0}};
        const int64_t left = j->end - now_ms();
        if (poll(q, sizeof q / sizeof *q, left > 0 ? (int) left : 0) <= 0) continue;
        if (q[1].revents) sink_read(&j->answer, j->chunk);
        if (q[2].revents) sink_read(&j->log, j->chunk);
        if (q[3].revents) sink_read(&j->status, j->chunk);
        notice_start(j, limits);
        if (q[0].revents) break;
    }
    /* What the pipes hold now is all, a few chunks: nobody lives to fill them. */
    sink *const all[] = {&j->answer, &j->log, &j->status};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (int chunks = 0; chunks < 64 && sink_read(all[i], j->chunk); chunks++) continue;
    notice_start(j, limits);
}

/* ---- how it ended ---- */

/* The status for what the system says: exit status `code`, or signal `code`. */
static void judge(sandbox_result *r, bool signalled, int code, bool killed, const sandbox_limits *l)
{
    /* The limit counts in ticks, which on a busy machine are off by much; cpu_ms is exact. */
    const bool computed = (int64_t) r->cpu_ms * 2 >= (int64_t) l->cpu_s * 1000;
    r->code = code;
    if (killed || (signalled && (code == SIGXCPU || (code == SIGKILL && computed))))
        r->status = SANDBOX_TIMEOUT;
    else if (!signalled)
        r->status = code == 0 ? SANDBOX_DONE : SANDBOX_EXITED;
    else if (code == SIGSYS)
        r->status = SANDBOX_BLOCKED;
    else if (code != SIGKILL)
        r->status = SANDBOX_CRASHED;
    else /* nobody of the job can send this one, to itself or to another */
        error_set(&r->why, "%s",
                  say("the system killed the job (is there too little memory?)",
                      "시스템이 작업을 강제로 끝냈습니다 (메모리가 모자랍니까?)"));
}

/* What the job's end and what was told on STATUS make of it; `status` is that of wait. */
static void job_judge(const job *j, int status, const sandbox_limits *l, sandbox_result *r)
{
    const sink *s = &j->status;
    const char *log = (const char *) j->log.bytes;
    const int code = j->bwrap ? (int) told(s, EXIT_CODE) : 0;
    /* bubblewrap tells an exit status, also of a job that we ended, as soon as there was a job. */
    const bool late = j->killed && (!j->started || code < 0);
    if (s->size >= 3 && s->bytes[0] == FAILED)
        error_set(&r->why, say("cannot start the job: %s: %s", "작업을 시작할 수 없습니다: %s: %s"),
                  step_name(s->bytes[1]), strerror(s->bytes[2]));
    else if (late)
        error_set(&r->why, "%s",
                  say("the job could not be started in time", "작업이 제때 시작되지 않았습니다"));
    else if (!j->bwrap)
        judge(r, WIFSIGNALED(status), WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
              j->killed, l);
    else {
        /* Above 128 + the last signal: exit(-1). */
        const bool signalled = code > SIGNAL_STATUS && code < SIGNAL_STATUS + NSIG;
        if (code >= 0)
            judge(r, signalled, signalled ? code - SIGNAL_STATUS : code, j->killed, l);
        else /* bubblewrap failed and says why; the job did not run */
            error_set(&r->why, "%.*s", (int) strcspn(log, "\n"), *log ? log : "bubblewrap");
    }
    if (r->status == SANDBOX_TIMEOUT) r->code = 0;
}

/* Wait for a child, and add what it took of the processor; returns its pid, or -1 where there is none. */
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

/* Wait for all of it. What has lost its parent is our child now, as we are the subreaper: bubblewrap's process 1, which
 * bubblewrap does not wait for, and what a killed compiler leaves. */
static void job_reap(job *j, const sandbox_limits *l, sandbox_result *r)
{
    int status = 0, ignored;
    kill(-j->pid, SIGKILL); /* the group is still its own, as nobody waited for it yet */
    r->wall_ms = (int) (now_ms() - j->start);
    const bool reaped = reap(j->pid, &status, r) == j->pid;
    const int failed = errno;
    while (reap(-j->pid, &ignored, r) > 0) continue;
    if (j->inside >= 0) {
        syscall(SYS_pidfd_send_signal, j->inside, SIGKILL, NULL, 0);
        reap((pid_t) told(&j->status, CHILD_PID), &ignored, r);
    }
    if (reaped)
        job_judge(j, status, l, r);
    else
        error_set(&r->why, "wait4: %s", strerror(failed));
}

/* Start a plan and watch it to its end. r is SANDBOX_INFRA without a reason so far. */
static void job_run(plan *p, bool bwrap, size_t room, sandbox_result *r)
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

/* ---- what is run ---- */

/* A file without a name that holds these bytes and that nobody can change; -1 on failure. */
static int bytes_file(const void *bytes, size_t size)
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

static void check_limits(const sandbox_limits *l)
{
    REQUIRE(l->wall_ms, >, 0);
    REQUIRE(l->cpu_s, >, 0);
    REQUIRE(l->memory > 0, ==, true);
}

static plan plan_new(const sandbox_limits *limits)
{
    plan p = {.limits = limits, .guarded = true, .hidden = EXTRA};
    for (int i = 0; i < PLACES; i++) p.fd[i] = -1;
    return p;
}

/* Close what was opened for a plan. */
static void plan_close(plan *p)
{
    shut(&p->fd[REQUEST]);
    shut(&p->fd[RULES]);
}

/* The path of an open file. */
static bool path_of(int fd, char *path, size_t room, error *e)
{
    char link[64];
    struct stat open_one, named;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t n = readlink(link, path, room - 1);
    if (n < 0) return error_set(e, "%s: %s", link, strerror(errno));
    path[n] = '\0';
    if (fstat(fd, &open_one) == 0 && stat(path, &named) == 0 && open_one.st_dev == named.st_dev &&
        open_one.st_ino == named.st_ino)
        return true;
    return error_set(e, say("%s: the worker is not there any more", "%s: 작업 파일이 없어졌습니다"),
                     path);
}

/* Append strings to a list. */
static size_t append(const char **list, size_t n, const char *const more[], size_t many)
{
    for (size_t i = 0; i < many; i++) list[n++] = more[i];
    return n;
}

/* The beginning of every command line of bubblewrap; 5 is STATUS. */
static const char *const bubblewrap[] = {
    "bwrap",      "--unshare-all", "--die-with-parent", "--new-session",
    "--cap-drop", "ALL",           "--json-status-fd",  "5"};
enum { BUBBLEWRAP = sizeof bubblewrap / sizeof *bubblewrap };

sandbox_result sandbox_run(const sandbox *box, int worker, const void *request, size_t size,
                           size_t room, const sandbox_limits *limits)
{
    check_limits(limits);
    REQUIRE(worker, >=, 0);
    if (box->mode == SANDBOX_NONE) return no_sandbox();
    sandbox_result r = {.status = SANDBOX_INFRA};
    plan p = plan_new(limits);
    const bool bwrap = box->mode == SANDBOX_BWRAP;
    static const char *const empty[] = {NULL};
    char path[4096];
    const char *wrapper[40] = {NULL};
    p.fd[REQUEST] = bytes_file(request, size);
    bool ok = p.fd[REQUEST] >= 0;
    if (!ok) error_set(&r.why, "memfd: %s", strerror(errno));
    p.envp = empty;
    if (ok && bwrap) {
        filter f;
        filter_build(&f, NULL, 0);
        const size_t n = append(wrapper, 0, bubblewrap, BUBBLEWRAP);
        append(wrapper, n,
               (const char *const[]){"--uid", "65534", "--gid", "65534", "--seccomp", "4",
                                     "--chdir", "/", "--ro-bind", path, "/worker", "/worker"},
               12);
        p.argv = wrapper;
        p.guarded = false;
        p.hidden = RULES;
        p.fd[EXTRA] = bytes_file(f.code, f.n * sizeof *f.code);
        ok = path_of(worker, path, sizeof path, &r.why);
        if (ok && p.fd[EXTRA] < 0) ok = error_set(&r.why, "memfd: %s", strerror(errno));
        if (ok) job_run(&p, bwrap, room, &r);
        shut(&p.fd[EXTRA]);
    } else if (ok) {
        p.folder = "/";
        p.nobody = geteuid() == 0;
        p.fd[EXTRA] = worker;
        if (box->landlock > 0) {
            p.fd[RULES] = landlock_open(box->landlock);
            ok = p.fd[RULES] >= 0 &&
                 landlock_allow(p.fd[RULES], box->landlock, worker, MAY_EXECUTE | MAY_READ);
            if (!ok) error_set(&r.why, "Landlock: %s", strerror(errno));
        }
        if (ok) job_run(&p, bwrap, room, &r);
    }
    plan_close(&p);
    return r;
}

/* The folders of the system that a compiler reads, where they exist. */
static const char *const system_folders[] = {
    "/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives"};
enum { SYSTEM_FOLDERS = sizeof system_folders / sizeof *system_folders };

static size_t count(const char *const list[])
{
    size_t n = 0;
    while (list && list[n]) n++;
    return n;
}

/* bubblewrap's command line around a compiler's, freed with free(); NULL where memory is short. `links` has room for where
 * a folder of the system is a link to. */
static const char **wrap_compiler(const char *const argv[], const char *work,
                                  const char *const readable[], char links[][256])
{
    const size_t folders = count(readable), args = count(argv), most = 1 << 16;
    if (folders > most || args > most) return NULL;
    const char **list =
        calloc(BUBBLEWRAP + 3 * (SYSTEM_FOLDERS + folders) + 7 + args + 1, sizeof *list);
    if (!list) return NULL;
    size_t n = append(list, 0, bubblewrap, BUBBLEWRAP);
    for (size_t i = 0; i < SYSTEM_FOLDERS; i++) {
        const char *folder = system_folders[i];
        const ssize_t length = readlink(folder, links[i], sizeof links[i] - 1);
        if (length >= 0) {
            links[i][length] = '\0';
            n = append(list, n, (const char *const[]){"--symlink", links[i], folder}, 3);
        } else
            n = append(list, n, (const char *const[]){"--ro-bind-try", folder, folder}, 3);
    }
    for (size_t i = 0; i < folders; i++)
        n = append(list, n, (const char *const[]){"--ro-bind", readable[i], readable[i]}, 3);
    n = append(list, n,
               (const char *const[]){"--bind", work, work, "--remount-ro", "/", "--chdir", work},
               7);
    append(list, n, argv, args);
    return list;
}

/* The rules of Landlock for a compiler; -1 on failure. */
static int compiler_rules(int version, const char *work, const char *const readable[], error *e)
{
    const unsigned read_only = MAY_EXECUTE | MAY_READ | MAY_LIST;
    const int rules = landlock_open(version);
    const char *failed = rules < 0 ? "ruleset" : NULL;
    for (size_t i = 0; !failed && i < SYSTEM_FOLDERS; i++)
        if (!landlock_allow_path(rules, version, system_folders[i], read_only) && errno != ENOENT)
            failed = system_folders[i];
    for (size_t i = 0; !failed && i < count(readable); i++)
        if (!landlock_allow_path(rules, version, readable[i], read_only)) failed = readable[i];
    if (!failed && !landlock_allow_path(rules, version, work,
                                        MAY_READ | MAY_LIST | MAY_WRITE | MAY_REMOVE | MAY_MAKE |
                                            MAY_TRUNCATE))
        failed = work;
    if (!failed) return rules;
    error_set(e, "Landlock: %s: %s", failed, strerror(errno));
    if (rules >= 0) close(rules);
    return -1;
}

sandbox_result sandbox_compile(const sandbox *box, const char *const argv[], const char *work,
                               const char *const readable[], const sandbox_limits *limits)
{
    check_limits(limits);
    REQUIRE(work[0], ==, '/');
    if (box->mode == SANDBOX_NONE) return no_sandbox();
    sandbox_result r = {.status = SANDBOX_INFRA};
    plan p = plan_new(limits);
    const bool bwrap = box->mode == SANDBOX_BWRAP;
    char temporary[4096], links[SYSTEM_FOLDERS][256];
    const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", temporary, NULL};
    const char **wrapper = NULL;
    bool ok = snprintf(temporary, sizeof temporary, "TMPDIR=%s", work) < (int) sizeof temporary;
    if (!ok) error_set(&r.why, "%s: %s", work, strerror(ENAMETOOLONG));
    p.envp = environment;
    p.fd[REQUEST] = bytes_file("", 0);
    if (ok && p.fd[REQUEST] < 0) ok = error_set(&r.why, "memfd: %s", strerror(errno));
    if (ok && bwrap) {
        p.argv = wrapper = wrap_compiler(argv, work, readable, links);
        p.guarded = false;
        p.hidden = RULES;
        ok = wrapper != NULL;
        if (!ok) error_set(&r.why, "%s", say("not enough memory", "메모리가 모자랍니다"));
    } else if (ok && box->landlock > 0) {
        p.argv = argv;
        p.folder = work;
        p.fd[RULES] = compiler_rules(box->landlock, work, readable, &r.why);
        ok = p.fd[RULES] >= 0;
    } else if (ok)
        ok = error_set(&r.why, "%s",
                       say("nothing here can confine the compiler (bubblewrap, Landlock)",
                           "여기에는 컴파일러를 가둘 방법이 없습니다 (bubblewrap, Landlock)"));
    if (ok) job_run(&p, bwrap, 0, &r);
    plan_close(&p);
    free(wrapper);
    return r;
}

/* ---- which mode works ---- */

/* A whole program: the system call `call`, then exit(0). */
typedef struct tiny {
    Elf64_Ehdr head;
    Elf64_Phdr segment;
    unsigned char code[24];
} tiny;

static tiny tiny_program(unsigned call)
{
    tiny t = {
        .head = {.e_type = ET_EXEC,
                 .e_version = EV_CURRENT,
                 .e_phoff = offsetof(tiny, segment),
                 .e_ehsize = sizeof t.head,
                 .e_phentsize = sizeof t.segment,
                 .e_phnum = 1},
        .segment = {
            .p_type = PT_LOAD, .p_flags = PF_R | PF_X, .p_vaddr = 0x400000, .p_align = 0x10000}};
    memcpy(t.head.e_ident,
           (const unsigned char[]){0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT}, 7);
    t.head.e_entry = t.segment.p_vaddr + offsetof(tiny, code);
    t.segment.p_filesz = t.segment.p_memsz = sizeof t;
#ifdef __x86_64__
    t.head.e_machine = EM_X86_64;
    /* mov eax, call; syscall; xor edi, edi; xor eax, eax; mov al, exit; syscall */
    const unsigned char code[] = {0xb8, 0,    0,    0,    0,        0x0f, 0x05, 0x31,
                                  0xff, 0x31, 0xc0, 0xb0, SYS_exit, 0x0f, 0x05};
#else
    t.head.e_machine = EM_AARCH64;
    /* movz x8, call; svc 0; movz x0, 0; movz x8, exit; svc 0 */
    const uint32_t code[] = {0xd2800008 | call << 5, 0xd4000001, 0xd2800000,
                             0xd2800008 | SYS_exit << 5, 0xd4000001};
#endif
    memcpy(t.code, code, sizeof code);
#ifdef __x86_64__
    t.code[1] = (unsigned char) call;
    t.code[2] = (unsigned char) (call >> 8);
#endif
    return t;
}

/* Run the tiny program with `call`; does it end like that? */
static bool probe_call(const sandbox *box, unsigned call, sandbox_status expected, error *e)
{
    const char *folder = getenv("TMPDIR");
    char path[1024];
    snprintf(path, sizeof path, "%s/sandbox.XXXXXX", folder && *folder ? folder : "/tmp");
    const tiny program = tiny_program(call);
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0) return error_set(e, "%s: %s", path, strerror(errno));
    bool ok =
        write(fd, &program, sizeof program) == (ssize_t) sizeof program && fchmod(fd, 0555) == 0;
    close(fd);
    fd = ok ? open(path, O_PATH | O_CLOEXEC) : -1;
    if (fd < 0)
        ok = error_set(e, "%s: %s", path, strerror(errno));
    else {
        sandbox_limits limits = sandbox_run_limits();
        limits.wall_ms = START_MS;
        sandbox_result r = sandbox_run(box, fd, "", 0, 0, &limits);
        ok = r.status == expected;
        if (!ok && r.status == SANDBOX_INFRA)
            *e = r.why;
        else if (!ok)
            error_set(e,
                      say("system call %u: status %d, not %d", "시스템 호출 %u: 상태 %d, 예상 %d"),
                      call, (int) r.status, (int) expected);
        sandbox_result_free(&r);
        close(fd);
    }
    unlink(path);
    return ok;
}

static bool probe(const sandbox *box, error *e)
{
    return probe_call(box, SYS_getpid, SANDBOX_DONE, e) &&
           probe_call(box, SYS_setsid, SANDBOX_BLOCKED, e);
}

bool sandbox_detect(sandbox *box, error *e)
{
    static const sandbox_mode modes[] = {SANDBOX_BWRAP, SANDBOX_SECCOMP};
    error why[2] = {{""}, {""}};
    *box = (sandbox){.landlock = landlock_version()};
    const int forced = forced_mode(e);
    if (forced == UNKNOWN_MODE) return false;
    for (int i = 0; i < 2; i++) {
        box->mode = modes[i];
        if ((forced == ANY_MODE || forced == (int) modes[i]) && probe(box, &why[i])) {
            char landlock[40] = "no Landlock";
            if (box->landlock > 0)
                snprintf(landlock, sizeof landlock, "Landlock %d", box->landlock);
            if (i == 0)
                snprintf(box->detail, sizeof box->detail, "bubblewrap, seccomp");
            else
                snprintf(box->detail, sizeof box->detail, "seccomp, %s%s%.300s", landlock,
                         *why[0].text ? "; no bubblewrap: " : "", why[0].text);
            return true;
        }
        if (forced == (int) modes[i])
            return error_set(e, "GRADE_SANDBOX=%s: %.900s", sandbox_mode_name(modes[i]),
                             why[i].text);
    }
    box->mode = SANDBOX_NONE;
    snprintf(box->detail, sizeof box->detail, "no bubblewrap: %.200s; no seccomp: %.200s",
             forced == SANDBOX_NONE ? "GRADE_SANDBOX" : why[0].text,
             forced == SANDBOX_NONE ? "GRADE_SANDBOX" : why[1].text);
    return true;
}

#else

sandbox_result sandbox_run(const sandbox *box, int worker, const void *request, size_t size,
                           size_t room, const sandbox_limits *limits)
{
    (void) box, (void) worker, (void) request, (void) size, (void) room, (void) limits;
    return no_sandbox();
}

sandbox_result sandbox_compile(const sandbox *box, const char *const argv[], const char *work,
                               const char *const readable[], const sandbox_limits *limits)
{
    (void) box, (void) argv, (void) work, (void) readable, (void) limits;
    return no_sandbox();
}

bool sandbox_detect(sandbox *box, error *e)
{
    *box =
        (sandbox){.mode = SANDBOX_NONE, .detail = "only Linux on x86-64 and aarch64 has a sandbox"};
    const int forced = forced_mode(e);
    if (forced == UNKNOWN_MODE) return false;
    return forced <= (int) SANDBOX_NONE || error_set(e, "GRADE_SANDBOX: %s", box->detail);
}

#endif
