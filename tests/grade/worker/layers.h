/**
 * @file  layers.h
 * @brief What the calls of recurrent layers (call.c of their assignments) have in common: matrices of a request, one for
 *        each step, and answers that were added to.
 */
#ifndef LAYERS_H
#define LAYERS_H

#include "timelayers.h"
#include "worker.h"

#include <math.h>
#include <string.h>

/** Matrices of the request, one for each step; without a request, to be written. */
static inline mat **steps(frame *request, int T, int rows, int cols)
{
    mat **v = guard_bytes((size_t) T * sizeof *v, sizeof *v);
    for (int t = 0; t < T; t++)
        v[t] = request ? worker_mat(request, rows, cols) : guard_mat(rows, cols, NULL);
    return v;
}

/** The same matrices in another list, for a function to be called with: what it puts into the list is not looked at. */
static inline mat **lent(mat *const *v, int T)
{
    mat **list = guard_bytes((size_t) T * sizeof *list, sizeof *list);
    memcpy(list, v, (size_t) T * sizeof *list);
    return list;
}

/** A copy: what was there before the call. */
static inline mat *copy_of(const mat *A)
{
    mat *B = guard_mat(A->rows, A->cols, NULL);
    memcpy(B->v, A->v, (size_t) mat_size(A) * sizeof *A->v);
    return B;
}

/** Say a matrix for each step. */
static inline void say_steps(frame *answer, const char *name, int T, mat *const *v)
{
    for (int t = 0; t < T; t++) worker_say_mat(answer, name, t, v[t]);
}

/** Say a matrix that the function changes, or adds to. */
static inline void say_grown(frame *answer, const char *name, const mat *d, const mat *before)
{
    worker_say_grown(answer, name, d, before);
}

/** Weights of the request, or gradients before the call: G columns, and B of the bias. */
static inline rnncell cell_in(frame *request, int D, int H, int G, int B)
{
    rnncell c;
    c.Wx = worker_mat(request, D, G);
    c.Wh = worker_mat(request, H, G);
    c.b = worker_mat(request, 1, B);
    return c;
}

/** A copy of weights. */
static inline rnncell cell_copy(const rnncell *c)
{
    return (rnncell){{copy_of(c->Wx), copy_of(c->Wh), copy_of(c->b)}};
}

/** Say the gradients of the weights. */
static inline void say_cell(frame *answer, const rnncell *d, const rnncell *before)
{
    static const char *const names[3] = {"dWx", "dWh", "db"};
    for (int k = 0; k < 3; k++) say_grown(answer, names[k], d->all[k], before->all[k]);
}

/** Say weights, which are only read. */
static inline void say_weights(frame *answer, const rnncell *c)
{
    static const char *const names[3] = {"Wx", "Wh", "b"};
    for (int k = 0; k < 3; k++) worker_say_mat(answer, names[k], -1, c->all[k]);
}

/** guard_unwritten() in the place of every number of n matrices: to be written. */
static inline void unwritten(mat *const *v, int n)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < mat_size(v[k]); i++) v[k]->v[i] = guard_unwritten();
}

#endif
