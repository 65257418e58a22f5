/* product.c: the one matrix product. See product.h.
 *
 * A sweep adds four terms each to four rows of C: 16 products and 16 sums for 12 loads and stores. It is a plain loop
 * along the columns, which every compiler turns into vector instructions; no sum crosses columns, so how wide the
 * vectors are changes no bit. Around it are the blocks: the part of B that is multiplied next lies in one place,
 * transposed if need be, and stays in the cache until all rows of C have passed. */
#include "product.h"

#include "require.h"

enum {
    SIDE = 4,   /* rows, and terms, of a sweep */
    DEPTH = 64, /* terms of a block, a multiple of SIDE */
    COLS = 256, /* columns of a block */
    /* From row to row. Rows a power of 2 apart would put each other out of the cache. */
    WIDE = COLS + 128 / (int) sizeof(real),
    FEW = 16 /* so few rows of C do not make up for copying B */
};

/* Row i of a list of matrices on top of each other, from its first column on. */
static const real *row(const factor *f, int i)
{
    const int rows = f->part[0]->rows, cols = f->part[0]->cols;
    return f->part[i / rows]->v + i % rows * cols + f->first;
}

static void copy(int n, real *restrict to, const real *from)
{
    for (int i = 0; i < n; i++) to[i] = from[i];
}

/* Row p of c (WIDE apart) += the sum over q of f[p][q] times row b[q], for four p and four q. */
static void sweep(int n, real *restrict c, const real (*f)[DEPTH], const real *const *b)
{
    real *c0 = c, *c1 = c0 + WIDE, *c2 = c1 + WIDE, *c3 = c2 + WIDE;
    const real *b0 = b[0], *b1 = b[1], *b2 = b[2], *b3 = b[3];
    const real f00 = f[0][0], f01 = f[0][1], f02 = f[0][2], f03 = f[0][3];
    const real f10 = f[1][0], f11 = f[1][1], f12 = f[1][2], f13 = f[1][3];
    const real f20 = f[2][0], f21 = f[2][1], f22 = f[2][2], f23 = f[2][3];
    const real f30 = f[3][0], f31 = f[3][1], f32 = f[3][2], f33 = f[3][3];
    for (int j = 0; j < n; j++) {
        c0[j] = (((c0[j] + f00 * b0[j]) + f01 * b1[j]) + f02 * b2[j]) + f03 * b3[j];
        c1[j] = (((c1[j] + f10 * b0[j]) + f11 * b1[j]) + f12 * b2[j]) + f13 * b3[j];
        c2[j] = (((c2[j] + f20 * b0[j]) + f21 * b1[j]) + f22 * b2[j]) + f23 * b3[j];
        c3[j] = (((c3[j] + f30 * b0[j]) + f31 * b1[j]) + f32 * b2[j]) + f33 * b3[j];
    }
}

/* One row c += eight, four, two, one term f[q] times row b[q]. */
static void add_8(int n, real *restrict c, const real *f, const real *const *b)
{
    const real *b0 = b[0], *b1 = b[1], *b2 = b[2], *b3 = b[3];
    const real *b4 = b[4], *b5 = b[5], *b6 = b[6], *b7 = b[7];
    const real f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3];
    const real f4 = f[4], f5 = f[5], f6 = f[6], f7 = f[7];
    for (int j = 0; j < n; j++) {
        const real four = (((c[j] + f0 * b0[j]) + f1 * b1[j]) + f2 * b2[j]) + f3 * b3[j];
        c[j] = (((four + f4 * b4[j]) + f5 * b5[j]) + f6 * b6[j]) + f7 * b7[j];
    }
}

static void add_4(int n, real *restrict c, const real *f, const real *const *b)
{
    const real *b0 = b[0], *b1 = b[1], *b2 = b[2], *b3 = b[3];
    const real f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3];
    for (int j = 0; j < n; j++)
        c[j] = (((c[j] + f0 * b0[j]) + f1 * b1[j]) + f2 * b2[j]) + f3 * b3[j];
}

static void add_2(int n, real *restrict c, const real *f, const real *const *b)
{
    const real *b0 = b[0], *b1 = b[1], f0 = f[0], f1 = f[1];
    for (int j = 0; j < n; j++) c[j] = (c[j] + f0 * b0[j]) + f1 * b1[j];
}

static void add_1(int n, real *restrict c, const real *f, const real *const *b)
{
    const real *b0 = b[0], f0 = f[0];
    for (int j = 0; j < n; j++) c[j] += f0 * b0[j];
}

