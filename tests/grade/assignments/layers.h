/**
 * @file  layers.h
 * @brief What the questions about recurrent layers (rows.c of their assignments) have in common: random numbers. Every
 *        batch has LAYERS_N sequences.
 */
#ifndef ASSIGNMENTS_LAYERS_H
#define ASSIGNMENTS_LAYERS_H

#include "rows.h"

enum { LAYERS_N = 3, LAYERS_D = 4, LAYERS_H = 5 };

/** n matrices of random numbers, one after the other. */
static inline void mats(frame *f, rng *draws, int n, int rows, int cols, double scale)
{
    for (int k = 0; k < n; k++) row_put_randn(f, draws, rows * cols, scale);
}

/** n states: between -1 and 1. */
static inline void states(frame *f, rng *draws, int n)
{
    for (int k = 0; k < n; k++) {
        double h[LAYERS_N * LAYERS_H];
        for (int i = 0; i < LAYERS_N * LAYERS_H; i++) h[i] = 1.9 * rng_uniform(draws) - 0.95;
        frame_put_reals(f, h, LAYERS_N * LAYERS_H);
    }
}

/** The weights of a cell, or gradients before the call: G columns, and B of the bias. */
static inline void cell(frame *f, rng *draws, int G, int B)
{
    mats(f, draws, 1, LAYERS_D, G, 0.5);
    mats(f, draws, 1, LAYERS_H, G, 0.5);
    mats(f, draws, 1, 1, B, 0.5);
}

#endif
