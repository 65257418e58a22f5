/**
 * @file  backward.h
 * @brief The gradient of the loss, accumulated from the last step to the first.
 *
 * There are two implementations. One differentiates within each time step only (one hop); the other also
 * passes a gradient from each step back to the previous one (backpropagation through time, BPTT), which
 * takes three more lines. Both are meant to compute what is described here: the first does so for T = 1
 * only, and the gradient check shows where it fails.
 */
#ifndef BACKWARD_H
#define BACKWARD_H

#include "rnn.h"
#include "work.h"

/**
 * @brief d += dL/dθ for θ = Wxh, Whh, Why, bh, by, where L is the loss that rnn_forward() returned.
 *
 *     dy[t]    = p[t] - 1 at the target
 *     dh[t]    = Whyᵀ dy[t] + Whhᵀ dhraw[t+1],   dhraw[T] = 0 (there is no step T)
 *     dhraw[t] = (1 - h[t]∘h[t]) ∘ dh[t]
 *
 * @param[in]     net     the network
 * @param[in]     tr      what rnn_forward() left: T, xs, hs, ps
 * @param[in]     targets T ids, as passed to rnn_forward()
 * @param[in,out] d       the gradient is added to it; the caller sets it to 0 first
 * @param[out]    w       scratch; its contents before the call do not matter
 *
 * @note The gradient is that of the sum over the T steps, in nat: neither averaged nor clipped.
 *       Each element is within 4 error bars of a difference quotient of the loss (gradcheck.h,
 *       tests/test_backward.c). BPTT takes 2 T H (H + V) multiplications, not counting tanh'; neither allocates.
 *       Seed 001 sections 4 and 5, 004 lossFun.
 */
void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w);

#endif
