/* bwrap.c: the command lines of bubblewrap. See job.h. */
#define _GNU_SOURCE

#include "job.h"

#ifdef SANDBOX_HERE

#include <stdlib.h>
#include <unistd.h>

/* Append strings to a list; returns its new length. */
static size_t append(const char **list, size_t n, const char *const more[], size_t many)
{
    for (size_t i = 0; i < many; i++) list[n++] = more[i];
    return n;
}

/* The start of every command line of bubblewrap; 5 is STATUS. */
static const char *const bubblewrap[] = {
    "bwrap",      "--unshare-all", "--die-with-parent", "--new-session",
    "--cap-drop", "ALL",           "--json-status-fd",  "5"};
enum { BUBBLEWRAP = sizeof bubblewrap / sizeof *bubblewrap };

static size_t count(const char *const list[])
{
    size_t n = 0;
    while (list && list[n]) n++;
    return n;
}

void bwrap_worker(const char *path, const char *list[WORKER_WORDS])
{
    const size_t n = append(list, 0, bubblewrap, BUBBLEWRAP);
    append(list, n,
           (const char *const[]){"--uid", "65534", "--gid", "65534", "--seccomp", "4", "--chdir",
                                 "/", "--ro-bind", path, "/worker", "/worker"},
           12);
}

const char **bwrap_compiler(const char *const argv[], const char *work,
                            const char *const readable[], char links[][LINK_ROOM])
{
    const size_t folders = count(readable), args = count(argv), most = 1 << 16;
    if (folders > most || args > most) return NULL;
    const char **list =
        calloc(BUBBLEWRAP + 3 * (SYSTEM_FOLDERS + folders) + 7 + args + 1, sizeof *list);
    if (!list) return NULL;
    size_t n = append(list, 0, bubblewrap, BUBBLEWRAP);
    for (size_t i = 0; i < SYSTEM_FOLDERS; i++) {
        const char *folder = system_folders[i];
        const ssize_t length = readlink(folder, links[i], sizeof links[i] - 1);
        if (length >= 0) {
            links[i][length] = '\0';
            n = append(list, n, (const char *const[]){"--symlink", links[i], folder}, 3);
        } else
            n = append(list, n, (const char *const[]){"--ro-bind-try", folder, folder}, 3);
    }
    for (size_t i = 0; i < folders; i++)
        n = append(list, n, (const char *const[]){"--ro-bind", readable[i], readable[i]}, 3);
    n = append(list, n,
               (const char *const[]){"--bind", work, work, "--remount-ro", "/", "--chdir", work},
               7);
    append(list, n, argv, args);
    return list;
}

#endif
