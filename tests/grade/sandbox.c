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

/* The mode that the environment asks for; -1: none is asked for, -2: an unknown one. */
static int forced_mode(error *e)
{
    const char *name = getenv("GRADE_SANDBOX");
    if (!name || !*name) return -1;
    for (sandbox_mode m = SANDBOX_NONE; m <= SANDBOX_BWRAP; m++)
        if (strcmp(name, sandbox_mode_name(m)) == 0) return (int) m;
    error_set(e,
              say("GRADE_SANDBOX=%s: it must be bwrap, seccomp or none",
                  "GRADE_SANDBOX=%s: bwrap, seccomp, none 가운데 하나여야 합니다"),
              name);
    return -2;
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
#ifndef SYS_pidfd_open
#define SYS_pidfd_send_signal 424
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
#define SYS_rseq (-1)
#endif

enum {
    NOBODY = 65534,
    STACK = 8 << 20,
    START_MS = 10000, /* until a job has started; what is over is our failure */
    CHUNK = 1 << 16,
    SIGNAL_STATUS = 128 /* a shell's and bubblewrap's status of a job that signal n ended: 128 + n */
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

/* What a static program needs that reads, computes, and writes what is open. */
static const int allowed[] = {
    SYS_read,          SYS_write,           SYS_readv,           SYS_writev,
    SYS_close,         SYS_lseek,           SYS_fstat,           SYS_mmap,
    SYS_munmap,        SYS_mremap,          SYS_mprotect,        SYS_madvise,
    SYS_brk,           SYS_rt_sigaction,    SYS_rt_sigprocmask,  SYS_rt_sigreturn,
    SYS_sigaltstack,   SYS_clock_gettime,   SYS_clock_getres,    SYS_clock_nanosleep,
    SYS_nanosleep,     SYS_restart_syscall, SYS_gettimeofday,    SYS_times,
    SYS_getrusage,     SYS_getrandom,       SYS_futex,           SYS_sched_yield,
    SYS_getpid,        SYS_gettid,          SYS_getuid,          SYS_geteuid,
    SYS_getgid,        SYS_getegid,         SYS_set_tid_address, SYS_set_robust_list,
    SYS_rseq,          SYS_uname,
    SYS_wait4, /* bubblewrap's process 1 waits under the filter; the job has nobody to wait for */
#ifdef __x86_64__
    SYS_arch_prctl,    SYS_time,
#endif
};

/* What an honest program may try, and must live without: it gets EPERM. */
static const int denied[] = {
    SYS_openat,   SYS_faccessat, SYS_readlinkat, SYS_newfstatat,       SYS_statx,
    SYS_ioctl,    SYS_fcntl,     SYS_getcwd,     SYS_sched_getaffinity, SYS_prctl,
    SYS_sysinfo,
#ifdef __x86_64__
    SYS_open,     SYS_access,    SYS_readlink,   SYS_stat,              SYS_lstat,
#endif
};

typedef struct filter {
    struct sock_filter code[256];
    unsigned short n;
} filter;

static void emit(filter *f, int code, uint32_t k, size_t yes, size_t no)
{
    f->code[f->n++] =
        (struct sock_filter){(uint16_t) code, (uint8_t) yes, (uint8_t) no, k};
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

/* The filter of a worker that is started by execveat with the name at `name`, or, NULL, by bubblewrap. */
static void filter_build(filter *f, const char *name)
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
    /* abort() is the one signal that may be sent, by bubblewrap's job to itself (or to its process 1, which ignores it).
     * Without namespaces it could hit others; abort() then ends by SIGSEGV, its last resort. */
    const check abrt[] = {{2, false, all, SIGABRT}};
    decide(f, SYS_tgkill, abrt, 1, name ? REFUSE : allow, kill);
    /* 128 + SIGKILL: bubblewrap's status of a job that the system killed for want of memory. Nobody may feign that. */
    const check feigned[] = {{0, false, 0xff, SIGNAL_STATUS + SIGKILL}};
    decide(f, SYS_exit_group, feigned, 1, kill, allow);
    decide(f, SYS_exit, feigned, 1, kill, allow);
    const uint64_t at = (uint64_t) (uintptr_t) name;
    const check start[] = {{0, false, all, EXTRA},
                           {1, false, all, (uint32_t) at},
                           {1, true, all, (uint32_t) (at >> 32)},
                           {4, false, all, AT_EMPTY_PATH}};
    if (name) decide(f, SYS_execveat, start, 4, allow, kill);
    else decide(f, SYS_execve, NULL, 0, allow, 0);
    give(f, kill);
}
