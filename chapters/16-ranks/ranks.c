/* ranks.c: processes that compute together, by MPI or alone. See ranks.h. */
#include "ranks.h"

#include "require.h"

/* ---- who is there ---- */

#ifdef RANKS_MPI
#include <mpi.h>

void ranks_begin(void)
{
    int level; /* threads compute, but one of them speaks */
    MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &level);
}

void ranks_end(void) { MPI_Finalize(); }

bool ranks_have_mpi(void) { return true; }

/* Is there anyone to ask? The tests of other chapters' modules begin nothing. */
static bool begun(void)
{
    int yes;
    MPI_Initialized(&yes);
    return yes;
}

int ranks_count(void)
{
    int count = 1;
    if (begun()) MPI_Comm_size(MPI_COMM_WORLD, &count);
    return count;
}

int ranks_me(void)
{
    int me = 0;
    if (begun()) MPI_Comm_rank(MPI_COMM_WORLD, &me);
    return me;
}

/* ---- messages ---- */

void ranks_tell(int from, void *data, size_t size)
{
    const size_t most = 1 << 20; /* MPI counts in ints */
    if (ranks_count() == 1) return;
    for (char *at = data; size > 0;) {
        const size_t some = size < most ? size : most;
        MPI_Bcast(at, (int) some, MPI_BYTE, from, MPI_COMM_WORLD);
        at += some;
        size -= some;
    }
}

void ranks_gather(void *all, size_t size)
{
    if (ranks_count() > 1)
        MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all, (int) size, MPI_BYTE,
                      MPI_COMM_WORLD);
}

void ranks_swap(int with, mat *const give[], const ranks_range its[], mat *const take[],
                const ranks_range mine[], int n)
{
    const MPI_Datatype type = REAL_IS_DOUBLE ? MPI_DOUBLE : MPI_FLOAT;
    MPI_Request all[2 * RANKS_MATRICES];
    REQUIRE(n, <=, RANKS_MATRICES);
    for (int k = 0; k < n; k++) /* all are under way together */
        MPI_Irecv(take[k]->v + mine[k].from, mine[k].to - mine[k].from, type, with, k,
                  MPI_COMM_WORLD, &all[k]);
    for (int k = 0; k < n; k++)
        MPI_Isend(give[k]->v + its[k].from, its[k].to - its[k].from, type, with, k, MPI_COMM_WORLD,
                  &all[n + k]);
    MPI_Waitall(2 * n, all, MPI_STATUSES_IGNORE);
}
#else
void ranks_begin(void) {}

void ranks_end(void) {}

bool ranks_have_mpi(void) { return false; }

int ranks_count(void) { return 1; }

int ranks_me(void) { return 0; }

void ranks_tell(int from, void *data, size_t size)
{
    (void) data;
    (void) size;
    REQUIRE(from, ==, 0);
}

void ranks_gather(void *all, size_t size)
{
    (void) all;
    (void) size;
}

void ranks_swap(int with, mat *const give[], const ranks_range its[], mat *const take[],
                const ranks_range mine[], int n)
{
    (void) give;
    (void) its;
    (void) take;
    (void) mine;
    (void) n;
    REQUIRE(with, <, 0); /* there is no other rank */
}
#endif
