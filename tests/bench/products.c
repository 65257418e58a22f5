/* products.c: thousand million operations a second of the product, for the benchmark: the best of several runs by
 * CPU time. usage: products OP M N K ..., where OP is ab, abt or atb */
#define _POSIX_C_SOURCE 200809L

#include "mat.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static mat *ones(int rows, int cols)
{
    mat *A = mat_new(rows, cols);
    if (!A) exit(EXIT_FAILURE);
    for (int i = 0; i < mat_size(A); i++) A->v[i] = (real) (i % 7 * 1e-3);
    return A;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

int main(int argc, char **argv)
{
    for (int i = 1; i + 3 < argc; i += 4) {
        const int m = atoi(argv[i + 1]), n = atoi(argv[i + 2]), k = atoi(argv[i + 3]);
        const bool abt = strcmp(argv[i], "abt") == 0, atb = strcmp(argv[i], "atb") == 0;
        mat *A = atb ? ones(k, m) : ones(m, k), *B = abt ? ones(n, k) : ones(k, n), *C = ones(m, n);
        mat *(*product)(mat *restrict, const mat *, const mat *) = abt   ? mat_add_abt
                                                                   : atb ? mat_add_atb
                                                                         : mat_add_ab;
        const double work = 2.0 * m * n * k;
        const int times = 1 + (int) (2e8 / work);
        double best = 0;
        for (int run = 0; run < 9; run++) {
            const double begin = seconds();
            for (int q = 0; q < times; q++) product(C, A, B);
            const double rate = work * times / (seconds() - begin) / 1e9;
            best = rate > best ? rate : best;
        }
        printf("%.1f\n", best);
        mat_free(A);
        mat_free(B);
        mat_free(C);
    }
    return 0;
}
