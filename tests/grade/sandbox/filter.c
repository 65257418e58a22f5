/* filter.c: what the kernel lets a job do: system calls (seccomp), files (Landlock). See job.h.
 *
 * A job must not exec anything. But the filter must be in place before the program starts, so it has to allow one
 * exec. In SANDBOX_SECCOMP this is an execveat of descriptor 4, which that exec closes, with a name at an address
 * that the job would have to guess at its first try: any other call kills it. Landlock, if available, leaves nothing
 * to execute but the program itself. In SANDBOX_BWRAP, bubblewrap calls execve; the program is the only file in the
 * job's file system, so it can start nothing but itself, under the same filter and limits. */
#define _GNU_SOURCE

#include "job.h"

#ifdef SANDBOX_HERE

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What older headers lack. */
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

/* ---- seccomp ---- */

#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#else
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* What a static program needs to read, compute and write to open descriptors. wait4 is for bubblewrap's process 1,
 * which runs under the filter, too; a job has no child to wait for. */
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

/* What an honest program may try: it gets EPERM. */
static const int denied[] = {
    SYS_openat, SYS_faccessat, SYS_readlinkat,        SYS_newfstatat, SYS_statx,   SYS_ioctl,
    SYS_fcntl,  SYS_getcwd,    SYS_sched_getaffinity, SYS_prctl,      SYS_sysinfo,
#ifdef __x86_64__
    SYS_open,   SYS_access,    SYS_readlink,          SYS_stat,       SYS_lstat,
#endif
};

_Static_assert(sizeof allowed / sizeof *allowed + sizeof denied / sizeof *denied <= 90,
               "two steps each, and some sixty for the rest");

static void emit(filter *f, int code, uint32_t k, size_t yes, size_t no)
{
    f->code[f->n++] = (struct sock_filter){(uint16_t) code, (uint8_t) yes, (uint8_t) no, k};
}

static void give(filter *f, uint32_t what) { emit(f, BPF_RET | BPF_K, what, 0, 0); }

static const uint32_t REFUSE = SECCOMP_RET_ERRNO | EPERM;

/* Half of an argument of a system call, and its required value. */
typedef struct check {
    int argument;
    bool high;
    uint32_t mask, value;
} check;

/* System call nr: `yes` if all n checks hold, otherwise `no`. */
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

void filter_build(filter *f, const char *name, pid_t pid)
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
    /* A job may only read limits, and only its own. */
    const check own[] = {{0, false, all, 0}, {2, false, all, 0}, {2, true, all, 0}};
    decide(f, SYS_prlimit64, own, 3, allow, REFUSE);
    /* The only signal that a job may send is that of abort(), to itself. */
    const check aborts[] = {{2, false, all, SIGABRT}, {0, false, all, (uint32_t) pid}};
    decide(f, SYS_tgkill, aborts, name ? 2 : 1, allow, kill);
    /* 128 + SIGKILL is bubblewrap's status of a job that the system killed on out of memory. No job may fake that. */
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

/* Declared here, as older headers lack them. */
typedef struct landlock_set {
    uint64_t files;
} landlock_set;
typedef struct landlock_rule {
    uint64_t access;
    int32_t folder;
} __attribute__((packed)) landlock_rule;

enum { LANDLOCK_VERSION = 1, LANDLOCK_BENEATH = 1 };

int landlock_version(void)
{
    const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    return version > 0 ? (int) version : 0;
}

/* All rights of a version. */
static uint64_t landlock_all(int version)
{
    static const int rights[] = {0, 13, 14, 15, 15, 16};
    const size_t known = sizeof rights / sizeof *rights;
    return (UINT64_C(1) << rights[(size_t) version < known ? (size_t) version : known - 1]) - 1;
}

int landlock_open(int version)
{
    const landlock_set set = {landlock_all(version)};
    return (int) syscall(SYS_landlock_create_ruleset, &set, sizeof set, 0);
}

bool landlock_allow(int rules, int version, int file, unsigned access)
{
    const landlock_rule rule = {access & landlock_all(version), file};
    return syscall(SYS_landlock_add_rule, rules, LANDLOCK_BENEATH, &rule, 0) == 0;
}

bool landlock_allow_path(int rules, int version, const char *path, unsigned access)
{
    const int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return false;
    const bool ok = landlock_allow(rules, version, file, access);
    close(file);
    return ok;
}

bool landlock_confine(int rules) { return syscall(SYS_landlock_restrict_self, rules, 0) == 0; }

#endif
