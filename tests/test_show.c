/* test_show.c: vectors and matrices as they are printed. */
#include "show.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <math.h>
#include <stdio.h>

/* Print 2 x 3 numbers and a vector of three. */
Test(show, prints_row_by_row)
{
    mat *A = mat_new(2, 3), *x = mat_new(3, 1);
    for (int i = 0; i < 6; i++) A->v[i] = (real) (i - 1.5);
    for (int i = 0; i < 3; i++) x->v[i] = (real) (i * i);
    x->v[1] = (real) NAN;
    cr_redirect_stdout();
    show_vector("x =", "%.0f", x);
    show_matrix("  ", "% .1f", A);
    show_rows("> ", "%6.2f", A);
    fflush(stdout);
    cr_assert_stdout_eq_str("x = [ 0 nan 4 ]\n"
                            "  [[ -1.5 -0.5  0.5 ]\n"
                            "   [  1.5  2.5  3.5 ]]\n"
                            ">   -1.50  -0.50   0.50\n"
                            ">    1.50   2.50   3.50\n");
    mat_free(A);
    mat_free(x);
}
