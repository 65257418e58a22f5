/* compile.c: a compiler as a job. See job.h. */
#define _GNU_SOURCE

#include "job.h"

#include "require.h"

#ifdef SANDBOX_HERE

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const system_folders[SYSTEM_FOLDERS] = {
    "/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives"};

/* The rules of Landlock for a compiler; -1 on failure. */
static int compiler_rules(int version, const char *work, const char *const readable[], error *e)
{
    const unsigned read_only = MAY_EXECUTE | MAY_READ | MAY_LIST;
    const int rules = landlock_open(version);
    const char *failed = rules < 0 ? "ruleset" : NULL;
    for (size_t i = 0; !failed && i < SYSTEM_FOLDERS; i++)
        if (!landlock_allow_path(rules, version, system_folders[i], read_only) && errno != ENOENT)
            failed = system_folders[i];
    for (size_t i = 0; !failed && readable && readable[i]; i++)
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
    char temporary[4096], links[SYSTEM_FOLDERS][LINK_ROOM];
    const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", temporary, NULL};
    const char **wrapper = NULL;
    bool ok = snprintf(temporary, sizeof temporary, "TMPDIR=%s", work) < (int) sizeof temporary;
    if (!ok) error_set(&r.why, "%s: %s", work, strerror(ENAMETOOLONG));
    p.envp = environment;
    p.fd[REQUEST] = bytes_file("", 0);
    if (ok && p.fd[REQUEST] < 0) ok = error_set(&r.why, "memfd: %s", strerror(errno));
    if (ok && bwrap) {
        p.argv = wrapper = bwrap_compiler(argv, work, readable, links);
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

#else

sandbox_result sandbox_compile(const sandbox *box, const char *const argv[], const char *work,
                               const char *const readable[], const sandbox_limits *limits)
{
    (void) box, (void) argv, (void) work, (void) readable, (void) limits;
    return no_sandbox();
}

#endif
