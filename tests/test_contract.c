/* test_contract.c: breaches of the contract of backward.h are seen and told. */
#include "contract.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* The ways in which a pass breaks the contract. */
typedef enum way {
    NONE,
    ROOM,
    SETS_ALL,
    SETS_ONE,
    SCALES,
    PS,
    TARGETS,
    BEHIND,
    STATIC_STATE,
    FMAX,
    REPLACES,
    COPY,
    V_AS_H,
    CUT
} way;

static way of; /* of a pass, which has no other argument for it */

/* The pass with a copy of Why that it makes again only if net is another. */
static void keeps_weights(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    static const rnn *whose;
    static real Why[200];
    rnn old = *net;
    if (whose != net) memcpy(Why, net->Why->v, (size_t) mat_size(net->Why) * sizeof(real));
    whose = net;
    old.Why = mat_new(net->Why->rows, net->Why->cols);
    memcpy(old.Why->v, Why, (size_t) mat_size(net->Why) * sizeof(real));
    rnn_backward(&old, tr, targets, d, w);
    mat_free(old.Why);
}

static void pass(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    static int calls;
    trace longer = *tr;
    if (of == SETS_ALL) rnn_zero(d);
    if (of == SETS_ONE) mat_zero(d->Why);
    if (of == SCALES)
        for (int i = 0; i < mat_size(d->bh); i++) d->bh->v[i] *= 2;
    if (of == ROOM) longer.T = tr->room;
    if (of == FMAX) d->bh->v[0] += (real) fmax(w->dhnext->v[0], 0);
    if (of == COPY) keeps_weights(net, tr, targets, d, w);
    if (of == V_AS_H && net->by->rows > net->bh->rows) return;
    if (of == CUT && tr->T > 50) longer.T = 50;
    if (of != COPY) rnn_backward(net, &longer, targets, d, w);
    if (of == REPLACES) d->by = mat_copy(mat_new(d->by->rows, 1), d->by);
    if (of == PS) tr->ps[0]->v[0] -= 1;
    if (of == TARGETS) *(int *) (uintptr_t) targets = targets[0] ? 0 : 1;
    if (of == BEHIND) d->by->v[mat_size(d->by)] = 0;
    if (of == STATIC_STATE) d->by->v[0] += (real) calls++;
}

static void breach(way how, const char *text)
{
    char told[CONTRACT_ROOM];
    bugs *b = bugs_new();
    of = how;
    for (int k = BUGS_ONE_STEP; k <= BUGS_DISTINCT; k++) {
        cr_assert(contract_breach(pass, bugs_probe(b, k), told));
        cr_assert_str_eq(told, text);
    }
    bugs_free(b);
}

Test(contract, kept) { breach(NONE, ""); }
Test(contract, room) { breach(ROOM, "reads tr->room, or steps beyond tr->T"); }
Test(contract, sets) { breach(SETS_ALL, "sets d, where it should add to it"); }
Test(contract, sets_one) { breach(SETS_ONE, "sets d->Why, where it should add to it"); }
Test(contract, scales) { breach(SCALES, "reads d, where it should only add to it"); }
Test(contract, inputs) { breach(PS, "changes tr->ps"); }
Test(contract, targets) { breach(TARGETS, "changes targets"); }
Test(contract, memory_of_its_own)
{
    breach(STATIC_STATE, "gives other numbers when it is called again");
}
Test(contract, weights_kept) { breach(COPY, "gives other numbers when it is called again"); }
Test(contract, scratch_beside_a_nan) { breach(FMAX, "reads w->dhnext before it is set"); }

Test(contract, replaces) { breach(REPLACES, "replaces d->by"); }

Test(contract, other_shapes)
{
    double far = 0;
    for (int k = 0; k < contract_shapes(); k++) {
        int H, V, T;
        contract_shape(k, &H, &V, &T);
        of = NONE;
        cr_assert(contract_elsewhere(pass, k, &far));
        cr_assert_lt(far, REAL_IS_DOUBLE ? 1e-8 : 1e-3);
        of = V_AS_H;
        cr_assert(contract_elsewhere(pass, k, &far));
        cr_assert_eq(far > 0.1, V > H, "H = %d, V = %d", H, V);
        of = CUT;
        cr_assert(contract_elsewhere(pass, k, &far));
        cr_assert_eq(far > 0.1, T > 50, "T = %d", T);
    }
}

Test(contract, neighbours)
{
    if (contract_watched()) cr_skip_test("the sanitizer ends the program there");
    breach(BEHIND, "writes beside d->by");
}

static void trusts_scratch(const rnn *net, const trace *tr, const int *targets, rnn *d, work *w)
{
    d->bh->v[0] += w->dhraw->v[0];
    rnn_backward(net, tr, targets, d, w);
}

Test(contract, scratch)
{
    char told[CONTRACT_ROOM];
    bugs *b = bugs_new();
    cr_assert(contract_breach(trusts_scratch, bugs_probe(b, 0), told));
    cr_assert_str_eq(told, "reads w->dhraw before it is set");
    bugs_free(b);
}

/* What is in the gradients beforehand is added to. */
Test(contract, point_with_gradients_beforehand)
{
    double g[200], more[200], zeros[200] = {0}, loss;
    bugs *b = bugs_new();
    bugs_point p = *bugs_probe(b, BUGS_FILLED);
    of = NONE;
    cr_assert(contract_at(pass, &p, more, &loss));
    const double *before = p.before;
    p.before = zeros;
    cr_assert(contract_at(pass, &p, g, &loss));
    for (int i = 0; i < bugs_size(p.H, p.V); i++)
        cr_assert(near(more[i], g[i] + before[i], REAL_IS_DOUBLE ? 1e-14 : 1e-5));
    bugs_free(b);
}
