/* stacks.h: whole stacks of recurrent layers against differences of their loss. */
#ifndef STACKS_H
#define STACKS_H

#include "cellstack.h"
#include "support/support.h"

#include <criterion/criterion.h>

enum { N = 3, T = 5, D = 4, H = 6, V = 7 };

static cellnet *generic(const celltype *type, int layers, uint32_t seed, int *ids, int *targets)
{
    rng draws;
    cellnet *net = cellnet_new(type, layers, V, D, H);
    rng_seed(&draws, seed);
    for (int k = 0; k < net->tensors; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++)
            net->all[k]->v[i] = (real) (0.5 * rng_randn(&draws));
    for (int i = 0; i < T * N; i++) {
        ids[i] = (int) (rng_uniform(&draws) * (double) V);
        targets[i] = i == 2 ? TIMELOSS_IGNORED : (int) (rng_uniform(&draws) * (double) V);
    }
    return net;
}

/* Every element of all weights and of the states before the block. */
static void stack_has_the_right_gradients(const celltype *type, int layers, int steps, bool masked)
{
    int ids[T * N], targets[T * N];
    gc_tensor tensor[GC_TENSORS];
    gc_report r;
    cellstate before[CELLNET_LAYERS] = {{{NULL}}};
    needs_double();
    cellnet *net = generic(type, layers, 1, ids, targets);
    cellstack *s = cellstack_new(N, T, net, true);
    if (masked) cr_assert(cellstack_add_masks(s));
    for (int l = 0; masked && l + 1 < layers; l++)
        for (int t = 0; t < T; t++)
            for (int i = 0; i < N * H; i++) s->masks[l][t]->v[i] = (i + t + l) % 3 ? 1.5 : 0;
    cellstack_forward(s, T, ids, targets);
    for (int l = 0; l < layers; l++) {
        const cellstate now = type->state(s->layer[l]);
        for (int k = 0; k < CELL_STATES; k++)
            if (now.of[k]) before[l].of[k] = mat_copy(mat_new(N, H), now.of[k]);
    }
    cellcheck c = {s, net, steps, ids, targets, before};
    const gc_problem p = cellcheck_problem(&c, tensor);
    gc_check(&p, NULL, &r);
    for (int k = 0; k < p.tensors; k++)
        cr_assert_eq(r.row[k].verdict, GC_OK, "%d layers of %s, %d steps: %s", layers, type->name,
                     steps, gc_text((char[GC_ROOM]){0}, &tensor[k], &r.row[k]));
}

#endif
