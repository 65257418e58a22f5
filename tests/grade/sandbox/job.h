/* job.h: what the files of the sandbox share; nothing outside of this folder includes it. See sandbox.h.
 *
 *     filter.c   what the kernel lets a job do: system calls (seccomp), files (Landlock)
 *     spawn.c    a job from its start to its end: the child, the parent that watches it, and how it ended
 *     tree.c     what the processes of a job do meanwhile
 *     bwrap.c    the command lines of bubblewrap
 *     compile.c  a compiler as a job
 *     sandbox.c  a worker as a job, and which mode works here */
#ifndef JOB_H
#define JOB_H

#include "sandbox.h"

/* The result without a sandbox. */
sandbox_result no_sandbox(void);

#if defined(__linux__) && (defined(__x86_64__) || (defined(__aarch64__) && defined(__AARCH64EL__)))
#define SANDBOX_HERE

#include <linux/filter.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    START_MS = 60000,   /* for a job to start; after that the sandbox has failed */
    SIGNAL_STATUS = 128 /* bubblewrap's exit status of a job killed by signal n: 128 + n */
};

/* The descriptors of the child. */
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

/* A seccomp program. */
typedef struct filter {
    struct sock_filter code[256];
    unsigned short n;
} filter;

/* Build the filter of a worker that process `pid` starts by execveat with the name at `name`; NULL: bubblewrap does. */
void filter_build(filter *f, const char *name, pid_t pid);

/* Access rights of Landlock. */
enum {
    MAY_EXECUTE = 1 << 0,
    MAY_WRITE = 1 << 1,
    MAY_READ = 1 << 2,
    MAY_LIST = 1 << 3,
    MAY_REMOVE = 1 << 4 | 1 << 5,
    MAY_MAKE = 1 << 7 | 1 << 8, /* folders and regular files */
    MAY_TRUNCATE = 1 << 14
};

/* The version of Landlock; 0: none. */
int landlock_version(void);

/* Make rules that allow nothing; -1 on failure. */
int landlock_open(int version);

bool landlock_allow(int rules, int version, int file, unsigned access);
bool landlock_allow_path(int rules, int version, const char *path, unsigned access);

/* Apply the rules to this process. */
bool landlock_confine(int rules);

/* ---- spawn.c ---- */

/* What the child needs, prepared before the fork: from fork to exec it only makes system calls, as the caller may have
 * threads. */
typedef struct plan {
    int fd[PLACES];          /* to become descriptors 0 to PLACES - 1; -1: none */
    int hidden;              /* the first descriptor that exec closes */
    const char *folder;      /* the working directory */
    const char *const *argv; /* the command, looked up in PATH; NULL: fd[EXTRA], filtered */
    const char *const *envp; /* the environment */
    const sandbox_limits *limits;
    bool guarded; /* the child confines itself; otherwise bubblewrap does */
    bool nobody;  /* become uid 65534 */
    pid_t parent;
    char nothing[1]; /* the name of fd[EXTRA] for execveat */
} plan;

/* A plan without descriptors whose child confines itself. */
plan plan_new(const sandbox_limits *limits);

/* Close the descriptors opened for a plan. */
void plan_close(plan *p);

/* Run a plan to its end. *r must be SANDBOX_INFRA without a reason. */
void job_run(plan *p, bool bwrap, size_t room, sandbox_result *r);

/* Make an unnamed file with these bytes that nobody can change; -1 on failure. */
int bytes_file(const void *bytes, size_t size);

/* Close a descriptor unless it is -1, and set it to -1. */
void shut(int *fd);

void check_limits(const sandbox_limits *l);

/* ---- tree.c ---- */

/* A process and its descendants, at one moment. */
typedef struct tree {
    bool known; /* can the kernel tell? */
    /* Does one of them run, wait for a processor or for a disk, or was it stopped from outside? */
    bool busy;
    int64_t cpu_ms; /* CPU time of all of them so far */
    uint64_t ticks;
    int processes;
} tree;

tree tree_of(pid_t root);

/* ---- bwrap.c ---- */

enum { WORKER_WORDS = 40, LINK_ROOM = 256 };

/* Fill in the command line for the worker at `path`. */
void bwrap_worker(const char *path, const char *list[WORKER_WORDS]);

/* The command line of bubblewrap around a compiler's; free() it; NULL on out of memory. `links` has room for the
 * targets of system folders that are links. */
const char **bwrap_compiler(const char *const argv[], const char *work,
                            const char *const readable[], char links[][LINK_ROOM]);

/* ---- compile.c ---- */

enum { SYSTEM_FOLDERS = 7 };

/* The system folders that a compiler may read, if they exist. */
extern const char *const system_folders[SYSTEM_FOLDERS];

#endif
#endif
