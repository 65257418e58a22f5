/* assignment: adagrad; expect: passed; points: 100 */
/* Long double, pointers that run backwards, the root by Newton's method. */
#include "adagrad.h"

static long double root(long double x)
{
    long double r = x > 1 ? x : 1;
    for (int i = 0; i < 200; i++) r = (r + x / r) / 2;
    return r;
}

void adagrad(mat *const param[], mat *const dparam[], mat *const mem[], int n, double learning_rate)
{
    while (n-- > 0) {
        int i = mat_size(mem[n]);
        real *w = param[n]->v + i, *memory = mem[n]->v + i;
        const real *g = dparam[n]->v + i;
        while (i-- > 0) {
            --w, --memory, --g;
            *memory = (double) (*memory + (long double) *g * *g);
            *w = (double) (*w - learning_rate * *g / root(*memory + 1e-8L));
        }
    }
}
