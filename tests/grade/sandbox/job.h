/* job.h: what the files of the sandbox share; nothing outside of this folder includes it. See sandbox.h.
 *
 *     filter.c   what the kernel lets a job do: system calls (seccomp), files (Landlock)
 *     spawn.c    a job from its start to its end: the child, the parent that watches it, and how it ended
 *     bwrap.c    the command lines of bubblewrap
 *     compile.c  a compiler as a job
 *     sandbox.c  a worker as a job, and which mode works here */
#ifndef JOB_H
#define JOB_H

#include "sandbox.h"

/* What a caller gets where there is no sandbox. */
sandbox_result no_sandbox(void);

#if defined(__linux__) && (defined(__x86_64__) || (defined(__aarch64__) && defined(__AARCH64EL__)))
#define SANDBOX_HERE

#include <linux/filter.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    START_MS = 10000,   /* until a job has started; what is over is our failure */
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

/* ---- filter.c ---- */

typedef struct filter {
    struct sock_filter code[256];
    unsigned short n;
} filter;

/* The filter of a worker that is started by execveat with the name at `name` as process `pid`; NULL: by bubblewrap. */
void filter_build(filter *f, const char *name, pid_t pid);

/* Landlock's rights. */
enum {
    MAY_EXECUTE = 1 << 0,
    MAY_WRITE = 1 << 1,
    MAY_READ = 1 << 2,
    MAY_LIST = 1 << 3,
    MAY_REMOVE = 1 << 4 | 1 << 5,
    MAY_MAKE = 1 << 7 | 1 << 8, /* folders and regular files */
    MAY_TRUNCATE = 1 << 14
};

/* The kernel's version; 0: none. */
int landlock_version(void);

/* Rules that allow nothing; -1 on failure. */
int landlock_open(int version);

bool landlock_allow(int rules, int version, int file, unsigned access);
bool landlock_allow_path(int rules, int version, const char *path, unsigned access);

/* From now on the rules hold for this process. */
bool landlock_confine(int rules);

/* ---- spawn.c ---- */

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

/* A plan without descriptors, which confines itself. */
plan plan_new(const sandbox_limits *limits);

/* Close what was opened for a plan. */
void plan_close(plan *p);

/* Start a plan and watch it to its end. r is SANDBOX_INFRA without a reason so far. */
void job_run(plan *p, bool bwrap, size_t room, sandbox_result *r);

/* A file without a name that holds these bytes and that nobody can change; -1 on failure. */
int bytes_file(const void *bytes, size_t size);

/* Close it, if it is open. */
void shut(int *fd);

void check_limits(const sandbox_limits *l);

/* ---- bwrap.c ---- */

enum { WORKER_WORDS = 40, LINK_ROOM = 256 };

/* The command line for the worker at `path`. */
void bwrap_worker(const char *path, const char *list[WORKER_WORDS]);

/* The command line around a compiler's, freed with free(); NULL on out of memory. `links` has room for what each folder
 * of the system is a link to. */
const char **bwrap_compiler(const char *const argv[], const char *work,
                            const char *const readable[], char links[][LINK_ROOM]);

/* ---- compile.c ---- */

enum { SYSTEM_FOLDERS = 7 };

/* The folders of the system that a compiler reads, where they exist. */
extern const char *const system_folders[SYSTEM_FOLDERS];

#endif
#endif
