/* peak.c: the arithmetic limit of one core: additions and products of REALs that stay in registers, as many as fit
 * side by side, in thousand million a second. For the benchmark. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <time.h>

#ifndef REAL
#define REAL double
#endif

enum { LANES = 768 / sizeof(REAL), ROUNDS = 20000000 / LANES * 20 };

int main(void)
{
    REAL x[LANES];
    double best = 0;
    for (int k = 0; k < (int) LANES; k++) x[k] = (REAL) (1 + k * 1e-3);
    for (int run = 0; run < 5; run++) {
        struct timespec a, b;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        for (int n = 0; n < (int) ROUNDS; n++)
            for (int k = 0; k < (int) LANES; k++) x[k] = x[k] * (REAL) 0.999 + (REAL) 1e-3;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        const double s = (double) (b.tv_sec - a.tv_sec) + 1e-9 * (double) (b.tv_nsec - a.tv_nsec),
                     rate = 2.0 * (double) LANES * (double) ROUNDS / s / 1e9;
        best = rate > best ? rate : best;
    }
    double sum = 0;
    for (int k = 0; k < (int) LANES; k++) sum += (double) x[k];
    printf("%.2f%s\n", best, sum == 0 ? " " : "");
    return 0;
}
