/* test_vectors.c: lists of matrices. */
#include "vectors.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>

Test(vectors, are_columns_of_zeros)
{
    mat **a = vectors_new(5, 9);
    cr_assert_not_null(a);
    for (int t = 0; t < 5; t++) {
        cr_assert_eq(a[t]->rows, 9);
        cr_assert_eq(a[t]->cols, 1);
        for (int i = 0; i < 9; i++) cr_assert_eq(a[t]->v[i], 0);
    }
    vectors_free(a, 5);
}

Test(vectors, are_each_their_own)
{
    mat **a = vectors_new(6, 17);
    for (int t = 0; t < 6; t++)
        for (int i = 0; i < 17; i++) a[t]->v[i] = (real) (100 * t + i);
    for (int t = 0; t < 6; t++)
        for (int i = 0; i < 17; i++) cr_assert_eq(a[t]->v[i], (real) (100 * t + i));
    vectors_free(a, 6);
}

Test(vectors, start_at_a_line_of_the_cache)
{
    mat **a = vectors_new(4, 3);
    for (int t = 0; t < 4; t++) cr_assert_eq((uintptr_t) a[t]->v % MAT_ALIGN, 0);
    vectors_free(a, 4);
}

Test(vectors, may_be_one_number)
{
    mat **a = vectors_new(1, 1);
    cr_assert_eq(mat_size(a[0]), 1);
    cr_assert_eq(a[0]->v[0], 0);
    vectors_free(a, 1);
}

Test(vectors, free_allows_null) { vectors_free(NULL, 3); }

/* The first vectors fit, the later ones do not. */
static bool are_null(void) { return vectors_new(100, 5000000) == NULL; }

Test(vectors, are_null_where_memory_is_short) { cr_assert(in_little_memory(are_null)); }

Test(mats, are_loaded_and_stored_one_after_the_other)
{
    mat *a[3] = {mat_new(2, 3), mat_new(1, 1), mat_new(4, 1)};
    double x[12], y[12];
    for (int i = 0; i < 12; i++) x[i] = y[i] = i + 0.5;
    mats_load(a, 3, x);
    for (int i = 0; i < 6; i++) cr_assert_eq(a[0]->v[i], (real) x[i]);
    cr_assert_eq(a[1]->v[0], (real) x[6]);
    for (int i = 0; i < 4; i++) cr_assert_eq(a[2]->v[i], (real) x[7 + i]);
    for (int i = 0; i < 12; i++) x[i] = 0;
    mats_store(x, a, 3);
    for (int i = 0; i < 11; i++) cr_assert_eq(x[i], y[i]);
    cr_assert_eq(x[11], 0); /* nothing past the end is written */
    for (int k = 0; k < 3; k++) mat_free(a[k]);
}

Test(vectors_contract, at_least_one_vector, .signal = SIGABRT) { vectors_new(0, 3); }

Test(vectors_contract, at_least_one_number, .signal = SIGABRT) { vectors_new(3, 0); }

Test(vectors_contract, not_fewer_than_none, .signal = SIGABRT) { vectors_new(-1, 3); }
