/* test_mat.c: matrices and their kernels, each against a plain sum. */
#define _POSIX_C_SOURCE 200809L

#include "mat.h"

#include "file.h"
#include "fn.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 20 /* more than twice the 8 partial sums of a kernel */ };

static const double BOUND = REAL_IS_DOUBLE ? 1e-14 : 1e-5;

static uint64_t state = 88172645463325252;

/* A matrix of random numbers between -1 and 1. */
static mat *any(int rows, int cols)
{
    mat *A = mat_new(rows, cols);
    cr_assert_not_null(A);
    for (int i = 0; i < rows * cols; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        A->v[i] = (real) ((double) (state >> 12) / 2251799813685248.0 - 1);
    }
    return A;
}

static mat *copy_of(const mat *A) { return mat_copy(mat_new(A->rows, A->cols), A); }

static double at(const mat *A, int i, int j) { return (double) A->v[i * A->cols + j]; }

static void free_all(mat *A, mat *B, mat *C, mat *D)
{
    mat_free(A);
    mat_free(B);
    mat_free(C);
    mat_free(D);
}

/* A matrix that must not have changed. */
#define UNTOUCHED(A, before) cr_assert(same_bits(A, before), "changed its input " #A)

Test(mat, argmax_is_the_first_of_the_largest)
{
    static const real v[6] = {-2, 3, -1, 3, (real) -INFINITY, 0};
    mat *A = mat_new(2, 3);
    cr_assert_eq(mat_argmax(A), 0);
    for (int i = 0; i < 6; i++) A->v[i] = v[i];
    cr_assert_eq(mat_argmax(A), 1);
    A->v[5] = 4;
    cr_assert_eq(mat_argmax(A), 5);
    A->v[0] = (real) INFINITY;
    cr_assert_eq(mat_argmax(A), 0);
    mat_free(A);
}

Test(mat, new_is_zeros_of_its_shape)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n++) {
            mat *A = mat_new(m, n);
            cr_assert_eq(A->rows, m);
            cr_assert_eq(A->cols, n);
            cr_assert_eq(mat_size(A), m * n);
            for (int i = 0; i < m * n; i++) cr_assert(A->v[i] == 0 && !signbit(A->v[i]));
            for (int i = 0; i < m * n; i++) A->v[i] = 7; /* all of it is writable */
            mat_free(A);
        }
}

Test(mat, numbers_start_at_a_line_of_the_cache)
{
    mat *A[50];
    for (int i = 0; i < 50; i++) {
        A[i] = mat_new(1 + i % 7, 1 + i / 7);
        cr_assert_eq((uintptr_t) A[i]->v % MAT_ALIGN, 0);
    }
    for (int i = 0; i < 50; i++) mat_free(A[i]);
}

Test(mat, new_is_null_where_the_size_is_no_int)
{
    cr_assert_null(mat_new(INT_MAX, 2));
    cr_assert_null(mat_new(2, INT_MAX));
    cr_assert_null(mat_new(INT_MAX, INT_MAX));
    cr_assert_null(mat_new(46341, 46341));
    cr_assert_null(mat_new(65536, 65536)); /* 2^32, which is 0 in 32 bits */
    cr_assert_null(mat_new(1 << 30, 4));
}

Test(mat, free_allows_null) { mat_free(NULL); }

Test(mat, zero_forgets_everything)
{
    mat *A = any(5, 7);
    A->v[3] = (real) NAN;
    A->v[4] = (real) HUGE_VAL;
    cr_assert_eq(mat_zero(A), A);
    for (int i = 0; i < 35; i++) cr_assert(A->v[i] == 0 && !signbit(A->v[i]));
    mat_free(A);
}

Test(mat, copy_is_the_same_bits)
{
    for (int n = 1; n <= MOST; n++) {
        mat *B = any(n, 3), *A = any(n, 3);
        B->v[0] = (real) -0.0;
        B->v[1] = (real) HUGE_VAL;
        cr_assert_eq(mat_copy(A, B), A);
        cr_assert(same_bits(A, B));
        mat_free(A);
        mat_free(B);
    }
}

Test(mat, add_adds_each)
{
    for (int m = 1; m <= MOST; m++) {
        mat *A = any(m, MOST + 1 - m), *B = any(m, MOST + 1 - m), *a = copy_of(A), *b = copy_of(B);
        cr_assert_eq(mat_add(A, B), A);
        for (int i = 0; i < mat_size(A); i++) cr_assert_eq(A->v[i], (real) (a->v[i] + b->v[i]));
        UNTOUCHED(B, b);
        free_all(A, B, a, b);
    }
}

