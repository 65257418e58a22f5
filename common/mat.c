/* mat.c: the matrix and its kernels. See mat.h. */
#define _POSIX_C_SOURCE 200809L

#include "mat.h"

#include "fn.h"
#include "product.h"
#include "require.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

static void same_shape(const mat *A, const mat *B)
{
    REQUIRE(A->rows, ==, B->rows);
    REQUIRE(A->cols, ==, B->cols);
}

/* y is A->rows x 1 and x is A->cols x 1. */
static void fits_product(const mat *y, const mat *A, const mat *x)
{
    REQUIRE(y->cols, ==, 1);
    REQUIRE(x->cols, ==, 1);
    REQUIRE(y->rows, ==, A->rows);
    REQUIRE(x->rows, ==, A->cols);
}

mat *mat_new(int rows, int cols)
{
    REQUIRE(rows, >, 0);
    REQUIRE(cols, >, 0);
    if (rows > INT_MAX / cols) return NULL;
    const size_t size = (size_t) rows * (size_t) cols;
    if (size > (SIZE_MAX - sizeof(mat)) / sizeof(real)) return NULL;
    void *block;
    if (posix_memalign(&block, MAT_ALIGN, sizeof(mat) + size * sizeof(real)) != 0) return NULL;
    mat *A = block;
    A->rows = rows;
    A->cols = cols;
    return mat_zero(A);
}

void mat_free(mat *A) { free(A); }

int mat_size(const mat *A) { return A->rows * A->cols; }

int mat_argmax(const mat *A)
{
    int best = 0;
    for (int i = 1; i < mat_size(A); i++)
        if (A->v[i] > A->v[best]) best = i;
    return best;
}

mat *mat_zero(mat *A)
{
    const int n = mat_size(A);
    for (int i = 0; i < n; i++) A->v[i] = 0;
    return A;
}

mat *mat_copy(mat *restrict A, const mat *B)
{
    same_shape(A, B);
    const int n = mat_size(A);
    for (int i = 0; i < n; i++) A->v[i] = B->v[i];
    return A;
}

mat *mat_add(mat *restrict A, const mat *B)
{
    same_shape(A, B);
    const int n = mat_size(A);
    for (int i = 0; i < n; i++) A->v[i] += B->v[i];
    return A;
}

mat *mat_set_at(mat *restrict B, const mat *A)
{
    enum { SIDE = 8 }; /* rows at a time, so that all stays in the cache */
    const int m = A->rows, n = A->cols;
    REQUIRE(B->rows, ==, n);
    REQUIRE(B->cols, ==, m);
    for (int from = 0; from < m; from += SIDE) {
        const int to = m - from < SIDE ? m : from + SIDE;
        for (int j = 0; j < n; j++)
            for (int i = from; i < to; i++) B->v[j * m + i] = A->v[i * n + j];
    }
    return B;
}

/* a·x in partial sums, as many as the widest vector has numbers: a fixed order that still lets the compiler use vector
 * instructions. With fewer, gcc takes two rounds of the loop at once and adds their numbers one by one. */
static inline real dot(int n, const real *a, const real *x)
{
    enum { LANES = MAT_ALIGN / (int) sizeof(real) };
    real lane[LANES] = {0}, sum = 0;
    int j = 0;
    for (; j + LANES <= n; j += LANES)
        for (int k = 0; k < LANES; k++) lane[k] += a[j + k] * x[j + k];
    for (int k = 0; k < LANES; k++) sum += lane[k];
    for (; j < n; j++) sum += a[j] * x[j];
    return sum;
}

mat *mat_add_ax(mat *restrict y, const mat *A, const mat *x)
{
    fits_product(y, A, x);
    const int m = A->rows, n = A->cols;
    for (int i = 0; i < m; i++) y->v[i] += dot(n, A->v + i * n, x->v);
    return y;
}

