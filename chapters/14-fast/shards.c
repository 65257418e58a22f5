/* shards.c: work divided among threads, and sums in a fixed tree. See shards.h. */
#include "shards.h"

void shards_each(int count, int threads, void (*job)(void *run, int k, int worker), void *run)
{
    if (threads == 1) { /* OpenMP takes its time even for one */
        for (int k = 0; k < count; k++) job(run, k, 0);
        return;
    }
#ifdef _OPENMP
#pragma omp parallel for num_threads(threads) schedule(static, 1)
#endif
    for (int worker = 0; worker < threads; worker++)
        for (int k = worker; k < count; k += threads) job(run, k, worker);
}

static void add(int n, real *restrict a, const real *restrict b)
{
    for (int i = 0; i < n; i++) a[i] += b[i];
}

void shards_sum(real *const part[], int shards, int n)
{
    for (int apart = 1; apart < shards; apart *= 2)
        for (int k = 0; k + apart < shards; k += 2 * apart) add(n, part[k], part[k + apart]);
}

bool shards_have_threads(void)
{
#ifdef _OPENMP
    return true;
#else
    return false;
#endif
}
