/**
 * @file  layers.h
 * @brief What the questions about recurrent layers (rows.c of their assignments) have in common: sizes and random
 *        numbers.
 */
#ifndef ASSIGNMENTS_LAYERS_H
#define ASSIGNMENTS_LAYERS_H

#include "rows.h"

/** The largest batch, and the largest state. */
enum { MOST_N = 3, MOST_H = 40 };

/** The batch, the inputs and the states of the questions that follow. */
static int N = MOST_N, D = 4, H = 5;

/** What part() asks, three times: of the usual sizes, of larger ones, and of the usual ones with other numbers. A function
 *  must remember nothing, neither numbers nor sizes. */
static inline void asked_again(frame *f, rng *draws, void (*part)(frame *, rng *))
{
    part(f, draws);
    N = 2, D = 6, H = MOST_H;
    part(f, draws);
    N = MOST_N, D = 4, H = 5;
    part(f, draws);
}

/** n matrices of random numbers, one after the other. */
static inline void mats(frame *f, rng *draws, int n, int rows, int cols, double scale)
{
    for (int k = 0; k < n; k++) row_put_randn(f, draws, rows * cols, scale);
}

/** n states: between -1 and 1. */
static inline void states(frame *f, rng *draws, int n)
{
    for (int k = 0; k < n; k++) {
        double h[MOST_N * MOST_H];
        for (int i = 0; i < N * H; i++) h[i] = 1.9 * rng_uniform(draws) - 0.95;
        frame_put_reals(f, h, N * H);
    }
}

/** The weights of a cell, or gradients before the call: G columns, and B of the bias. */
static inline void cell(frame *f, rng *draws, int G, int B)
{
    mats(f, draws, 1, D, G, 0.5);
    mats(f, draws, 1, H, G, 0.5);
    mats(f, draws, 1, 1, B, 0.5);
}

#endif
