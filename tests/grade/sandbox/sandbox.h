/**
 * @file  sandbox.h
 * @brief Runs untrusted jobs: a student's program, and the compiler on a student's source.
 *
 * A job gets a request and may write an answer; it can reach nothing else: no file, no network, no other process. Linux
 * on x86-64 and aarch64; elsewhere this compiles, and the mode is SANDBOX_NONE.
 *
 * There are two modes. SANDBOX_BWRAP: bubblewrap gives the job an empty file system and its own namespaces, and a
 * seccomp filter allows only what a static program needs to compute. SANDBOX_SECCOMP, where namespaces are not
 * available (in most containers): the same filter, uid 65534 instead of root, and Landlock if the kernel has it.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "say.h"

#include <stdbool.h>
#include <stddef.h>

/** How jobs are confined. */
typedef enum sandbox_mode {
    SANDBOX_NONE,    /**< not at all: nothing is run */
    SANDBOX_SECCOMP, /**< filtered system calls, limits, Landlock if available */
    SANDBOX_BWRAP    /**< also the namespaces of bubblewrap */
} sandbox_mode;

/** What works on this machine. */
typedef struct sandbox {
    sandbox_mode mode; /**< how jobs are confined */
    int landlock;      /**< version of Landlock; 0: none */
    char detail[512];  /**< one line: what the mode uses, and why not a better one */
} sandbox;

/** The limits of a job. Two of them say that it takes too long, whatever else the machine has to do: CPU time, and time
 *  in which it has nothing to compute. The third says that the machine did not let it compute. */
typedef struct sandbox_limits {
    int cpu_ms;    /**< milliseconds of CPU time, of all its processes together */
    int idle_ms;   /**< milliseconds in which all its processes sleep or wait */
    int wall_ms;   /**< milliseconds from start to end; to exceed only these is SANDBOX_INFRA */
    size_t memory; /**< bytes of address space */
    size_t file;   /**< bytes of each file that it writes */
    size_t log;    /**< bytes kept of its output on 1 and 2 */
} sandbox_limits;

/** How a job ended. */
typedef enum sandbox_status {
    SANDBOX_DONE,    /**< it exited with 0 */
    SANDBOX_EXITED,  /**< it exited with another status */
    SANDBOX_CRASHED, /**< a signal ended it */
    SANDBOX_TIMEOUT, /**< it exceeded its CPU time, or slept too long */
    SANDBOX_BLOCKED, /**< it made a forbidden system call */
    SANDBOX_INFRA    /**< the sandbox or the machine failed, not the job: see why */
} sandbox_status;

/** The result of a job. Free it with sandbox_result_free(). */
typedef struct sandbox_result {
    sandbox_status status; /**< how it ended */
    int code;              /**< SANDBOX_EXITED: its exit status; CRASHED, BLOCKED: the signal */
    unsigned char *answer; /**< its output on 3; NULL if nothing was run */
    size_t size;           /**< bytes of the answer */
    bool overflow;         /**< the answer was longer than its room */
    char *log;             /**< its output on 1 and 2, and a NUL; NULL if nothing was run */
    size_t log_size;       /**< bytes of the log, which may contain anything, NULs too */
    bool cut;              /**< the log was longer than is kept */
    int wall_ms;           /**< milliseconds from start to end */
    int cpu_ms;            /**< CPU time */
    error why;             /**< SANDBOX_INFRA: what failed */
} sandbox_result;

/**
 * @brief  Find the best mode that works here: run a tiny program that is allowed, and one that must be stopped.
 *
 * GRADE_SANDBOX=bwrap, seccomp or none in the environment forces a mode.
 * @param[out] box what works; SANDBOX_NONE if nothing does, which is no error
 * @param[out] e   why a forced mode does not work
 * @return false if a forced mode is unknown or does not work
 */
bool sandbox_detect(sandbox *box, error *e);

/**
 * @brief  The usual limits of a worker: 1 s of CPU time, 1 s idle, 60 s in all, 128 MB, no file, 64 KB of log.
 * @return the limits
 */
sandbox_limits sandbox_run_limits(void);

/**
 * @brief  The limits of a compiler: 4 s of CPU time, 4 s idle, 120 s in all, 384 MB, files of 16 MB, 64 KB of log.
 * @return the limits
 */
sandbox_limits sandbox_compile_limits(void);

/**
 * @brief  Run a statically linked program on a request. No process of it is left when this returns.
 *
 * Meanwhile the caller is a subreaper (prctl), to wait for all of them. It must not ignore SIGCHLD.
 *
 * The program reads the request from descriptor 0, may print to 1 and 2, and writes its answer to 3; no other
 * descriptor is open. It has no arguments and no environment. A job that is stopped before it starts counts as
 * SANDBOX_INFRA.
 * @param[in] box     what sandbox_detect() found
 * @param[in] worker  the open program (O_PATH or O_RDONLY), a file on disk that all may execute; not closed
 * @param[in] request bytes for descriptor 0
 * @param[in] size    how many
 * @param[in] room    most bytes of the answer
 * @param[in] limits  its limits
 * @return the result, with failures of the sandbox, too; free it with sandbox_result_free()
 */
sandbox_result sandbox_run(const sandbox *box, int worker, const void *request, size_t size,
                           size_t room, const sandbox_limits *limits);

/**
 * @brief  Run a compiler, linker or objcopy, which may read the system's files and `readable`, and write `work` only.
 *
 * It starts in `work`, with PATH=/usr/bin:/bin, the C locale, an empty input, and temporary files in `work`. Without
 * namespaces Landlock confines it; without Landlock it is not run (SANDBOX_INFRA). If one of the compiler's processes
 * exceeds a limit, the compiler says so in the log and exits with a status of its own.
 * @param[in] box      what sandbox_detect() found
 * @param[in] argv     the command and its arguments, then NULL
 * @param[in] work     absolute path of a folder owned by the caller
 * @param[in] readable absolute paths of folders that may be read, then NULL; NULL: none
 * @param[in] limits   memory and files of each of its processes; times of all together
 * @return the result, without an answer; free it with sandbox_result_free()
 */
sandbox_result sandbox_compile(const sandbox *box, const char *const argv[], const char *work,
                               const char *const readable[], const sandbox_limits *limits);

/**
 * @brief Free what a result holds.
 * @param[in,out] r the result; empty afterwards
 */
void sandbox_result_free(sandbox_result *r);

/**
 * @brief  The name of a mode, as in the result file and in GRADE_SANDBOX.
 * @param  mode the mode
 * @return "none", "seccomp" or "bwrap"
 */
const char *sandbox_mode_name(sandbox_mode mode);

#endif
