/* assignment: sample; expect: not_implemented,crash,blocked,timeout,failed; points: 0 */
/* What the filter lets through, used oddly: descriptors closed and sought, forbidden memory, wait4, clocks, futexes, a robust list that hurts at the end. */
#define _GNU_SOURCE
#include "sample.h"
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <time.h>
void sample_temperature(mat *p, mat *y, double t)
{
    (void) p, (void) y, (void) t;
    static long head[3] = {8, 0, 8};
    syscall(SYS_set_robust_list, head, 24);
    syscall(SYS_set_tid_address, 16);
    for (int i = 0; i < 64; i++) { lseek(i, 0, 0); wait4(-1, 0, 0, 0); }
    for (int i = 0; i < 30000; i++) mmap((void *) (0x100000000 + 8192l * i), 4096, 1 + i % 2, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    for (int i = 0; i < 26; i++) madvise((void *) 0x100000000, 4096 * 100, i);
    syscall(SYS_rseq, 0, 0, 0, 0);
}
int sample(const rnn *net, const mat *hprev, int seed_ix, int n, double temperature, int end, rng *draws, sampler *s, int *ixes)
{
    (void) net, (void) hprev, (void) seed_ix, (void) n, (void) temperature, (void) end, (void) draws, (void) s, (void) ixes;
    munmap((void *) 0x400000, 1 << 20);
    return 0;
}
