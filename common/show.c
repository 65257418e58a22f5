/* show.c: vectors and matrices on stdout. See show.h. */
#include "show.h"

#include "say.h"

#include <stdio.h>

static void show_numbers(const char *format, int n, const real *v)
{
    for (int i = 0; i < n; i++) printf(" %s", NUM(format, v[i]));
}

void show_vector(const char *label, const char *format, const mat *x)
{
    printf("%s [", label);
    show_numbers(format, mat_size(x), x->v);
    puts(" ]");
}

void show_matrix(const char *indent, const char *format, const mat *A)
{
    for (int i = 0; i < A->rows; i++) {
        printf("%s%s", indent, i == 0 ? "[[" : " [");
        show_numbers(format, A->cols, A->v + i * A->cols);
        puts(i == A->rows - 1 ? " ]]" : " ]");
    }
}

void show_rows(const char *indent, const char *format, const mat *A)
{
    for (int i = 0; i < A->rows; i++) {
        fputs(indent, stdout);
        show_numbers(format, A->cols, A->v + i * A->cols);
        putchar('\n');
    }
}
