/* test_work.c: memory for the backward pass. */
#include "work.h"

#include <criterion/criterion.h>

Test(work, has_the_shapes_of_one_step)
{
    work *w = work_new(3, 5);
    const mat *const vector[4] = {w->dy, w->dh, w->dhraw, w->dhnext};
    for (int k = 0; k < 4; k++) {
        cr_assert_eq(vector[k]->rows, k == 0 ? 5 : 3);
        cr_assert_eq(vector[k]->cols, 1);
    }
    work_free(w);
}

Test(work, free_allows_null) { work_free(NULL); }
