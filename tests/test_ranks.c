/* test_ranks.c: a process that is no rank of many. With the ranks themselves: run_ranks.c. */
#include "halving.h"

#include "support/support.h"

#include <criterion/criterion.h>

Test(ranks, a_process_that_began_nothing_is_alone)
{
    cr_assert_eq(ranks_count(), 1);
    cr_assert_eq(ranks_me(), 0);
    mat *a = mat_new(2, 3), *b = mat_new(2, 3);
    for (int i = 0; i < 6; i++) a->v[i] = (real) (i + 1);
    ranks_sum(&a, &b, 1);
    ranks_tell(0, a->v, 6 * sizeof(real));
    ranks_gather(a->v, 6 * sizeof(real));
    for (int i = 0; i < 6; i++) cr_assert_eq(a->v[i], i + 1);
    mat_free(a);
    mat_free(b);
}
