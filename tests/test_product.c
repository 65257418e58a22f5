/* test_product.c: the product against the plain triple loop, bit for bit: few and many rows, lists, some columns. */
#include "product.h"

#include "rng.h"
#include "vectors.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <string.h>

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

/* The same bits, but for which nan it is: that depends on which factor comes first, and is no order of sums. */
static bool same(const mat *A, const mat *B)
{
    for (int i = 0; i < mat_size(A); i++)
        if (!(isnan(A->v[i]) && isnan(B->v[i])) && memcmp(&A->v[i], &B->v[i], sizeof(real)) != 0)
            return false;
    return true;
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
    for (int p = 0; p < parts; p++) cr_assert(same(C[p], want[p]));
    vectors_free(want, parts);
}

static factor of(mat **part, int parts, bool turned, int first, int count)
{
    return (factor){(const mat *const *) part, parts, turned, first, count};
}

/* The numbers at which an order of sums, or a term that is skipped, shows. */
static mat **strange(int n, int rows, int cols)
{
    static const double some[] = {0, -0.0, 1, -1, 1e-300, INFINITY, -INFINITY, NAN};
    mat **a = any(n, rows, cols);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < rows * cols; i++) {
            const double x = rng_uniform(&draws);
            if (x < 0.4) a[k]->v[i] = (real) some[x < 0.38 ? (int) (10 * x) : (int) (400 * x) % 8];
        }
    return a;
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

/* No term is skipped and none is added: 0 times inf is nan, and -0 + 0 * b is +0. Mostly 0, also as all of a sweep. */
Test(product, strange_numbers)
{
    rng_seed(&draws, 5);
    for (int m = 1; m <= 9; m++)
        for (int k = 1; k <= 9; k++)
            for (int turned = 0; turned < 4; turned++) {
                const int a = turned % 2, b = turned / 2;
                mat **C = strange(1, m, 11), **B = b ? strange(1, 11, k) : strange(1, k, 11);
                mat **A = a ? strange(1, k, m) : strange(1, m, k), **zero = mats_new(1, m, k);
                is_the_triple_loop(C, 1, of(A, 1, a, 0, 0), of(B, 1, b, 0, 0), k);
                vectors_free(C, 1);
                C = strange(1, m, 11);
                is_the_triple_loop(C, 1, of(zero, 1, false, 0, 0), of(B, 1, b, 0, 0), k);
                vectors_free(C, 1);
                vectors_free(A, 1);
                vectors_free(B, 1);
                vectors_free(zero, 1);
            }
}

/* Columns from the middle, of either factor, turned or not; also over more than one block of terms. */
Test(product, columns_from_the_middle)
{
    rng_seed(&draws, 6);
    static const int terms[] = {7, 300};
    for (int t = 0; t < 2; t++)
        for (int turned = 0; turned < 4; turned++) {
            const int k = terms[t], a = turned % 2, b = turned / 2;
            mat **C = any(1, 6, 10), **A = a ? any(1, k, 11) : any(1, 6, k + 5);
            mat **B = b ? any(1, 10, k + 5) : any(1, k, 15);
            is_the_triple_loop(C, 1, of(A, 1, a, 3, a ? 6 : k), of(B, 1, b, 2, b ? k : 10), k);
            vectors_free(C, 1);
            vectors_free(A, 1);
            vectors_free(B, 1);
        }
}

/* The product of two matrices of 3 x 3, of which factors are some columns. */
static void of_columns(int first_a, int count_a, int first_b, int count_b)
{
    rng_seed(&draws, 7);
    mat **C = any(1, 3, 3), **A = any(1, 3, 3), **B = any(1, 3, 3);
    product(C, 1, of(A, 1, false, first_a, count_a), of(B, 1, false, first_b, count_b));
}

/* More columns than there are, or from before the first: a contract broken, in either factor. */
Test(product, columns_outside_a, .signal = SIGABRT) { of_columns(1, 3, 0, 0); }
Test(product, columns_before_a, .signal = SIGABRT) { of_columns(-1, 3, 0, 0); }
Test(product, columns_outside_b, .signal = SIGABRT) { of_columns(0, 0, 1, 3); }
Test(product, columns_before_b, .signal = SIGABRT) { of_columns(0, 0, -1, 3); }
