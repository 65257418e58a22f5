/* fault.c: run a program and let one of its system calls fail. Linux on x86-64 (ptrace).
 *
 *     fault N once|on TOLD PROGRAM ARGUMENT...
 *
 * The N-th call that touches a file of a relative name, or stdout, fails; with `on`, all writes from the N-th on, as on a
 * full disk. What the system does not let a program see, such as the write() inside of fwrite(), fails, too. The file
 * TOLD gets the name of the call that failed, and nothing if there were fewer calls. Exits with the program's status. */
#define _GNU_SOURCE

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
#error "fault.c knows the registers of x86-64 only"
#endif

typedef struct call {
    long number;
    const char *name;
    int error;
    enum { OF_FD, OF_PATH, OF_PATH_AT } of; /* where the file is among the arguments */
} call;

static const call calls[] = {
    {SYS_read, "read", EIO, OF_FD},           {SYS_write, "write", ENOSPC, OF_FD},
    {SYS_writev, "writev", ENOSPC, OF_FD},    {SYS_fsync, "fsync", EIO, OF_FD},
    {SYS_ftruncate, "ftruncate", EIO, OF_FD}, {SYS_fchmod, "fchmod", EPERM, OF_FD},
    {SYS_flock, "flock", ENOLCK, OF_FD},      {SYS_lseek, "lseek", EIO, OF_FD},
    {SYS_open, "open", EMFILE, OF_PATH},      {SYS_openat, "openat", EMFILE, OF_PATH_AT},
    {SYS_rename, "rename", EIO, OF_PATH},     {SYS_unlink, "unlink", EIO, OF_PATH},
};

enum { FILES = 64 };
static bool ours[FILES] = {[STDOUT_FILENO] =
                               true}; /* open files that were opened under a relative name */

static bool is_relative(pid_t child, unsigned long long address)
{
    errno = 0;
    const long word = ptrace(PTRACE_PEEKDATA, child, (void *) address, NULL);
    return errno == 0 && (word & 0xFF) != '/' && (word & 0xFF) != '\0';
}

/* The call that the child is about to make, if it touches one of its files. */
static const call *about_to(pid_t child, const struct user_regs_struct *r)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const call *c = &calls[i];
        if (c->number != (long) r->orig_rax) continue;
        if (c->of == OF_FD) return r->rdi < FILES && ours[r->rdi] ? c : NULL;
        return is_relative(child, c->of == OF_PATH ? r->rdi : r->rsi) ? c : NULL;
    }
    return NULL;
}

static bool is_write(const call *c) { return c->number == SYS_write || c->number == SYS_writev; }

int main(int argc, char **argv)
{
    if (argc < 5) return 2;
    const long at = strtol(argv[1], NULL, 10);
    const bool on = strcmp(argv[2], "on") == 0;
    FILE *told = fopen(argv[3], "we");
    const pid_t child = told ? fork() : -1;
    if (child < 0) return 2;
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execv(argv[4], argv + 4);
        _exit(127);
    }
    int status, give = 0;
    long n = 0;
    bool entered = false;
    const call *c = NULL, *failing = NULL;
    struct user_regs_struct r;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return 2;
    ptrace(PTRACE_SETOPTIONS, child, NULL, (void *) (PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
    for (;;) {
        if (ptrace(PTRACE_SYSCALL, child, NULL, (void *) (long) give) != 0) return 2;
        give = 0;
        if (waitpid(child, &status, 0) != child) return 2;
        if (WIFEXITED(status)) return WEXITSTATUS(status);
        if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
        if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
            give = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
            continue;
        }
        entered = !entered;
        ptrace(PTRACE_GETREGS, child, NULL, &r);
        if (entered) {
            c = about_to(child, &r);
            if (!c || (on && !is_write(c))) continue;
            n++;
            failing = n == at || (on && n > at) ? c : NULL;
            if (!failing) continue;
            fprintf(told, "%s\n", c->name);
            fflush(told);
            r.orig_rax = (unsigned long long) -1; /* no call */
            ptrace(PTRACE_SETREGS, child, NULL, &r);
        } else if (failing) {
            r.rax = (unsigned long long) -failing->error;
            ptrace(PTRACE_SETREGS, child, NULL, &r);
            failing = NULL;
        } else if (c && c->of != OF_FD && c->number != SYS_rename && c->number != SYS_unlink) {
            if (r.rax < FILES) ours[r.rax] = true;
        } else if (r.orig_rax == SYS_close && r.rdi < FILES) {
            ours[r.rdi] = false;
        }
    }
}