Test(mat, set_at_has_rows_for_columns)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n++) {
            mat *A = any(m, n), *B = any(n, m), *before = copy_of(A);
            cr_assert_eq(mat_set_at(B, A), B);
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++) cr_assert_eq(at(B, j, i), at(A, i, j));
            UNTOUCHED(A, before);
            free_all(A, B, before, NULL);
        }
}

Test(mat, add_ax_is_the_plain_sum)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n++) {
            mat *y = any(m, 1), *A = any(m, n), *x = any(n, 1), *before = copy_of(y);
            cr_assert_eq(mat_add_ax(y, A, x), y);
            for (int i = 0; i < m; i++) {
                double sum = at(before, i, 0);
                for (int j = 0; j < n; j++) sum += at(A, i, j) * at(x, j, 0);
                cr_assert(near((double) y->v[i], sum, BOUND), "%dx%d: row %d", m, n, i);
            }
            free_all(y, A, x, before);
        }
}

/* One product that is not 0, at each index in turn, in a partial sum or in the rest. */
Test(mat, add_ax_has_every_product_once)
{
    for (int n = 1; n <= 3 * MOST; n++)
        for (int k = 0; k < n; k++) {
            mat *y = mat_new(2, 1), *A = mat_new(2, n), *x = mat_new(n, 1);
            A->v[n + k] = 3;
            x->v[k] = 5;
            mat_add_ax(y, A, x);
            cr_assert_eq(y->v[0], 0);
            cr_assert_eq(y->v[1], 15, "length %d, product %d", n, k);
            free_all(y, A, x, NULL);
        }
}

Test(mat, set_atx_is_the_plain_sum)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n++) {
            mat *y = any(n, 1), *A = any(m, n), *x = any(m, 1);
            y->v[0] = (real) NAN; /* must be overwritten */
            cr_assert_eq(mat_set_atx(y, A, x), y);
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int i = 0; i < m; i++) sum += at(A, i, j) * at(x, i, 0);
                cr_assert(near((double) y->v[j], sum, BOUND), "%dx%d: row %d", m, n, j);
            }
            free_all(y, A, x, NULL);
        }
}

/* Whole rows are added one after the other; this order is part of the contract. */
Test(mat, set_atx_adds_the_rows_in_their_order)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n++) {
            mat *y = any(n, 1), *A = any(m, n), *x = any(m, 1), *sum = mat_new(n, 1);
            mat_set_atx(y, A, x);
            for (int j = 0; j < n; j++)
                for (int i = 0; i < m; i++) {
                    const volatile real product = A->v[i * n + j] * x->v[i];
                    sum->v[j] += product;
                }
            cr_assert(same_bits(y, sum), "%dx%d", m, n);
            free_all(y, A, x, sum);
        }
}

Test(mat, add_xyt_is_the_plain_product)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n++) {
            mat *A = any(m, n), *x = any(m, 1), *y = any(n, 1), *before = copy_of(A);
            cr_assert_eq(mat_add_xyt(A, x, y), A);
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++) {
                    const volatile real product = x->v[i] * y->v[j];
                    cr_assert_eq(A->v[i * n + j], (real) (before->v[i * n + j] + product));
                }
            free_all(A, x, y, before);
        }
}

/* C += A B, where A or B may be stored transposed. */
typedef mat *matrix_product(mat *restrict C, const mat *A, const mat *B);

typedef struct operation {
    const char *name;
    matrix_product *product;
    bool a_turned, b_turned;
} operation;

static const operation operations[] = {{"AB", mat_add_ab, false, false},
                                       {"ABt", mat_add_abt, false, true},
                                       {"AtB", mat_add_atb, true, false}};

enum { OPERATIONS = sizeof operations / sizeof *operations };

/* Element (i, j) of a factor. */
static real element(const mat *A, bool turned, int i, int j)
{
    return turned ? A->v[j * A->cols + i] : A->v[i * A->cols + j];
}

