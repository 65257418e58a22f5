/* product.c: up to step 2, the plain product by rows. Row i of C += a(i, l) times row l of B, for l = 0, 1, ... */
#include "product.h"

#include "require.h"

/* Row i of a list of matrices on top of each other. */
static real *row(const factor *f, int i)
{
    const mat *A = f->part[i / f->part[0]->rows];
    return (real *) A->v + i % A->rows * A->cols + f->first;
}

static real element(const factor *f, int i, int j)
{
    return f->turned ? row(f, j)[i] : row(f, i)[j];
}

static void add_row(int n, real *restrict c, real a, const real *b)
{
    for (int j = 0; j < n; j++) c[j] += a * b[j];
}

void product(mat *const *C, int parts, factor A, factor B)
{
    const factor result = {.part = (const mat *const *) C, .parts = parts};
    REQUIRE(B.turned, ==, false);
    const int rows = parts * C[0]->rows, n = C[0]->cols, k = B.parts * B.part[0]->rows;
    for (int i = 0; i < rows; i++)
        for (int l = 0; l < k; l++) add_row(n, row(&result, i), element(&A, i, l), row(&B, l));
}
