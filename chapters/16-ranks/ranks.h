/**
 * @file  ranks.h
 * @brief Processes that compute together, numbered 0, 1, 2, ...: what they tell each other.
 *
 * Built without RANKS_MPI, or not started by mpirun or srun, a process is rank 0 and alone: there is nobody to
 * tell. All ranks call these functions in the same order. If one of them dies, MPI ends the others.
 */
#ifndef RANKS_H
#define RANKS_H

#include "mat.h"

#include <stdbool.h>
#include <stddef.h>

enum { RANKS_MATRICES = 32 /**< matrices that are summed at once, at most */ };

/** Numbers of a matrix: v[from] to v[to - 1]. */
typedef struct ranks_range {
    int from; /**< the first */
    int to;   /**< behind the last */
} ranks_range;

/** Begin; before the other functions, once. */
void ranks_begin(void);

/** End, after all that ranks_begin() began. */
void ranks_end(void);

/**
 * @brief  Was this built with MPI?
 * @return false if one rank does it all
 */
bool ranks_have_mpi(void);

/**
 * @brief  How many ranks are there?
 * @return their number; 1 before ranks_begin()
 */
int ranks_count(void);

/**
 * @brief  Which one is this?
 * @return 0 to ranks_count() - 1
 */
int ranks_me(void);

/**
 * @brief Give every rank what one of them has.
 * @param[in]     from which one
 * @param[in,out] data its bytes; the others' are replaced by these
 * @param[in]     size how many
 */
void ranks_tell(int from, void *data, size_t size);

/**
 * @brief Give every rank what each of them has.
 * @param[in,out] all  ranks_count() parts; each rank has its own at all + ranks_me() size, and then all of them
 * @param[in]     size bytes of a part
 */
void ranks_gather(void *all, size_t size);

/**
 * @brief Exchange numbers with one other rank, which calls this with `mine` and `its` the other way round.
 * @param[in]     with which one
 * @param[in]     give the matrices to give from
 * @param[in]     its  its[k]: what to give of give[k]
 * @param[in,out] take the matrices to take into
 * @param[in]     mine mine[k]: what to take into take[k]
 * @param[in]     n    how many matrices, at most RANKS_MATRICES
 */
void ranks_swap(int with, mat *const give[], const ranks_range its[], mat *const take[],
                const ranks_range mine[], int n);

#endif
