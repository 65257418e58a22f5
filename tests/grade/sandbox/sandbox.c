/* sandbox.c: a worker as a job, and which mode works here. See sandbox.h, and job.h for the other files. */
#define _GNU_SOURCE

#include "job.h"

#include "require.h"

#include <stdlib.h>
#include <string.h>

sandbox_limits sandbox_run_limits(void)
{
    return (sandbox_limits){.cpu_ms = 1000,
                            .idle_ms = 1000,
                            .wall_ms = 60000,
                            .memory = (size_t) 128 << 20,
                            .file = 0,
                            .log = 64 << 10};
}

sandbox_limits sandbox_compile_limits(void)
{
    return (sandbox_limits){.cpu_ms = 4000,
                            .idle_ms = 4000,
                            .wall_ms = 120000,
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

sandbox_result no_sandbox(void)
{
    sandbox_result r = {.status = SANDBOX_INFRA};
    error_set(&r.why, "%s", say("there is no sandbox here", "여기에는 샌드박스가 없습니다"));
    return r;
}

/* What forced_mode() returns besides a mode. */
enum { ANY_MODE = -1, UNKNOWN_MODE = -2 };

/* The mode that GRADE_SANDBOX asks for. */
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

#ifdef SANDBOX_HERE

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- a worker ---- */

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
    const char *wrapper[WORKER_WORDS] = {NULL};
    p.fd[REQUEST] = bytes_file(request, size);
    bool ok = p.fd[REQUEST] >= 0;
    if (!ok) error_set(&r.why, "memfd: %s", strerror(errno));
    p.envp = empty;
    if (ok && bwrap) {
        filter f;
        filter_build(&f, NULL, 0);
        bwrap_worker(path, wrapper);
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

/* ---- which mode works ---- */

/* A complete program: the system call `call`, then exit(0). */
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

/* Run the tiny program with `call`: does it end as expected? */
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
        const sandbox_limits limits = sandbox_run_limits();
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

bool sandbox_detect(sandbox *box, error *e)
{
    *box =
        (sandbox){.mode = SANDBOX_NONE, .detail = "only Linux on x86-64 and aarch64 has a sandbox"};
    const int forced = forced_mode(e);
    if (forced == UNKNOWN_MODE) return false;
    return forced <= (int) SANDBOX_NONE || error_set(e, "GRADE_SANDBOX: %s", box->detail);
}

#endif
