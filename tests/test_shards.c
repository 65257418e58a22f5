/* test_shards.c: every job is done once, by the worker that may, and sums do not depend on threads. */
#include "shards.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdatomic.h>
#include <time.h>

enum { JOBS = 100 };

typedef struct tally {
    int done[JOBS], worker[JOBS];
    atomic_int busy[9], shared; /* is a worker at a job; how often had it two at a time */
} tally;

static void note(void *run, int k, int worker)
{
    tally *t = run;
    t->shared += atomic_exchange(&t->busy[worker], 1);
    t->done[k]++;
    t->worker[k] = worker;
    t->busy[worker] = 0;
}

Test(shards, every_job_is_done_once_and_the_worker_is_known)
{
    for (int threads = 1; threads <= 9; threads++)
        for (int count = 0; count <= JOBS; count += 7) {
            tally t = {0};
            shards_each(count, threads, note, &t);
            for (int k = 0; k < JOBS; k++) cr_assert_eq(t.done[k], k < count);
            for (int k = 0; k < count; k++)
                cr_assert(t.worker[k] >= 0 && t.worker[k] < threads, "worker %d", t.worker[k]);
            cr_assert_eq(t.shared, 0);
        }
}

static atomic_int others_done;

/* Job 0 lasts until all others are done, those of its worker's list, too; but not for ever. */
static void hold_up(void *run, int k, int worker)
{
    const time_t start = time(NULL);
    (void) run;
    (void) worker;
    if (k > 0) others_done++;
    while (k == 0 && others_done < JOBS - 1 && difftime(time(NULL), start) < 10) continue;
    if (k == 0) cr_expect_eq(others_done, JOBS - 1, "%d of the others were done", others_done);
}

Test(shards, who_is_done_does_the_jobs_of_who_is_held_up)
{
    if (!shards_have_threads()) cr_skip_test("built without OpenMP");
    shards_each(JOBS, 2, hold_up, NULL);
    cr_assert_eq(others_done, JOBS - 1);
}

/* Numbers whose sum depends on the order: the tree's is ((0 + 1) + (2 + 3)) + (4 + ...). */
Test(shards, the_sum_is_that_of_the_tree)
{
    real v[7][2];
    real *part[7];
    for (int s = 0; s < 7; s++) {
        part[s] = v[s];
        for (int i = 0; i < 2; i++) v[s][i] = (real) pow(0.1, s + i);
    }
    real want[2];
    for (int i = 0; i < 2; i++)
        want[i] = ((v[0][i] + v[1][i]) + (v[2][i] + v[3][i])) + ((v[4][i] + v[5][i]) + v[6][i]);
    shards_sum(part, 7, 2);
    for (int i = 0; i < 2; i++) cr_assert_eq(v[0][i], want[i]);
}

Test(shards, one_part_is_the_sum)
{
    real v[3] = {1, 2, 3}, *part[1] = {v};
    shards_sum(part, 1, 3);
    cr_assert(v[0] == 1 && v[1] == 2 && v[2] == 3);
}
