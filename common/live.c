/* live.c: memory, signals, a clock, and a progress line. See live.h. */
#include "platform.h"

#include "live.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#if HAS_SIGNALS
#include <signal.h>
#endif

double memory_size(void)
{
#if HAS_SYSCONF && defined _SC_PHYS_PAGES
    const double bytes = (double) sysconf(_SC_PHYS_PAGES) * (double) sysconf(_SC_PAGESIZE);
    if (bytes > 0) return bytes;
#endif
    return INFINITY;
}

bool memory_fits(error *e, double bytes, double largest, const char *format, ...)
{
    char what[200];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
    const double has = memory_size();
    if (bytes > has)
        return error_set(e,
                         say("%s take %.1f GB of memory; this machine has %.1f",
                             "%s: 메모리 %.1f GB가 듭니다. 이 컴퓨터에는 %.1f GB가 있습니다"),
                         what, bytes / 1e9, has / 1e9);
    if (largest <= INT_MAX) return true;
    return error_set(e, say("%s are too large", "%s: 너무 큽니다"), what);
}

#if HAS_SIGNALS
static volatile sig_atomic_t stopped_by = 0;

static void on_signal(int signal_number)
{
    if (!stopped_by)
        stopped_by = signal_number; /* Ctrl-C ends a pager, too, and then comes SIGPIPE */
    alarm(1);
}

/* A write that blocks, to a pipe that nobody reads, returns: every second from the stop on. */
static void on_alarm(int signal_number)
{
    (void) signal_number;
    alarm(1);
}

/* Catch a signal, unless whoever started the program has it ignored, as nohup does. */
static void catch_signal(int signal_number, void (*handler)(int), unsigned flags)
{
    struct sigaction act;
    if (sigaction(signal_number, NULL, &act) != 0 || act.sa_handler == SIG_IGN) return;
    memset(&act, 0, sizeof act);
    act.sa_handler = handler;
    act.sa_flags = (int) flags;
    sigaction(signal_number, &act, NULL);
}

void live_catch(void)
{
    catch_signal(SIGALRM, on_alarm, 0);
    /* What is being written is written to its end, if that takes no second. A second Ctrl-C ends the program. */
    catch_signal(SIGINT, on_signal, SA_RESTART | SA_RESETHAND);
    catch_signal(SIGTERM, on_signal, SA_RESTART | SA_RESETHAND);
    /* These come more than once: from the terminal and from the shell, and with every write. */
    catch_signal(SIGHUP, on_signal, SA_RESTART);
    catch_signal(SIGPIPE, on_signal, SA_RESTART);
#ifdef SIGXCPU
    catch_signal(SIGXCPU, on_signal, SA_RESTART);
#endif
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* at the file size limit, write() fails instead */
#endif
}

int live_stopped(void) { return (int) stopped_by; }
#else
void live_catch(void) {}

int live_stopped(void) { return 0; }
#endif

double live_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

/* Does stderr go to a terminal that can overwrite a line? */
static bool is_terminal(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && kind && *kind && strcmp(kind, "dumb") != 0;
}

live live_begin(bool wanted)
{
    const double now = live_seconds();
    return (live){wanted, is_terminal(), now, now};
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
