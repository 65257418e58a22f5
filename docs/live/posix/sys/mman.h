/* sys/mman.h: memory that is shared with a child, or whose last page nobody may touch: the page looks at it in the end. */
#ifndef PAGE_MMAN_H
#define PAGE_MMAN_H
#include "page.h"
#include <stdlib.h>
#include <string.h>
enum {
    PROT_NONE = 0,
    PROT_READ = 1,
    PROT_WRITE = 2,
    MAP_SHARED = 1,
    MAP_PRIVATE = 2,
    MAP_ANONYMOUS = 4
};
#define MAP_FAILED ((void *) -1)
static inline void *mmap(void *at, size_t size, int rights, int kind, int fd, long offset)
{
    (void) at, (void) rights, (void) fd, (void) offset;
    void *region = aligned_alloc(64, (size + 63) / 64 * 64);
    if (!region) return MAP_FAILED;
    memset(region, 0, size);
    if (kind & MAP_SHARED) page_share(region, size);
    return region;
}
static inline int mprotect(void *at, size_t size, int rights)
{
    if (rights == PROT_NONE) page_forbid(at, size);
    return 0;
}
#endif
