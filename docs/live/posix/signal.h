/* signal.h: signals have numbers, and none arrives: a trap ends the program, and the page says which signal that would be. */
#ifndef PAGE_SIGNAL_H
#define PAGE_SIGNAL_H
#include <stdlib.h>
enum { SIGABRT = 6, SIGBUS = 7, SIGFPE = 8, SIGKILL = 9, SIGSEGV = 11, SIGXCPU = 24, SIGXFSZ = 25 };
enum { SA_SIGINFO = 1, SA_ONSTACK = 2 };
#define SIG_DFL ((void (*)(int)) 0)
typedef struct siginfo_t {
    void *si_addr;
} siginfo_t;
typedef struct stack_t {
    void *ss_sp;
    size_t ss_size;
} stack_t;
struct sigaction {
    void (*sa_sigaction)(int, siginfo_t *, void *);
    int sa_flags;
};
static inline int sigaction(int n, const struct sigaction *now, struct sigaction *old)
{
    return (void) n, (void) now, (void) old, 0;
}
static inline int sigaltstack(const stack_t *now, stack_t *old)
{
    return (void) now, (void) old, 0;
}
static inline void signal(int n, void (*f)(int)) { (void) n, (void) f; }
static inline int raise(int n) { (void) n, abort(); }
static inline int kill(int pid, int n) { return (void) pid, (void) n, -1; }
#endif