/* One row c += the sum over q of f[q] times row b[q]: more terms in a sweep, since c is the only row to load and store.
 * No loop over the last terms: gcc would turn it inside out, and sum each column by itself. */
static void sweep_row(int n, real *restrict c, int terms, const real *f, const real *const *b)
{
    int q = 0;
    for (; q + 8 <= terms; q += 8) add_8(n, c, f + q, b + q);
    if (terms & 4) add_4(n, c, f + q, b + q);
    q += terms & 4;
    if (terms & 2) add_2(n, c, f + q, b + q);
    q += terms & 2;
    if (terms & 1) add_1(n, c, f + q, b + q);
}

/* block = rows l to l + depth and columns j to j + w of B. */
static void take(real *restrict block, const factor *B, int l, int depth, int j, int w)
{
    for (int d = 0; d < depth && !B->turned; d++) copy(w, block + d * WIDE, row(B, l + d) + j);
    for (int q = 0; q < w && B->turned; q++) {
        const real *from = row(B, j + q) + l;
        for (int d = 0; d < depth; d++) block[d * WIDE + q] = from[d];
    }
}

/* f = rows i to i + rows and columns l to l + depth of A. */
static void take_factors(real (*restrict f)[DEPTH], const factor *A, int i, int rows, int l,
                         int depth)
{
    for (int p = 0; p < rows && !A->turned; p++) copy(depth, f[p], row(A, i + p) + l);
    for (int d = 0; d < depth && A->turned; d++) {
        const real *from = row(A, l + d) + i;
        for (int p = 0; p < rows; p++) f[p][d] = from[p];
    }
}

static int height(const factor *f) { return f->part[0]->rows * f->parts; }

static int width(const factor *f) { return f->count ? f->count : f->part[0]->cols; }

static int rows_of(const factor *f) { return f->turned ? width(f) : height(f); }

static int cols_of(const factor *f) { return f->turned ? height(f) : width(f); }

/* A column or a row of A more than there are is a contract broken. */
static void fits(const factor *f)
{
    REQUIRE(f->first, >=, 0);
    REQUIRE(f->count, >=, 0);
    REQUIRE(f->first + width(f), <=, f->part[0]->cols);
}

/* Four rows of C, from row i on and at column j, += f times the rows b: in c, where they stay in the cache. */
static void add_four(const factor *C, int i, int j, int w, int depth, const real (*f)[DEPTH],
                     const real *const *b)
{
    _Alignas(MAT_ALIGN) real c[SIDE * WIDE];
    for (int p = 0; p < SIDE; p++) copy(w, c + p * WIDE, row(C, i + p) + j);
    int d = 0;
    for (; d + SIDE <= depth; d += SIDE) sweep(w, c, (const real(*)[DEPTH]) & f[0][d], b + d);
    for (int p = 0; p < SIDE; p++) {
        sweep_row(w, c + p * WIDE, depth - d, &f[p][d], b + d);
        copy(w, (real *) row(C, i + p) + j, c + p * WIDE);
    }
}

void product(mat *const *C, int parts, factor A, factor B)
{
    const factor result = {.part = (const mat *const *) C, .parts = parts};
    const int m = rows_of(&result), n = cols_of(&result), k = cols_of(&A);
    fits(&A);
    fits(&B);
    REQUIRE(m, ==, rows_of(&A));
    REQUIRE(k, ==, rows_of(&B));
    REQUIRE(n, ==, cols_of(&B));
    _Alignas(MAT_ALIGN) real block[DEPTH * WIDE], f[SIDE][DEPTH];
    const real *b[DEPTH];
    const bool taken = B.turned || m > FEW;
    for (int l = 0; l < k; l += DEPTH)
        for (int j = 0; j < n; j += COLS) {
            const int depth = k - l < DEPTH ? k - l : DEPTH, w = n - j < COLS ? n - j : COLS;
            if (taken) take(block, &B, l, depth, j, w);
            for (int d = 0; d < depth; d++) b[d] = taken ? block + d * WIDE : row(&B, l + d) + j;
            for (int i = 0; i < m; i += SIDE) {
                const int rows = m - i < SIDE ? m - i : SIDE;
                take_factors(f, &A, i, rows, l, depth);
                if (rows == SIDE) {
                    add_four(&result, i, j, w, depth, (const real(*)[DEPTH]) f, b);
                    continue;
                }
                for (int p = 0; p < rows; p++)
                    sweep_row(w, (real *) row(&result, i + p) + j, depth, f[p], b);
            }
        }
}
