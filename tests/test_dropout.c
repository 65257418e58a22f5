/* test_dropout.c: masks between layers, that depend on seed, iteration and stream only. */
#include "dropout.h"

#include "gru.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

enum { N = 4, T = 10, V = 5, D = 3, H = 50, LAYERS = 3 };

static cellstack *stack_of(int n)
{
    cellstack *s = cellstack_new(n, T, cellnet_new(&gru_type, LAYERS, V, D, H), true);
    cr_assert(cellstack_add_masks(s));
    return s;
}

Test(dropout, leaves_out_this_part_and_keeps_the_mean)
{
    cellstack *s = stack_of(N);
    dropout_draw(s, T, &(dropout){0.25, 1, 0, 0});
    int out = 0;
    const real kept = (real) (1 / 0.75);
    for (int l = 0; l + 1 < LAYERS; l++)
        for (int t = 0; t < T; t++)
            for (int i = 0; i < N * H; i++) {
                const real m = s->masks[l][t]->v[i];
                cr_assert(m == 0 || m == kept);
                out += m == 0;
            }
    const double all = (LAYERS - 1) * T * N * H;
    cr_assert_lt(fabs(out - 0.25 * all), 4 * sqrt(0.25 * 0.75 * all));
    cr_assert_null(s->masks[LAYERS - 1]);
}

Test(dropout, of_ratio_0_is_1)
{
    cellstack *s = stack_of(1);
    dropout_draw(s, T, &(dropout){0.5, 1, 0, 0});
    dropout_draw(s, T, &(dropout){0, 1, 0, 0});
    for (int i = 0; i < H; i++) cr_assert_eq(s->masks[0][0]->v[i], 1);
}

static bool same_masks(const cellstack *a, const cellstack *b)
{
    for (int l = 0; l + 1 < LAYERS; l++)
        for (int t = 0; t < T; t++)
            if (!same_bits(a->masks[l][t], b->masks[l][t])) return false;
    return true;
}

Test(dropout, depends_on_seed_and_iteration)
{
    cellstack *a = stack_of(N), *b = stack_of(N);
    dropout_draw(a, T, &(dropout){0.5, 1, 7, 0});
    dropout_draw(b, T, &(dropout){0.5, 1, 8, 0});
    cr_assert_not(same_masks(a, b));
    dropout_draw(b, T, &(dropout){0.5, 2, 7, 0});
    cr_assert_not(same_masks(a, b));
    dropout_draw(b, T, &(dropout){0.5, 1, 7, 0});
    cr_assert(same_masks(a, b));
}

/* A stack of a part of the sequences gets their rows. */
Test(dropout, is_the_same_in_parts)
{
    cellstack *all = stack_of(N), *part = stack_of(2);
    dropout_draw(all, T, &(dropout){0.5, 3, 9, 0});
    dropout_draw(part, T, &(dropout){0.5, 3, 9, 2});
    for (int l = 0; l + 1 < LAYERS; l++)
        for (int t = 0; t < T; t++)
            for (int i = 0; i < 2 * H; i++)
                cr_assert_eq(part->masks[l][t]->v[i], all->masks[l][t]->v[2 * H + i]);
    /* Layers, steps and sequences each get their own. */
    cr_assert_not(same_bits(all->masks[0][0], all->masks[1][0]));
    cr_assert_not(same_bits(all->masks[0][0], all->masks[0][1]));
}