mat *mat_set_atx(mat *restrict y, const mat *A, const mat *x)
{
    fits_product(x, A, y);
    mat_zero(y);
    const int m = A->rows, n = A->cols;
    int i = 0;
    /* Four rows in one sweep over y, added as if one by one. */
    for (; i + 4 <= m; i += 4) {
        const real *a = A->v + i * n, *b = a + n, *c = b + n, *d = c + n;
        const real xa = x->v[i], xb = x->v[i + 1], xc = x->v[i + 2], xd = x->v[i + 3];
        for (int j = 0; j < n; j++)
            y->v[j] = (((y->v[j] + a[j] * xa) + b[j] * xb) + c[j] * xc) + d[j] * xd;
    }
    for (; i < m; i++) {
        const real *a = A->v + i * n, xa = x->v[i];
        for (int j = 0; j < n; j++) y->v[j] += a[j] * xa;
    }
    return y;
}

mat *mat_add_xyt(mat *restrict A, const mat *x, const mat *y)
{
    fits_product(x, A, y);
    const int m = A->rows, n = A->cols;
    for (int i = 0; i < m; i++) {
        real *restrict a = A->v + i * n;
        const real xi = x->v[i];
        for (int j = 0; j < n; j++) a[j] += xi * y->v[j];
    }
    return A;
}

mat *mat_add_ab(mat *restrict C, const mat *A, const mat *B)
{
    product((mat *[]){C}, 1, (factor){.part = &A, .parts = 1}, (factor){.part = &B, .parts = 1});
    return C;
}

mat *mat_add_abt(mat *restrict C, const mat *A, const mat *B)
{
    product((mat *[]){C}, 1, (factor){.part = &A, .parts = 1},
            (factor){.part = &B, .parts = 1, .turned = true});
    return C;
}

mat *mat_add_atb(mat *restrict C, const mat *A, const mat *B)
{
    product((mat *[]){C}, 1, (factor){.part = &A, .parts = 1, .turned = true},
            (factor){.part = &B, .parts = 1});
    return C;
}

/* x is A->rows x 1, and A has a column j. */
static void fits_column(const mat *x, const mat *A, int j)
{
    REQUIRE(x->cols, ==, 1);
    REQUIRE(x->rows, ==, A->rows);
    REQUIRE(j, >=, 0);
    REQUIRE(j, <, A->cols);
}

mat *mat_add_column(mat *restrict y, const mat *A, int j)
{
    fits_column(y, A, j);
    for (int i = 0; i < A->rows; i++) y->v[i] += A->v[i * A->cols + j];
    return y;
}

mat *mat_add_to_column(mat *restrict A, int j, const mat *x)
{
    fits_column(x, A, j);
    for (int i = 0; i < A->rows; i++) A->v[i * A->cols + j] += x->v[i];
    return A;
}

mat *mat_tanh(mat *A)
{
    fn_tanh_all(mat_size(A), A->v);
    return A;
}

mat *mat_dtanh(mat *restrict C, const mat *H, const mat *D)
{
    same_shape(C, H);
    same_shape(C, D);
    const int n = mat_size(C);
    for (int i = 0; i < n; i++) C->v[i] = (1 - H->v[i] * H->v[i]) * D->v[i];
    return C;
}

static void softmax(int n, real *p, const real *y)
{
    real max = y[0], sum = 0;
    for (int i = 1; i < n; i++) max = y[i] > max ? y[i] : max;
    for (int i = 0; i < n; i++) p[i] = y[i] - max;
    fn_exp_all(n, p);
    for (int i = 0; i < n; i++) sum += p[i];
    for (int i = 0; i < n; i++) p[i] /= sum;
}

mat *mat_softmax(mat *restrict p, const mat *y)
{
    same_shape(p, y);
    softmax(mat_size(y), p->v, y->v);
    return p;
}

mat *mat_softmax_rows(mat *restrict P, const mat *Y)
{
    same_shape(P, Y);
    for (int i = 0; i < Y->rows; i++) softmax(Y->cols, P->v + i * Y->cols, Y->v + i * Y->cols);
    return P;
}
