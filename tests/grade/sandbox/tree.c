/* tree.c: what the processes of a job do, as /proc tells. See job.h. */
#define _GNU_SOURCE

#include "job.h"

#ifdef SANDBOX_HERE

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DEPTH = 32, MOST_PROCESSES = 1000 };

/* Read a small file of /proc as a string. */
static bool read_file(const char *path, char *text, size_t room)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const ssize_t n = read(file, text, room - 1);
    close(file);
    text[n > 0 ? n : 0] = '\0';
    return n >= 0;
}

/* Add a process and its descendants. */
static void add(tree *t, pid_t pid, int depth)
{
    char path[80], text[4096];
    snprintf(path, sizeof path, "/proc/%d/stat", (int) pid);
    if (depth > MOST_DEPTH || ++t->processes > MOST_PROCESSES ||
        !read_file(path, text, sizeof text))
        return; /* it may have ended meanwhile */
    /* PID (NAME) STATE, ten numbers, and the ticks of itself and of the children that it waited for. A name may have
     * anything in it. */
    const char *at = strrchr(text, ')');
    char state;
    unsigned long ticks[4];
    if (!at || sscanf(at + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &state,
                      ticks, ticks + 1, ticks + 2, ticks + 3) != 5)
        return;
    t->busy = t->busy || !strchr("SZX", state);
    for (int i = 0; i < 4; i++) t->ticks += ticks[i];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int) pid, (int) pid);
    if (!read_file(path, text, sizeof text)) {
        t->known = t->known && kill(pid, 0) != 0; /* ended, or a kernel that does not tell */
        return;
    }
    char *end = text;
    for (long child; (child = strtol(end, &end, 10)) > 0;) add(t, (pid_t) child, depth + 1);
}

tree tree_of(pid_t root)
{
    tree t = {.known = true};
    add(&t, root, 0);
    t.cpu_ms = (int64_t) (t.ticks * 1000 / (uint64_t) sysconf(_SC_CLK_TCK));
    return t;
}

#endif