/* The contract: the terms one by one in increasing order, starting from C. A nan may be any nan. */
static void is_the_plain_triple_loop(const operation *o, int m, int n, int k, const mat *A,
                                     const mat *B)
{
    mat *C = any(m, n), *D = copy_of(C), *A_before = copy_of(A), *B_before = copy_of(B);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            for (int l = 0; l < k; l++) {
                const volatile real term =
                    element(A, o->a_turned, i, l) * element(B, o->b_turned, l, j);
                D->v[i * n + j] += term;
            }
    cr_assert_eq(o->product(C, A, B), C);
    for (int i = 0; i < m * n; i++) {
        if (isnan(D->v[i])) D->v[i] = (real) NAN;
        if (isnan(C->v[i])) C->v[i] = (real) NAN;
    }
    cr_assert(same_bits(C, D), "%s, %d x %d, %d terms", o->name, m, n, k);
    UNTOUCHED(A, A_before);
    UNTOUCHED(B, B_before);
    free_all(C, D, A_before, B_before);
}

static void product_of_shape(int m, int n, int k)
{
    for (int p = 0; p < OPERATIONS; p++) {
        const operation *o = &operations[p];
        mat *A = o->a_turned ? any(k, m) : any(m, k), *B = o->b_turned ? any(n, k) : any(k, n);
        is_the_plain_triple_loop(o, m, n, k, A, B);
        mat_free(A);
        mat_free(B);
    }
}

Test(mat, products_of_every_small_shape_are_the_plain_triple_loop)
{
    for (int m = 1; m <= 17; m++)
        for (int n = 1; n <= 17; n++)
            for (int k = 1; k <= 17; k++) product_of_shape(m, n, k);
}

/* On both sides of every size of a block. */
Test(mat, products_of_large_shapes_are_the_plain_triple_loop)
{
    static const int shapes[][3] = {{1, 1, 1000},    {1, 1000, 1},   {1000, 1, 1},   {3, 255, 63},
                                    {16, 256, 64},   {17, 257, 65},  {18, 511, 129}, {21, 513, 127},
                                    {33, 300, 130},  {10, 404, 100}, {100, 100, 50}, {64, 64, 64},
                                    {128, 128, 128}, {5, 1024, 67},  {129, 31, 191}};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
        product_of_shape(shapes[s][0], shapes[s][1], shapes[s][2]);
}

/* Rows of zeros, -0, inf and nan go the way of every number: no term is skipped. */
Test(mat, products_of_unusual_numbers_are_the_plain_triple_loop)
{
    static const double unusual[] = {0, -0.0, INFINITY, -INFINITY, NAN, 1e-320, 5};
    for (int p = 0; p < OPERATIONS; p++)
        for (int m = 1; m <= 19; m += 3)
            for (int u = 0; u < 7; u++) {
                const operation *o = &operations[p];
                const int n = 13, k = 11;
                mat *A = o->a_turned ? any(k, m) : any(m, k),
                    *B = o->b_turned ? any(n, k) : any(k, n);
                for (int i = 0; i < mat_size(A); i += 2) A->v[i] = (real) (i % 4 ? 0 : -0.0);
                for (int l = 0; l < A->cols; l++) A->v[l] = 0;
                for (int i = 0; i < mat_size(B); i += 9) B->v[i] = (real) unusual[u];
                is_the_plain_triple_loop(o, m, n, k, A, B);
                mat_free(A);
                mat_free(B);
            }
}

Test(mat, a_product_with_minus_0_in_c_gives_plus_0)
{
    mat *A = mat_new(1, 1), *B = mat_new(1, 1), *C = mat_new(1, 1);
    C->v[0] = (real) -0.0;
    mat_add_ab(C, A, B);
    cr_assert(!signbit(C->v[0]));
    free_all(A, B, C, NULL);
}

/* A row of a product does not depend, bit for bit, on which rows are computed with it. */
Test(mat, rows_of_products_do_not_know_each_other)
{
    mat *A = any(5, 11), *B = any(11, 9), *Bt = any(9, 11), *C = mat_new(5, 9), *D = mat_new(5, 9);
    mat_add_ab(C, A, B);
    mat_add_abt(D, A, Bt);
    for (int i = 0; i < 5; i++) {
        mat *a = mat_new(1, 11), *c = mat_new(1, 9), *d = mat_new(1, 9);
        for (int l = 0; l < 11; l++) a->v[l] = A->v[i * 11 + l];
        mat_add_ab(c, a, B);
        mat_add_abt(d, a, Bt);
        for (int j = 0; j < 9; j++)
            cr_assert(c->v[j] == C->v[i * 9 + j] && d->v[j] == D->v[i * 9 + j]);
        free_all(a, c, d, NULL);
    }
    free_all(A, B, C, D);
    mat_free(Bt);
}

