/* halving.c: the sum over all ranks, in a fixed tree. See halving.h. */
#include "halving.h"

#include "require.h"
#include "shards.h"

ranks_range ranks_part(int size, int rank, int apart)
{
    ranks_range r = {0, size};
    for (int d = 1; d <= apart; d *= 2) {
        const int middle = r.from + (r.to - r.from) / 2;
        *(rank & d ? &r.from : &r.to) = middle;
    }
    return r;
}

/* The parts of n matrices that a rank has after it met the one `apart` away. */
static void parts(ranks_range part[], mat *const all[], int n, int rank, int apart)
{
    for (int k = 0; k < n; k++) part[k] = ranks_part(mat_size(all[k]), rank, apart);
}

void ranks_sum(mat *const sum[], mat *const scratch[], int n)
{
    const int count = ranks_count(), me = ranks_me();
    ranks_range mine[RANKS_MATRICES] = {{0, 0}}, its[RANKS_MATRICES] = {{0, 0}};
    REQUIRE(n, <=, RANKS_MATRICES);
    /* Halving: to each its half of the sum of two. */
    for (int apart = 1; apart < count; apart *= 2) {
        parts(mine, sum, n, me, apart);
        parts(its, sum, n, me ^ apart, apart);
        ranks_swap(me ^ apart, sum, its, scratch, mine, n);
        for (int k = 0; k < n; k++) {
            real *const both[] = {sum[k]->v + mine[k].from, scratch[k]->v + mine[k].from};
            shards_sum(both, 2, mine[k].to - mine[k].from);
        }
    }
    /* Doubling: each gives what is whole. */
    for (int apart = count / 2; apart > 0; apart /= 2) {
        parts(mine, sum, n, me, apart);
        parts(its, sum, n, me ^ apart, apart);
        ranks_swap(me ^ apart, sum, mine, sum, its, n);
    }
}
