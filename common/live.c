/* live.c: memory, Ctrl-C, a clock, and a progress line. See live.h. */
#define _POSIX_C_SOURCE 200809L

#include "live.h"

#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

bool memory_fits(error *e, double bytes, double largest, const char *format, ...)
{
    char what[200];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
#ifdef _SC_PHYS_PAGES
    const double has = (double) sysconf(_SC_PHYS_PAGES) * (double) sysconf(_SC_PAGESIZE);
    if (has > 0 && bytes > has)
        return error_set(e,
                         say("%s take %.1f GB of memory; this machine has %.1f",
                             "%s: 메모리 %.1f GB가 듭니다. 이 컴퓨터에는 %.1f GB가 있습니다"),
                         what, bytes / 1e9, has / 1e9);
#endif
    if (largest <= INT_MAX) return true;
    return error_set(e, say("%s are too large", "%s: 너무 큽니다"), what);
}

static volatile sig_atomic_t stopped_by = 0;

static void on_signal(int signal_number) { stopped_by = signal_number; }

void live_catch(void)
{
    struct sigaction act = {.sa_handler = on_signal,
                            .sa_flags = (int) SA_RESETHAND}; /* a second one ends the program */
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* at the file size limit, write() fails instead */
#endif
}

int live_stopped(void) { return (int) stopped_by; }

double live_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

live live_begin(bool wanted)
{
    const double now = live_seconds();
    return (live){wanted, isatty(STDERR_FILENO) != 0, now, now};
}

bool live_due(live *l)
{
    if (!l->wanted) return false;
    const double now = live_seconds();
    if (now - l->last < (l->tty ? 0.2 : 10)) return false;
    l->last = now;
    return true;
}

const char *live_before(const live *l) { return l->tty ? "\r" : ""; }

const char *live_after(const live *l) { return l->tty ? "\033[K" : "\n"; }

void live_clear(const live *l)
{
    if (l->wanted && l->tty) fputs("\r\033[K", stderr);
}