Test(mat, softmax_rows_is_softmax_of_each)
{
    mat *Y = any(4, 9), *P = mat_new(4, 9), *y = mat_new(9, 1), *p = mat_new(9, 1);
    cr_assert_eq(mat_softmax_rows(P, Y), P);
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 9; j++) y->v[j] = Y->v[i * 9 + j];
        mat_softmax(p, y);
        for (int j = 0; j < 9; j++) cr_assert_eq(p->v[j], P->v[i * 9 + j]);
    }
    free_all(Y, P, y, p);
}

Test(mat, add_column_adds_that_column)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n += 3)
            for (int j = 0; j < n; j++) {
                mat *y = any(m, 1), *A = any(m, n), *before = copy_of(y);
                cr_assert_eq(mat_add_column(y, A, j), y);
                for (int i = 0; i < m; i++)
                    cr_assert_eq(y->v[i], (real) (before->v[i] + A->v[i * n + j]));
                free_all(y, A, before, NULL);
            }
}

Test(mat, add_to_column_adds_to_that_column_only)
{
    for (int m = 1; m <= MOST; m++)
        for (int n = 1; n <= MOST; n += 3)
            for (int k = 0; k < n; k++) {
                mat *A = any(m, n), *x = any(m, 1), *before = copy_of(A);
                cr_assert_eq(mat_add_to_column(A, k, x), A);
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < n; j++) {
                        const real old = before->v[i * n + j];
                        cr_assert_eq(A->v[i * n + j], j == k ? (real) (old + x->v[i]) : old);
                    }
                free_all(A, x, before, NULL);
            }
}

Test(mat, tanh_is_fn_tanh_all)
{
    for (int n = 1; n <= MOST; n++) {
        mat *A = any(n, 3), *before = copy_of(A);
        cr_assert_eq(mat_tanh(A), A);
        fn_tanh_all(mat_size(before), before->v);
        cr_assert(same_bits(A, before));
        mat_free(A);
        mat_free(before);
    }
}

Test(mat, dtanh_is_one_minus_the_square_times_d)
{
    for (int n = 1; n <= MOST; n++) {
        mat *C = any(n, 2), *H = any(n, 2), *D = any(n, 2), *h = copy_of(H);
        cr_assert_eq(mat_dtanh(C, H, D), C);
        for (int i = 0; i < mat_size(C); i++) {
            const double square = (double) H->v[i] * (double) H->v[i];
            cr_assert(near((double) C->v[i], (1 - square) * (double) D->v[i], BOUND));
        }
        UNTOUCHED(H, h);
        free_all(C, H, D, h);
    }
}

Test(mat, dtanh_is_the_slope_of_tanh)
{
    needs_double();
    mat *C = mat_new(1, 1), *H = mat_new(1, 1), *D = mat_new(1, 1);
    D->v[0] = 1;
    for (double x = -3; x <= 3; x += 0.0625) {
        H->v[0] = (real) fn_tanh(x);
        mat_dtanh(C, H, D);
        const double slope = (fn_tanh(x + 1e-5) - fn_tanh(x - 1e-5)) / 2e-5;
        cr_assert_float_eq((double) C->v[0], slope, 1e-9);
    }
    free_all(C, H, D, NULL);
}

static double sum_of(const mat *p)
{
    double sum = 0;
    for (int i = 0; i < mat_size(p); i++) sum += (double) p->v[i];
    return sum;
}

Test(mat, softmax_is_exp_over_the_sum_of_exp)
{
    for (int n = 1; n <= MOST; n++) {
        mat *y = any(n, 1), *p = any(n, 1), *before = copy_of(y);
        double sum = 0;
        cr_assert_eq(mat_softmax(p, y), p);
        for (int i = 0; i < n; i++) sum += exp((double) y->v[i]);
        for (int i = 0; i < n; i++)
            cr_assert(near((double) p->v[i], exp((double) y->v[i]) / sum, BOUND));
        UNTOUCHED(y, before);
        free_all(y, p, before, NULL);
    }
}

Test(mat, softmax_sums_to_1)
{
    for (int n = 1; n <= 100; n++) {
        mat *y = any(n, 1), *p = mat_new(n, 1);
        for (int i = 0; i < n; i++) y->v[i] *= 30;
        mat_softmax(p, y);
        cr_assert(near(sum_of(p), 1, BOUND));
        for (int i = 0; i < n; i++) cr_assert(p->v[i] > 0 && p->v[i] <= 1);
        mat_free(y);
        mat_free(p);
    }
}

