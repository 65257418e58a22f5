/* checked.c: what a reader's file calls when it goes wrong, compiled with -fsanitize-minimal-runtime. The words are those
 * that check-gradients.c knows. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>

void abort(void)
{
    page_abort();
} /* in place of libc's, whose trap is told in words that differ from engine to engine */

#define WHEN(what, said)                                                                           \
    _Noreturn void __ubsan_handle_##what##_minimal_abort(void);                                    \
    void __ubsan_handle_##what##_minimal_abort(void)                                               \
    {                                                                                              \
        fputs(said "\n", stderr);                                                                  \
        abort();                                                                                   \
    }

WHEN(type_mismatch, "null pointer")
WHEN(out_of_bounds, "index out of bounds")
WHEN(divrem_overflow, "division by zero")
