/* product.c: the one matrix product. See product.h.
 *
 * A sweep adds four terms each to four rows of C: 16 products and 16 sums for 12 loads and stores. It is a plain loop
 * along the columns, which every compiler turns into vector instructions; no sum crosses columns, so how wide the
 * vectors are changes no bit. Around it are the blocks: the part of B that is multiplied next lies in one place,
 * transposed if need be, and stays in the cache until all rows of C have passed. */
#include "product.h"

#include "require.h"

#include <string.h>

enum {
    SIDE = 4,                          /* rows, and terms, of a sweep */
    DEPTH = 1024 / (int) sizeof(real), /* terms of a block, a multiple of SIDE */
    COLS = 384,                        /* columns of a block */
    PAGE = 4096 / (int) sizeof(real),  /* rows so far apart would put each other out of the cache */
    LINE = MAT_ALIGN / (int) sizeof(real), /* numbers of the widest vector */
    WIDE = COLS + 2 * LINE,                /* from row to row in a block */
    FEW = 32                               /* so few rows of C do not make up for copying B */
};

/* to = rows i to i + n of a list of matrices on top of each other, at column j. */
static void rows(const real **to, const factor *f, int i, int n, int j)
{
    const int each = f->part[0]->rows, cols = f->part[0]->cols;
    for (int part = i / each, row = i % each; n > 0; part++, row = 0) {
        const real *at = f->part[part]->v + row * cols + f->first + j;
        const int here = each - row < n ? each - row : n;
        for (int k = 0; k < here; k++) to[k] = at + k * cols;
        to += here;
        n -= here;
    }
}

static void copy(int n, real *restrict to, const real *from)
{
    for (int i = 0; i < n; i++) to[i] = from[i];
}

/* The same, filled up with zeros to whole vectors. */
static void copy_filled(int n, real *restrict to, const real *from)
{
    copy(n, to, from);
    for (; n % LINE; n++) to[n] = 0;
}

/* Row p += the sum over q of f[p][q] times row b[q], for four p and four q. */
static void sweep(int n, real *restrict c0, real *restrict c1, real *restrict c2, real *restrict c3,
                  const real (*f)[DEPTH], const real *const *b)
{
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

/* The same with one term, such as the last of 25. */
static void sweep_term(int n, real *restrict c0, real *restrict c1, real *restrict c2,
                       real *restrict c3, const real (*f)[DEPTH], const real *b)
{
    const real f0 = f[0][0], f1 = f[1][0], f2 = f[2][0], f3 = f[3][0];
    for (int j = 0; j < n; j++) {
        c0[j] += f0 * b[j];
        c1[j] += f1 * b[j];
        c2[j] += f2 * b[j];
        c3[j] += f3 * b[j];
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

/* Block by block, B lies in one place: depth rows of w numbers, or, if B is transposed, the other way round; and zeros
 * up to whole vectors. */
static void take(real *restrict block, const real *const *b, bool turned, int depth, int w)
{
    for (int d = 0; d < depth && !turned; d++) copy_filled(w, block + d * WIDE, b[d]);
    for (int q = 0; q < w && turned; q++)
        for (int d = 0; d < depth; d++) block[d * WIDE + q] = b[q][d];
    for (int q = w; q % LINE && turned; q++)
        for (int d = 0; d < depth; d++) block[d * WIDE + q] = 0;
}

/* f = four rows of A, or fewer; if A is transposed, columns i to i + n. */
static void take_factors(real (*restrict f)[DEPTH], const real *const *a, bool turned, int i, int n,
                         int depth)
{
    for (int p = 0; p < n && !turned; p++) copy(depth, f[p], a[p]);
    for (int d = 0; d < depth && turned && n == SIDE; d++)
        for (int p = 0; p < SIDE; p++) f[p][d] = a[d][i + p];
    for (int d = 0; d < depth && turned && n < SIDE; d++)
        for (int p = 0; p < n; p++) f[p][d] = a[d][i + p];
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

/* Four rows c += f times the rows b. */
static void sweep_four(int n, real *const *c, int terms, const real (*f)[DEPTH],
                       const real *const *b)
{
    int q = 0;
    for (; q + SIDE <= terms; q += SIDE)
        sweep(n, c[0], c[1], c[2], c[3], (const real(*)[DEPTH]) & f[0][q], b + q);
    if (q + 1 == terms)
        sweep_term(n, c[0], c[1], c[2], c[3], (const real(*)[DEPTH]) & f[0][q], b[q]);
    else
        for (int p = 0; p < SIDE; p++) sweep_row(n, c[p], terms - q, &f[p][q], b + q);
}

/* The same in a copy, `wide` columns of it: where rows of C lie a multiple of 4096 bytes apart, and would put each other
 * out of the cache, or where they are no whole vectors, but those of b are. */
static void sweep_copies(int n, int wide, real *const *c, int terms, const real (*f)[DEPTH],
                         const real *const *b)
{
    _Alignas(MAT_ALIGN) real own[SIDE][WIDE];
    for (int p = 0; p < SIDE; p++) copy_filled(n, own[p], c[p]);
    sweep_four(wide, (real *const[]){own[0], own[1], own[2], own[3]}, terms, f, b);
    for (int p = 0; p < SIDE; p++) copy(n, c[p], own[p]);
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
    /* Two or three last rows are swept with rows of zeros to make four: faster than one by one. */
    _Alignas(MAT_ALIGN) real spare[SIDE - 2][WIDE];
    if (m % SIDE > 1) memset(spare, 0, sizeof spare);
    const real *a[DEPTH], *b[COLS], *c[SIDE];
    for (int l = 0; l < k; l += DEPTH)
        for (int j = 0; j < n; j += COLS) {
            const int depth = k - l < DEPTH ? k - l : DEPTH, w = n - j < COLS ? n - j : COLS;
            const bool taken = B.turned || m > FEW;
            const int wide = taken ? (w + LINE - 1) / LINE * LINE : w;
            if (B.turned)
                rows(b, &B, j, w, l);
            else
                rows(b, &B, l, depth, j);
            if (taken) {
                take(block, b, B.turned, depth, w);
                for (int d = 0; d < depth; d++) b[d] = block + d * WIDE;
            }
            if (A.turned) rows(a, &A, l, depth, 0);
            for (int i = 0; i < m; i += SIDE) {
                const int left = m - i < SIDE ? m - i : SIDE;
                if (!A.turned) rows(a, &A, i, left, l);
                rows(c, &result, i, left, j);
                if (left == 1) {
                    if (A.turned) take_factors(f, a, true, i, 1, depth);
                    sweep_row(w, (real *) c[0], depth, A.turned ? f[0] : a[0], b);
                    continue;
                }
                if (left < SIDE) memset(f, 0, sizeof f);
                take_factors(f, a, A.turned, i, left, depth);
                for (int p = left; p < SIDE; p++) c[p] = spare[p - 2];
                if (n % PAGE && wide == w)
                    sweep_four(w, (real *const *) c, depth, (const real(*)[DEPTH]) f, b);
                else
                    sweep_copies(w, wide, (real *const *) c, depth, (const real(*)[DEPTH]) f, b);
            }
        }
}
