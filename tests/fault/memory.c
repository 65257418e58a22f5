/* memory.c: let the N-th allocation of a program fail: LD_PRELOAD=memory.so FAULT_MEMORY=N FAULT_TOLD=file program. glibc. */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static long left = 0; /* allocations until one fails; 0: none does */

/* Runs before main(), so that only the program's own allocations count. */
__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("FAULT_MEMORY");
    left = at ? strtol(at, NULL, 10) : 0;
}

static int fails(void)
{
    if (left == 0 || --left > 0) return 0;
    const int fd = open(getenv("FAULT_TOLD"), O_WRONLY | O_CREAT, 0666);
    if (fd < 0 || write(fd, "malloc\n", strlen("malloc\n")) < 0 || close(fd) != 0) abort();
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) { return fails() ? NULL : __libc_calloc(count, size); }

void *realloc(void *old, size_t size) { return fails() ? NULL : __libc_realloc(old, size); }

int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *p = fails() ? NULL : __libc_memalign(alignment, size);
    if (!p) return ENOMEM;
    *block = p;
    return 0;
}
