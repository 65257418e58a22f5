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

/* Row i of a list of matrices on top of each other. */
static const real *row(const factor *f, int i)
{
    const int rows = f->part[0]->rows, cols = f->part[0]->cols;
    return f->part[i / rows]->v + i % rows * cols;
}

static void copy(int n, real *restrict to, const real *from)
{
    for (int i = 0; i < n; i++) to[i] = from[i];
}

/* Row p of c (WIDE apart) += the sum over q of f[p][q] times row q of b (next apart), for four p and four q. */
static void sweep(int n, real *restrict c, const real (*f)[DEPTH], const real *restrict b, int next)
{
    real *c0 = c, *c1 = c0 + WIDE, *c2 = c1 + WIDE, *c3 = c2 + WIDE;
    const real *b0 = b, *b1 = b0 + next, *b2 = b1 + next, *b3 = b2 + next;
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

/* block = rows l to l + depth and columns j to j + w of B. */
static void take(real *restrict block, const factor *B, int l, int depth, int j, int w)
{
    for (int d = 0; d < depth && !B->turned; d++) copy(w, block + d * WIDE, row(B, l + d) + j);
    for (int q = 0; q < w && B->turned; q++) {
        const real *from = row(B, j + q) + l;
        for (int d = 0; d < depth; d++) block[d * WIDE + q] = from[d];
    }
}

/* f = rows i to i + rows and columns l to l + depth of A; the rows that a sweep has beyond them are 0. */
static void take_factors(real (*restrict f)[DEPTH], const factor *A, int i, int rows, int l,
                         int depth)
{
    for (int p = rows; p < SIDE; p++)
        for (int d = 0; d < depth; d++) f[p][d] = 0;
    for (int p = 0; p < rows && !A->turned; p++) copy(depth, f[p], row(A, i + p) + l);
    for (int d = 0; d < depth && A->turned; d++) {
        const real *from = row(A, l + d) + i;
        for (int p = 0; p < rows; p++) f[p][d] = from[p];
    }
}

static int rows_of(const factor *f)
{
    return f->turned ? f->part[0]->cols : f->part[0]->rows * f->parts;
}

static int cols_of(const factor *f)
{
    return f->turned ? f->part[0]->rows * f->parts : f->part[0]->cols;
}

void product(mat *const *C, int parts, factor A, factor B)
{
    const factor result = {(const mat *const *) C, parts, false};
    const int m = rows_of(&result), n = cols_of(&result), k = cols_of(&A);
    REQUIRE(m, ==, rows_of(&A));
    REQUIRE(k, ==, rows_of(&B));
    REQUIRE(n, ==, cols_of(&B));
    _Alignas(MAT_ALIGN) real block[DEPTH * WIDE], c[SIDE * WIDE], f[SIDE][DEPTH];
    const bool taken = B.turned || B.parts > 1 || m > FEW;
    for (int l = 0; l < k; l += DEPTH)
        for (int j = 0; j < n; j += COLS) {
            const int depth = k - l < DEPTH ? k - l : DEPTH, w = n - j < COLS ? n - j : COLS;
            const real *b = taken ? block : row(&B, l) + j;
            const int next = taken ? WIDE : n;
            if (taken) take(block, &B, l, depth, j, w);
            for (int i = 0; i < m; i += SIDE) {
                const int rows = m - i < SIDE ? m - i : SIDE;
                take_factors(f, &A, i, rows, l, depth);
                for (int q = 0; q < SIDE * WIDE && rows < SIDE; q++) c[q] = 0;
                for (int p = 0; p < rows; p++) copy(w, c + p * WIDE, row(&result, i + p) + j);
                int d = 0;
                for (; d + SIDE <= depth; d += SIDE)
                    sweep(w, c, (const real(*)[DEPTH]) & f[0][d], b + d * next, next);
                for (; d < depth; d++)
                    for (int p = 0; p < rows; p++)
                        for (int q = 0; q < w; q++) c[p * WIDE + q] += f[p][d] * b[d * next + q];
                for (int p = 0; p < rows; p++)
                    copy(w, (real *) row(&result, i + p) + j, c + p * WIDE);
            }
        }
}
