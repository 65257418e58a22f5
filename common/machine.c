/* machine.c: what the machine at hand has. See machine.h. */
#define _POSIX_C_SOURCE 200809L

#include "machine.h"

#include <unistd.h>

bool machine_fits(double need, const char *what, error *e)
{
#ifdef _SC_PHYS_PAGES
    const double has = (double) sysconf(_SC_PHYS_PAGES) * (double) sysconf(_SC_PAGESIZE);
    if (has > 0 && need > has)
        return error_set(e,
                         say("%s take %.1f GB of memory; this machine has %.1f",
                             "%s: 메모리 %.1f GB가 듭니다. 이 컴퓨터에는 %.1f GB가 있습니다"),
                         what, need / 1e9, has / 1e9);
#endif
    return true;
}
