/* page.h: what the page does for a program that asks for a process. See wasi.js: the child is the program run once more,
 * up to its fork(), in a memory of its own; the region that both share is copied when the child has ended. */
#ifndef PAGE_H
#define PAGE_H
#include <stddef.h>
#define PAGE(name) __attribute__((import_module("page"), import_name(#name)))
PAGE(fork) int page_fork(void);
PAGE(wait) int page_wait(void);
PAGE(share) void page_share(void *region, size_t size);
PAGE(forbid) void page_forbid(void *region, size_t size);
PAGE(dup2) int page_dup2(int from, int to);
PAGE(printed) void page_printed(size_t most);
PAGE(abort) _Noreturn void page_abort(void);
#endif
