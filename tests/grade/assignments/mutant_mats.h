/**
 * @file  mutant_mats.h
 * @brief The matrix arithmetic of mutants.c, written for itself: what a student writes is compared with it.
 */
#ifndef MUTANT_MATS_H
#define MUTANT_MATS_H

#include "mat.h"

#include <stdbool.h>
#include <stdint.h>

/** The place of an element. */
static inline real *at(const mat *A, int i, int j)
{
    return (real *) (uintptr_t) &A->v[i * A->cols + j];
}

/** C += Aᵀ B */
static inline void add_atb(mat *C, const mat *A, const mat *B)
{
    for (int n = 0; n < A->rows; n++)
        for (int i = 0; i < A->cols; i++)
            for (int j = 0; j < B->cols; j++) *at(C, i, j) += *at(A, n, i) * *at(B, n, j);
}

/** C = A B, or A Bᵀ */
static inline void set_abt(mat *C, const mat *A, const mat *B, bool transposed)
{
    for (int n = 0; n < C->rows; n++)
        for (int i = 0; i < C->cols; i++) {
            double sum = 0;
            for (int j = 0; j < A->cols; j++)
                sum += (double) *at(A, n, j) * (double) (transposed ? *at(B, i, j) : *at(B, j, i));
            *at(C, n, i) = (real) sum;
        }
}

/** A = 0 */
static inline void zero(mat *A)
{
    for (int i = 0; i < mat_size(A); i++) A->v[i] = 0;
}

/** b += each row of A, or its first. */
static inline void add_rows(mat *b, const mat *A, bool first_only)
{
    for (int n = 0; n < (first_only ? 1 : A->rows); n++)
        for (int j = 0; j < A->cols; j++) b->v[j] += *at(A, n, j);
}

#endif
