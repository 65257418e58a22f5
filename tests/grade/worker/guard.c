/* guard.c: memory that shows when a function writes past its end. See guard.h. */
#define _DEFAULT_SOURCE

#include "guard.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST = 4096 };

/* The slack after each block: from its last byte to the forbidden page. */
static struct {
    const unsigned char *from;
    size_t bytes;
} slack[MOST];
static int pieces;

size_t guard_slack(size_t bytes, size_t align) { return (align - bytes % align) % align; }

void *guard_bytes(size_t bytes, size_t align)
{
    const size_t page = (size_t) sysconf(_SC_PAGESIZE);
    if (pieces == MOST || bytes > SIZE_MAX / 4) _exit(90);
    const size_t rounded = bytes + guard_slack(bytes, align), pages = (rounded + page - 1) / page;
    unsigned char *at =
        mmap(NULL, (pages + 1) * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED || mprotect(at + pages * page, page, PROT_NONE) != 0) _exit(90);
    unsigned char *start = at + pages * page - rounded;
    memset(start + bytes, GUARD_PATTERN, rounded - bytes);
    slack[pieces].from = start + bytes;
    slack[pieces++].bytes = rounded - bytes;
    return start;
}

mat *guard_mat(int rows, int cols, const double *v)
{
    const size_t n = (size_t) rows * (size_t) cols;
    mat *A = guard_bytes(offsetof(mat, v) + n * sizeof *A->v, MAT_ALIGN);
    A->rows = rows;
    A->cols = cols;
    for (size_t i = 0; i < n; i++) A->v[i] = v ? (real) v[i] : guard_unwritten();
    return A;
}

unsigned char *guard_rest(size_t *size)
{
    *size = 0;
    for (int k = 0; k < pieces; k++) *size += slack[k].bytes;
    unsigned char *rest = malloc(*size + 1), *at = rest;
    for (int k = 0; rest && k < pieces; at += slack[k++].bytes)
        memcpy(at, slack[k].from, slack[k].bytes);
    return rest;
}
