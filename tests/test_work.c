/* test_work.c: memory for the backward pass. */
#include "work.h"

#include "support/support.h"

#include <criterion/criterion.h>

Test(work, has_room_for_every_step)
{
    work *w = work_new(3, 5, 4);
    cr_assert_eq(w->room, 4);
    for (int t = 0; t < 4; t++) {
        cr_assert_eq(w->dy[t]->rows, 5);
        cr_assert_eq(w->dhraw[t]->rows, 3);
    }
    cr_assert_eq(w->dh->rows, 3);
    cr_assert_eq(w->dhnext->rows, 3);
    work_free(w);
    work_free(NULL);
}
