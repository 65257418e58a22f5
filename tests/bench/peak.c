/* peak.c: the arithmetic limit of one core: additions and products of doubles that stay in registers, as many as fit
 * side by side, in thousand million a second. For the benchmark. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <time.h>

enum { LANES = 96, ROUNDS = 20000000 / LANES * 20 };

int main(void)
{
    double x[LANES], best = 0;
    for (int k = 0; k < LANES; k++) x[k] = 1 + k * 1e-3;
    for (int run = 0; run < 5; run++) {
        struct timespec a, b;
        clock_gettime(CLOCK_MONOTONIC, &a);
        for (int n = 0; n < ROUNDS; n++)
            for (int k = 0; k < LANES; k++) x[k] = x[k] * 0.999 + 1e-3;
        clock_gettime(CLOCK_MONOTONIC, &b);
        const double s = (double) (b.tv_sec - a.tv_sec) + 1e-9 * (double) (b.tv_nsec - a.tv_nsec),
                     rate = 2.0 * LANES * ROUNDS / s / 1e9;
        best = rate > best ? rate : best;
    }
    double sum = 0;
    for (int k = 0; k < LANES; k++) sum += x[k];
    printf("%.2f%s\n", best, sum == 0 ? " " : "");
    return 0;
}
