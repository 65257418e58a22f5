/* sys/resource.h: of the limits, the page keeps that on what a child prints; time it keeps itself. */
#ifndef PAGE_RESOURCE_H
#define PAGE_RESOURCE_H
#include "page.h"
typedef size_t rlim_t;
enum { RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_STACK, RLIMIT_AS };
#define RLIM_INFINITY ((rlim_t) -1)
struct rlimit {
    rlim_t rlim_cur, rlim_max;
};
static inline int getrlimit(int what, struct rlimit *r) { return (void) what, (void) r, -1; }
static inline int setrlimit(int what, const struct rlimit *r)
{
    if (what == RLIMIT_FSIZE) page_printed(r->rlim_cur);
    return 0;
}
#endif
