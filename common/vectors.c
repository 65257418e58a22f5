/* vectors.c: lists of matrices. See vectors.h. */
#include "vectors.h"

#include "product.h"
#include "require.h"

#include <stdlib.h>

mat **vectors_new(int n, int rows) { return mats_new(n, rows, 1); }

mat **mats_new(int n, int rows, int cols)
{
    REQUIRE(n, >, 0);
    mat **a = calloc((size_t) n, sizeof(mat *));
    if (!a) return NULL;
    for (int i = 0; i < n; i++) {
        a[i] = mat_new(rows, cols);
        if (a[i]) continue;
        vectors_free(a, i);
        return NULL;
    }
    return a;
}

void vectors_free(mat **a, int n)
{
    for (int i = 0; a && i < n; i++) mat_free(a[i]);
    free(a);
}

mat **mats_zero(mat **a, int n)
{
    for (int t = 0; t < n; t++) mat_zero(a[t]);
    return a;
}

static factor stacked(mat *const *part, int parts, bool turned)
{
    return (factor){.part = (const mat *const *) part, .parts = parts, .turned = turned};
}

void mats_add_ab(mat **C, mat *const *A, int n, const mat *B)
{
    product(C, n, stacked(A, n, false), (factor){.part = &B, .parts = 1});
}

void mats_add_abt(mat **C, mat *const *A, int n, const mat *B)
{
    product(C, n, stacked(A, n, false), (factor){.part = &B, .parts = 1, .turned = true});
}

void mats_add_atb(mat *C, mat *const *A, mat *const *B, int n)
{
    product(&C, 1, stacked(A, n, true), stacked(B, n, false));
}

void mats_load(mat *const a[], int n, const double *x)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(a[k]); i++) a[k]->v[i] = (real) *x++;
}

void mats_store(double *x, mat *const a[], int n)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(a[k]); i++) *x++ = a[k]->v[i];
}
