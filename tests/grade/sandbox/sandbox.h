/**
 * @file  sandbox.h
 * @brief Runs what nobody has read: a student's program, and the compiler on a student's source.
 *
 * The caller decides; the job is hostile. It gets a request and may give an answer, and has no way to anything else: no
 * file, no network, no other process. What it does can only cost it its own answer. Linux on x86-64 and aarch64; elsewhere
 * this compiles, and the mode is SANDBOX_NONE.
 *
 * Two modes. SANDBOX_BWRAP: bubblewrap gives the job an empty file system and namespaces of its own, and a seccomp filter
 * lets through only what a static program needs to compute. SANDBOX_SECCOMP, where namespaces are not to be had (in most
 * containers): the same filter, uid 65534 for root, and Landlock where the kernel has it.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "say.h"

#include <stdbool.h>
#include <stddef.h>

/** How jobs are confined. */
typedef enum sandbox_mode {
    SANDBOX_NONE,    /**< not at all: nothing is run */
    SANDBOX_SECCOMP, /**< system calls filtered, limits, Landlock where there is one */
    SANDBOX_BWRAP    /**< namespaces by bubblewrap as well */
} sandbox_mode;

/** What works here. */
typedef struct sandbox {
    sandbox_mode mode; /**< how jobs are confined */
    int landlock;      /**< the kernel's version of Landlock; 0: none */
    char detail[512];  /**< one line: what the mode consists of, and why it is no better one */
} sandbox;

/** What a job may take. */
typedef struct sandbox_limits {
    int wall_ms;   /**< milliseconds from its start to its end */
    int cpu_s;     /**< seconds of computing */
    size_t memory; /**< bytes of address space */
    size_t file;   /**< bytes of a file that it writes */
    size_t log;    /**< bytes kept of what it says on 1 and 2; more is thrown away */
} sandbox_limits;

/** How a job ended. */
typedef enum sandbox_status {
    SANDBOX_DONE,    /**< it exited with 0 */
    SANDBOX_EXITED,  /**< it exited with another status */
    SANDBOX_CRASHED, /**< a signal ended it */
    SANDBOX_TIMEOUT, /**< it took too long, or computed too long */
    SANDBOX_BLOCKED, /**< it tried what the filter forbids */
    SANDBOX_INFRA    /**< we failed, never the job: see why */
} sandbox_status;

/** What came of a job. Give it back with sandbox_result_free(). */
typedef struct sandbox_result {
    sandbox_status status; /**< how it ended */
    int code;              /**< SANDBOX_EXITED: its exit status; CRASHED, BLOCKED: the signal */
    unsigned char *answer; /**< what it wrote on 3; NULL where nothing was run */
    size_t size;           /**< bytes of the answer */
    bool overflow;         /**< it wrote more than there was room for */
    char *log;             /**< what it wrote on 1 and 2, and a NUL; NULL where nothing was run */
    size_t log_size;       /**< bytes of the log; there may be NULs among them, and anything else */
    bool cut;              /**< it wrote more than is kept */
    int wall_ms;           /**< milliseconds from its start to its end */
    int cpu_ms; /**< milliseconds of computing; of a job that bubblewrap held and we ended, nobody knows */
    error why; /**< SANDBOX_INFRA: what failed */
} sandbox_result;

/**
 * @brief  Find the best mode that works here, by running a tiny program in it that may end, and one that must not.
 *
 * GRADE_SANDBOX=bwrap, seccomp or none in the environment forces a mode.
 * @param[out] box what works; SANDBOX_NONE where nothing does, which is no error
 * @param[out] e   why a forced mode cannot be had
 * @return false where a forced mode does not work or is not known
 */
bool sandbox_detect(sandbox *box, error *e);

/**
 * @brief  What a worker may take if nothing else is said: 0.5 s, 1 s of computing, 128 MB, no file, 64 KB of log.
 * @return the limits
 */
sandbox_limits sandbox_run_limits(void);

/**
 * @brief  What a compiler may take: 10 s, 5 s of computing, 384 MB, files of 16 MB, 64 KB of log.
 * @return the limits
 */
sandbox_limits sandbox_compile_limits(void);

/**
 * @brief  Run a statically linked program on a request. Nothing of it is left when this returns.
 *
 * Meanwhile the process is a subreaper (prctl), to wait for all of it. It must not ignore SIGCHLD.
 *
 * It finds the request on descriptor 0, may talk on 1 and 2, and writes its answer to 3; no other is open. It has no
 * arguments and no environment. A job that was stopped while we still prepared it counts as SANDBOX_INFRA.
 * @param[in] box     what sandbox_detect() found
 * @param[in] worker  the open program (O_PATH or O_RDONLY), a file on disk that all may execute; stays the caller's
 * @param[in] request bytes for descriptor 0; stays the caller's
 * @param[in] size    how many
 * @param[in] room    bytes of the answer that are kept
 * @param[in] limits  what it may take
 * @return what came of it, for sandbox_result_free(); failures of ours are in there, too
 */
sandbox_result sandbox_run(const sandbox *box, int worker, const void *request, size_t size,
                           size_t room, const sandbox_limits *limits);

/**
 * @brief  Run a compiler, linker or objcopy, which reads the system's own files and `readable`, and writes `work` only.
 *
 * It starts in `work`, with PATH=/usr/bin:/bin, the C locale, an empty input, and temporary files in `work`. Without
 * namespaces Landlock confines it; where there is none it is not run (SANDBOX_INFRA). Where a process of a compiler takes
 * too much, the compiler says so in the log and exits with a status of its own.
 * @param[in] box      what sandbox_detect() found
 * @param[in] argv     the command and its arguments, then NULL
 * @param[in] work     absolute path of a folder that belongs to the caller
 * @param[in] readable absolute paths of folders that may be read, then NULL; NULL: none
 * @param[in] limits   what each of its processes may take; the wall time is for all of them together
 * @return what came of it, without an answer, for sandbox_result_free()
 */
sandbox_result sandbox_compile(const sandbox *box, const char *const argv[], const char *work,
                               const char *const readable[], const sandbox_limits *limits);

/**
 * @brief Give back what a result holds.
 * @param[in,out] r the result; empty afterwards
 */
void sandbox_result_free(sandbox_result *r);

/**
 * @brief  The name of a mode, as it stands in the result file and in GRADE_SANDBOX.
 * @param  mode the mode
 * @return "none", "seccomp" or "bwrap"
 */
const char *sandbox_mode_name(sandbox_mode mode);

#endif
