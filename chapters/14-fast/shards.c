/* shards.c: work divided among threads, and sums in a fixed tree. See shards.h. */
#include "shards.h"

#include "mat.h"
#include "require.h"

/* The next job of a worker's list; a cache line of its own, as all workers take from it. */
typedef struct list {
    _Alignas(MAT_ALIGN) int next;
} list;

/* Take a job, which nobody else gets then. */
static int take(list *l, int threads)
{
    int k;
#ifdef _OPENMP
#pragma omp atomic capture
#endif
    {
        k = l->next;
        l->next += threads;
    }
    return k;
}

void shards_each(int count, int threads, void (*job)(void *run, int k, int worker), void *run)
{
    list lists[SHARDS_WORKERS];
    REQUIRE(threads, >, 0);
    REQUIRE(threads, <=, SHARDS_WORKERS);
    if (threads == 1) { /* OpenMP takes its time even for one */
        for (int k = 0; k < count; k++) job(run, k, 0);
        return;
    }
    for (int w = 0; w < threads; w++) lists[w].next = w;
#ifdef _OPENMP
#pragma omp parallel for num_threads(threads) schedule(static, 1)
#endif
    for (int worker = 0; worker < threads; worker++)
        for (int i = 0; i < threads; i++) { /* its own list, then those of the others */
            list *l = &lists[(worker + i) % threads];
            for (int k = take(l, threads); k < count; k = take(l, threads)) job(run, k, worker);
        }
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
