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

static mat **random_mats(int n, int rows, int cols)
{
    static int x = 1;
    mat **a = mats_new(n, rows, cols);
    cr_assert_not_null(a);
    for (int t = 0; t < n; t++)
        for (int i = 0; i < mat_size(a[t]); i++)
            a[t]->v[i] = (real) ((x = x * 73 % 10007) / 5003.0 - 1);
    return a;
}

enum { FIVE = 5 };

static void are_the_same(mat **a, mat **b)
{
    for (int t = 0; t < FIVE; t++) cr_assert(same_bits(a[t], b[t]), "matrix %d", t);
    vectors_free(a, FIVE);
    vectors_free(b, FIVE);
}

/* A product of a list is the products of its matrices one by one, to the last bit: 3 and 7 rows fill no sweep. */
Test(vectors, products_of_lists_are_those_of_each)
{
    for (int rows = 1; rows <= 7; rows++) {
        mat **A = random_mats(FIVE, rows, 70), **B = random_mats(FIVE, 70, 9),
            **G = random_mats(FIVE, rows, 9);
        mat **C = mats_new(FIVE, rows, 9), **D = mats_new(FIVE, rows, 9);
        mats_add_ab(C, A, FIVE, B[0]);
        for (int t = 0; t < FIVE; t++) mat_add_ab(D[t], A[t], B[0]);
        are_the_same(C, D);
        C = mats_new(FIVE, rows, 70), D = mats_new(FIVE, rows, 70);
        mats_add_abt(C, G, FIVE, B[0]);
        for (int t = 0; t < FIVE; t++) mat_add_abt(D[t], G[t], B[0]);
        are_the_same(C, D);
        C = mats_new(FIVE, 70, 9), D = mats_new(FIVE, 70, 9);
        mats_add_atb(C[0], A, G, FIVE);
        for (int t = 0; t < FIVE; t++) mat_add_atb(D[0], A[t], G[t]);
        are_the_same(C, D);
        vectors_free(A, FIVE);
        vectors_free(B, FIVE);
        vectors_free(G, FIVE);
    }
}

Test(vectors, zero_zeroes_each)
{
    mat **a = random_mats(FIVE, 2, 3);
    cr_assert_eq(mats_zero(a, FIVE), a);
    are_the_same(a, mats_new(FIVE, 2, 3));
}

Test(vectors_contract, a_product_refuses_what_does_not_fit, .signal = SIGABRT)
{
    mats_add_ab(mats_new(2, 3, 4), mats_new(2, 3, 5), 2, mat_new(6, 4));
}
