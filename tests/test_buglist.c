/* test_buglist.c: the texts of the library of mistakes. */
#include "buglist.h"

#include <criterion/criterion.h>
#include <string.h>

Test(buglist, every_entry_is_complete)
{
    for (int k = 0; k < BUGS; k++) {
        const known_bug *b = &buglist[k];
        cr_assert(b->id && b->en && b->ko && b->lesson && b->section && b->variants >= 1, "%d", k);
        cr_assert_eq(b->en[strlen(b->en) - 1], '.', "%s", b->id);
        cr_assert_eq(b->ko[strlen(b->ko) - 1], '.', "%s", b->id);
        cr_assert_eq(!b->seen_en, !b->seen_ko, "%s", b->id);
        cr_assert_eq(buglist_find(b->id), k);
    }
    cr_assert_eq(buglist_find("right"), -1);
}
