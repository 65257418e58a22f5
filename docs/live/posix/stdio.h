/* stdio.h: with tmpfile, which WASI leaves out. The files are in memory and nobody else's. */
#include_next <stdio.h>
#ifndef PAGE_STDIO_H
#define PAGE_STDIO_H
#define tmpfile page_tmpfile
static inline FILE *page_tmpfile(void)
{
    static int made;
    char name[32];
    snprintf(name, sizeof name, "temporary-%d", made++);
    return fopen(name, "w+");
}
#endif
