/* unistd.h: with fork and dup2, which the page does. */
#include_next <unistd.h>
#ifndef PAGE_UNISTD_H
#define PAGE_UNISTD_H
#include "page.h"
static inline pid_t fork(void) { return page_fork(); }
static inline int dup2(int from, int to) { return page_dup2(from, to); }
#endif
