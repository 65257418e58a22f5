/* require.c: reporting a broken contract. See require.h. */
#include "require.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void require_die(const char *function, const char *contract, long long left,
                           long long right)
{
    fprintf(stderr, "%s: %s does not hold: %lld against %lld\n", function, contract, left, right);
    abort();
}