/* Multiples of 1/1024: adding the shift is exact, so the result must have the same bits. */
Test(mat, softmax_does_not_see_a_shift)
{
    mat *y = any(11, 1), *p = mat_new(11, 1), *z = mat_new(11, 1), *q = mat_new(11, 1);
    for (int i = 0; i < 11; i++) y->v[i] = (real) (floor((double) y->v[i] * 1024) / 1024);
    mat_softmax(p, y);
    for (int shift = -1000; shift <= 1000; shift += 125) {
        for (int i = 0; i < 11; i++) z->v[i] = y->v[i] + (real) shift;
        mat_softmax(q, z);
        cr_assert(same_bits(p, q), "shift %d", shift);
    }
    free_all(y, p, z, q);
}

Test(mat, softmax_of_large_scores_is_finite)
{
    static const double scores[] = {1000, 999, -1000, 1001, 500};
    mat *y = mat_new(5, 1), *p = mat_new(5, 1);
    for (int i = 0; i < 5; i++) y->v[i] = (real) scores[i];
    mat_softmax(p, y);
    const double sum = 1 + exp(-1) + exp(-2);
    cr_assert(near((double) p->v[3], 1 / sum, BOUND));
    cr_assert(near((double) p->v[0], exp(-1) / sum, BOUND));
    cr_assert(near((double) p->v[1], exp(-2) / sum, BOUND));
    cr_assert_eq(p->v[2], 0);
    cr_assert_lt(p->v[4], (real) 1e-30);
    for (int i = 0; i < 5; i++) y->v[i] = (real) -1e30;
    mat_softmax(p, y);
    for (int i = 0; i < 5; i++) cr_assert(near((double) p->v[i], 0.2, BOUND));
    mat_free(y);
    mat_free(p);
}

Test(mat, softmax_with_a_nan_anywhere_is_all_nan)
{
    for (int k = 0; k < MOST; k++) {
        mat *y = any(MOST, 1), *p = mat_new(MOST, 1);
        y->v[k] = (real) NAN;
        mat_softmax(p, y);
        for (int i = 0; i < MOST; i++) cr_assert(isnan(p->v[i]), "nan at %d, none at %d", k, i);
        mat_free(y);
        mat_free(p);
    }
}

Test(mat, softmax_of_minus_inf_is_0)
{
    mat *y = mat_new(3, 1), *p = mat_new(3, 1);
    y->v[1] = (real) -HUGE_VAL;
    mat_softmax(p, y);
    cr_assert_eq(p->v[0], (real) 0.5);
    cr_assert_eq(p->v[1], 0);
    cr_assert_eq(p->v[2], (real) 0.5);
    mat_free(y);
    mat_free(p);
}

/* Contracts: a caller's mistake aborts the program. */
Test(mat_contract, new_refuses_no_rows, .signal = SIGABRT) { mat_new(0, 3); }

Test(mat_contract, new_refuses_no_columns, .signal = SIGABRT) { mat_new(3, 0); }

Test(mat_contract, new_refuses_negative_rows, .signal = SIGABRT) { mat_new(-2, 3); }

Test(mat_contract, new_refuses_negative_columns, .signal = SIGABRT) { mat_new(-2, -3); }

Test(mat_contract, copy_refuses_other_rows, .signal = SIGABRT) { mat_copy(any(3, 4), any(2, 4)); }

Test(mat_contract, copy_refuses_other_columns, .signal = SIGABRT)
{
    mat_copy(any(3, 4), any(3, 5));
}

/* The same number of elements, but not the same shape. */
Test(mat_contract, copy_refuses_the_transposed_shape, .signal = SIGABRT)
{
    mat_copy(any(3, 4), any(4, 3));
}

Test(mat_contract, add_refuses_another_shape, .signal = SIGABRT) { mat_add(any(3, 4), any(4, 3)); }

Test(mat_contract, set_at_refuses_other_rows, .signal = SIGABRT)
{
    mat_set_at(any(3, 3), any(3, 4));
}

Test(mat_contract, set_at_refuses_other_columns, .signal = SIGABRT)
{
    mat_set_at(any(4, 4), any(3, 4));
}

