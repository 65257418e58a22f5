/* assignment: bptt; expect: compile_error; points: 0 */
/* Names by the hundred thousand. */
#define _GNU_SOURCE
#include "backward.h"

#define N1(x) int x##0, x##1, x##2, x##3, x##4, x##5, x##6, x##7, x##8, x##9;
#define N2(x)                                                                                      \
    N1(x##0) N1(x##1) N1(x##2) N1(x##3) N1(x##4) N1(x##5) N1(x##6) N1(x##7) N1(x##8) N1(x##9)
#define N3(x)                                                                                      \
    N2(x##0) N2(x##1) N2(x##2) N2(x##3) N2(x##4) N2(x##5) N2(x##6) N2(x##7) N2(x##8) N2(x##9)
#define N4(x)                                                                                      \
    N3(x##0) N3(x##1) N3(x##2) N3(x##3) N3(x##4) N3(x##5) N3(x##6) N3(x##7) N3(x##8) N3(x##9)
#define N5(x)                                                                                      \
    N4(x##0) N4(x##1) N4(x##2) N4(x##3) N4(x##4) N4(x##5) N4(x##6) N4(x##7) N4(x##8) N4(x##9)
#define N6(x)                                                                                      \
    N5(x##0) N5(x##1) N5(x##2) N5(x##3) N5(x##4) N5(x##5) N5(x##6) N5(x##7) N5(x##8) N5(x##9)
#define N7(x)                                                                                      \
    N6(x##0) N6(x##1) N6(x##2) N6(x##3) N6(x##4) N6(x##5) N6(x##6) N6(x##7) N6(x##8) N6(x##9)
N7(a)

void rnn_backward(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    mat_zero(w->dhnext);
    for (int t = tr->T - 1; t >= 0; t--) {
        mat_copy(w->dy, tr->ps[t])->v[targets[t]] -= 1;
        mat_add(mat_set_atx(w->dh, net->Why, w->dy), w->dhnext);
        mat_dtanh(w->dhraw, tr->hs[t], w->dh);
        mat_set_atx(w->dhnext, net->Whh, w->dhraw);
        mat_add_xyt(d->Why, w->dy, tr->hs[t]);
        mat_add_xyt(d->Whh, w->dhraw, tr->hs[t - 1]);
        mat_add_to_column(d->Wxh, tr->xs[t], w->dhraw);
        mat_add(d->by, w->dy);
        mat_add(d->bh, w->dhraw);
    }
}
