/* test_halving.c: who has which part of a sum, and that the meetings of the ranks make the fixed tree. With the ranks
 * themselves: run_ranks.c. */
#include "halving.h"
#include "shards.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>

/* At every distance, the parts of the ranks that have the same sum cover the whole, and none meets another. */
Test(halving, the_parts_are_the_whole)
{
    enum { MOST = 70 };
    for (int size = 0; size <= MOST; size++)
        for (int apart = 0; apart <= 32; apart = apart ? 2 * apart : 1) {
            int times[MOST] = {0};
            const int together = apart ? 2 * apart : 1;
            for (int rank = 0; rank < together; rank++) {
                const ranks_range r = ranks_part(size, rank, apart);
                cr_assert(0 <= r.from && r.from <= r.to && r.to <= size);
                cr_assert(r.to - r.from <= size / together + 1, "one has more than its part");
                for (int i = r.from; i < r.to; i++) times[i]++;
                const ranks_range same = ranks_part(size, rank + together, apart);
                cr_assert(r.from == same.from && r.to == same.to);
            }
            for (int i = 0; i < size; i++) cr_assert_eq(times[i], 1);
        }
}

/* What two ranks that meet give each other is what the other needs. */
Test(halving, meetings_halve)
{
    for (int apart = 1; apart <= 32; apart *= 2)
        for (int rank = 0; rank < 64; rank++) {
            const ranks_range had = ranks_part(1000, rank, apart / 2),
                              mine = ranks_part(1000, rank, apart),
                              its = ranks_part(1000, rank ^ apart, apart);
            const ranks_range *low = rank & apart ? &its : &mine,
                              *high = rank & apart ? &mine : &its;
            cr_assert(low->from == had.from && low->to == high->from && high->to == had.to);
        }
}

/* Eight ranks' numbers, added as they meet, are shards_sum()'s to the last bit. */
Test(halving, the_order_is_the_fixed_trees)
{
    enum { RANKS = 8, SIZE = 21 };
    real v[RANKS][SIZE], w[RANKS][SIZE];
    real *part[RANKS];
    for (int k = 0; k < RANKS; k++) {
        part[k] = w[k];
        for (int i = 0; i < SIZE; i++)
            v[k][i] = w[k][i] = (real) (sin(i + 1) * pow(0.3, (k * 5) % 8));
    }
    shards_sum(part, RANKS, SIZE);
    for (int apart = 1; apart < RANKS; apart *= 2) {
        real before[RANKS][SIZE];
        for (int k = 0; k < RANKS; k++)
            for (int i = 0; i < SIZE; i++) before[k][i] = v[k][i];
        for (int k = 0; k < RANKS; k++) {
            const ranks_range mine = ranks_part(SIZE, k, apart);
            for (int i = mine.from; i < mine.to; i++) v[k][i] += before[k ^ apart][i];
        }
    }
    int differs = 0, compared = 0;
    for (int k = 0; k < RANKS; k++) {
        const ranks_range mine = ranks_part(SIZE, k, RANKS / 2);
        for (int i = mine.from; i < mine.to; i++, compared++) cr_assert_eq(v[k][i], w[0][i]);
    }
    cr_assert_eq(compared, SIZE);
    for (int i = 0; i < SIZE; i++) { /* from left to right it is another sum */
        real sum = 0;
        for (int k = 0; k < RANKS; k++) sum += (real) (sin(i + 1) * pow(0.3, (k * 5) % 8));
        differs += sum != w[0][i];
    }
    cr_assert(differs > 0);
}

Test(halving, too_many_matrices_are_refused, .signal = SIGABRT)
{
    mat *a[RANKS_MATRICES + 1] = {NULL};
    ranks_sum(a, a, RANKS_MATRICES + 1);
}