Test(mat_contract, add_ax_refuses_a_long_x, .signal = SIGABRT)
{
    mat_add_ax(any(3, 1), any(3, 4), any(5, 1));
}

Test(mat_contract, add_ax_refuses_a_short_y, .signal = SIGABRT)
{
    mat_add_ax(any(2, 1), any(3, 4), any(4, 1));
}

Test(mat_contract, add_ax_refuses_x_lying_down, .signal = SIGABRT)
{
    mat_add_ax(any(3, 1), any(3, 4), any(1, 4));
}

Test(mat_contract, add_ax_refuses_x_of_two_columns, .signal = SIGABRT)
{
    mat_add_ax(any(3, 1), any(3, 4), any(4, 2));
}

Test(mat_contract, add_ax_refuses_y_of_two_columns, .signal = SIGABRT)
{
    mat_add_ax(any(3, 2), any(3, 4), any(4, 1));
}

Test(mat_contract, set_atx_refuses_x_as_long_as_a_row, .signal = SIGABRT)
{
    mat_set_atx(any(3, 1), any(3, 4), any(4, 1));
}

Test(mat_contract, set_atx_refuses_a_long_y, .signal = SIGABRT)
{
    mat_set_atx(any(5, 1), any(3, 4), any(3, 1));
}

Test(mat_contract, add_ab_refuses_what_does_not_fit, .signal = SIGABRT)
{
    mat_add_ab(any(3, 4), any(3, 5), any(4, 5));
}

Test(mat_contract, add_abt_refuses_what_does_not_fit, .signal = SIGABRT)
{
    mat_add_abt(any(3, 4), any(3, 5), any(5, 4));
}

Test(mat_contract, add_atb_refuses_what_does_not_fit, .signal = SIGABRT)
{
    mat_add_atb(any(3, 4), any(3, 5), any(5, 4));
}

Test(mat_contract, add_xyt_refuses_them_exchanged, .signal = SIGABRT)
{
    mat_add_xyt(any(3, 4), any(4, 1), any(3, 1));
}

Test(mat_contract, add_xyt_refuses_y_lying_down, .signal = SIGABRT)
{
    mat_add_xyt(any(3, 4), any(3, 1), any(1, 4));
}

Test(mat_contract, add_column_refuses_the_column_after_the_last, .signal = SIGABRT)
{
    mat_add_column(any(3, 1), any(3, 4), 4);
}

Test(mat_contract, add_column_refuses_a_negative_column, .signal = SIGABRT)
{
    mat_add_column(any(3, 1), any(3, 4), -1);
}

Test(mat_contract, add_column_refuses_a_short_y, .signal = SIGABRT)
{
    mat_add_column(any(2, 1), any(3, 4), 0);
}

Test(mat_contract, add_to_column_refuses_the_column_after_the_last, .signal = SIGABRT)
{
    mat_add_to_column(any(3, 4), 4, any(3, 1));
}

Test(mat_contract, add_to_column_refuses_a_negative_column, .signal = SIGABRT)
{
    mat_add_to_column(any(3, 4), -1, any(3, 1));
}

Test(mat_contract, add_to_column_refuses_a_long_x, .signal = SIGABRT)
{
    mat_add_to_column(any(3, 4), 0, any(4, 1));
}

Test(mat_contract, dtanh_refuses_another_shape_of_h, .signal = SIGABRT)
{
    mat_dtanh(any(3, 2), any(2, 3), any(3, 2));
}

Test(mat_contract, dtanh_refuses_another_shape_of_d, .signal = SIGABRT)
{
    mat_dtanh(any(3, 2), any(3, 2), any(2, 3));
}

Test(mat_contract, softmax_refuses_another_length, .signal = SIGABRT)
{
    mat_softmax(any(3, 1), any(4, 1));
}

Test(mat_contract, a_breach_is_told_with_both_sides)
{
    error e;
    size_t size;
    int status;
    char path[400];
    snprintf(path, sizeof path, "%s/err", own_folder());
    const pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        if (fd < 0 || dup2(fd, STDERR_FILENO) < 0) _exit(99);
        mat_add_ax(mat_new(3, 1), mat_new(3, 41), mat_new(57, 1));
        _exit(0);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    char *said = file_read(path, &size, &e);
    cr_assert_not_null(said, "%s", e.text);
    cr_assert_not_null(strstr(said, "57 against 41\n"), "%s", said);
    free(said);
}
