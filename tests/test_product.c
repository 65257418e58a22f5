/* test_product.c: the product against the plain triple loop, bit for bit: few and many rows, lists, some columns. */
#include "product.h"

#include "rng.h"
#include "support/support.h"
#include "vectors.h"

#include <criterion/criterion.h>

static rng draws;

static mat **any(int n, int rows, int cols)
{
    mat **a = mats_new(n, rows, cols);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < rows * cols; i++) a[k]->v[i] = (real) rng_randn(&draws);
    return a;
}

/* Element (i, j) of a factor. */
static real at(const factor *f, int i, int j)
{
    const int row = f->turned ? j : i, col = f->first + (f->turned ? i : j);
    const mat *A = f->part[row / f->part[0]->rows];
    return A->v[row % A->rows * A->cols + col];
}

static void is_the_triple_loop(mat **C, int parts, factor A, factor B, int k)
{
    const int rows = C[0]->rows, cols = C[0]->cols;
    mat **want = mats_new(parts, rows, cols);
    for (int p = 0; p < parts; p++) {
        mat_copy(want[p], C[p]);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < cols; j++)
                for (int l = 0; l < k; l++)
                    want[p]->v[i * cols + j] += at(&A, p * rows + i, l) * at(&B, l, j);
    }
    product(C, parts, A, B);
    for (int p = 0; p < parts; p++) cr_assert(same_bits(C[p], want[p]));
    vectors_free(want, parts);
}

static factor of(mat **part, int parts, bool turned, int first, int count)
{
    return (factor){(const mat *const *) part, parts, turned, first, count};
}

/* Every number of rows up to some sweeps of four, and of terms: all ends of the loops. */
Test(product, few_rows_and_terms)
{
    rng_seed(&draws, 1);
    for (int m = 1; m <= 19; m++)
        for (int k = 1; k <= 19; k++) {
            mat **C = any(1, m, 13), **A = any(1, m, k), **B = any(1, k, 13), **Bt = any(1, 13, k);
            is_the_triple_loop(C, 1, of(A, 1, false, 0, 0), of(B, 1, false, 0, 0), k);
            is_the_triple_loop(C, 1, of(A, 1, false, 0, 0), of(Bt, 1, true, 0, 0), k);
            vectors_free(C, 1);
            vectors_free(A, 1);
            vectors_free(B, 1);
            vectors_free(Bt, 1);
        }
}

/* More than one block of terms and of columns. */
Test(product, many_terms_and_columns)
{
    rng_seed(&draws, 2);
    static const int rows[] = {1, 2, 3, 4, 33};
    for (int c = 0; c < 5; c++) {
        mat **C = any(1, rows[c], 790), **A = any(1, rows[c], 300), **B = any(1, 300, 790);
        is_the_triple_loop(C, 1, of(A, 1, false, 0, 0), of(B, 1, false, 0, 0), 300);
        vectors_free(C, 1);
        vectors_free(A, 1);
        vectors_free(B, 1);
    }
}

/* A band of a gradient: some columns of a list of time steps, turned, times a list. */
Test(product, some_columns_of_a_list)
{
    rng_seed(&draws, 3);
    for (int n = 1; n <= 3; n++)
        for (int first = 0; first < 10; first++)
            for (int count = 1; count <= 10 - first; count++) {
                mat **C = any(1, count, 21), **A = any(7, n, 10), **B = any(7, n, 21);
                is_the_triple_loop(C, 1, of(A, 7, true, first, count), of(B, 7, false, 0, 0),
                                   7 * n);
                vectors_free(C, 1);
                vectors_free(A, 7);
                vectors_free(B, 7);
            }
}

/* The padding of a row takes no part. */
Test(product, the_first_columns_of_a_list)
{
    rng_seed(&draws, 4);
    for (int n = 1; n <= 5; n++) {
        mat **C = any(6, n, 23), **A = any(6, n, 16), **B = any(1, 11, 23);
        is_the_triple_loop(C, 6, of(A, 6, false, 0, 11), of(B, 1, false, 0, 0), 11);
        vectors_free(C, 6);
        vectors_free(A, 6);
        vectors_free(B, 1);
    }
}
