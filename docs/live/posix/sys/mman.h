/* sys/mman.h: memory that is shared with a child. */
#ifndef PAGE_MMAN_H
#define PAGE_MMAN_H
#include "page.h"
#include <stdlib.h>
enum { PROT_READ = 1, PROT_WRITE = 2, MAP_SHARED = 1, MAP_ANONYMOUS = 2 };
#define MAP_FAILED ((void *) -1)
static inline void *mmap(void *at, size_t size, int rights, int kind, int fd, long offset)
{
    (void) at, (void) rights, (void) kind, (void) fd, (void) offset;
    void *region = calloc(1, size);
    if (!region) return MAP_FAILED;
    page_share(region, size);
    return region;
}
#endif
