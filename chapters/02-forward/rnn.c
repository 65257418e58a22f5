/* rnn.c: the network and its forward pass. See rnn.h. */
#include "rnn.h"

#include "fn.h"
#include "require.h"
#include "vectors.h"

#include <stdlib.h>

rnn *rnn_new(int H, int V)
{
    rnn *net = calloc(1, sizeof *net);
    if (!net) return NULL;
    net->Wxh = mat_new(H, V);
    net->Whh = mat_new(H, H);
    net->Why = mat_new(V, H);
    net->bh = mat_new(H, 1);
    net->by = mat_new(V, 1);
    for (int k = 0; k < 5; k++) {
        if (net->all[k]) continue;
        rnn_free(net);
        return NULL;
    }
    return net;
}

void rnn_free(rnn *net)
{
    if (!net) return;
    for (int k = 0; k < 5; k++) mat_free(net->all[k]);
    free(net);
}

void rnn_zero(rnn *net)
{
    for (int k = 0; k < 5; k++) mat_zero(net->all[k]);
}

trace *trace_new(int H, int V, int room)
{
    REQUIRE(room, >, 0);
    trace *tr = calloc(1, sizeof *tr);
    if (!tr) return NULL;
    tr->T = tr->room = room;
    tr->xs = calloc((size_t) room, sizeof *tr->xs);
    mat **hs = vectors_new(room + 1, H);
    tr->hs = hs ? hs + 1 : NULL;
    tr->ys = vectors_new(room, V);
    tr->ps = vectors_new(room, V);
    if (tr->xs && tr->hs && tr->ys && tr->ps) return tr;
    trace_free(tr);
    return NULL;
}

void trace_free(trace *tr)
{
    if (!tr) return;
    if (tr->hs) vectors_free(tr->hs - 1, tr->room + 1);
    vectors_free(tr->ys, tr->room);
    vectors_free(tr->ps, tr->room);
    free(tr->xs);
    free(tr);
}

trace trace_step(const trace *tr, int t)
{
    REQUIRE(t, >=, 0);
    REQUIRE(t, <, tr->room);
    return (trace){1, 1, tr->xs + t, tr->hs + t, tr->ys + t, tr->ps + t};
}

void make_parameters(rnn *net, rng *draws)
{
    for (int k = 0; k < 3; k++) { /* Wxh, Whh, Why */
        mat *W = net->all[k];
        for (int i = 0; i < mat_size(W); i++) W->v[i] = (real) (rng_randn(draws) * 0.01);
    }
    mat_zero(net->bh);
    mat_zero(net->by);
}

void rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p)
{
    mat_copy(h, net->bh);           /* h  = bh           */
    mat_add_column(h, net->Wxh, x); /*    + Wxh x        */
    mat_add_ax(h, net->Whh, hprev); /*    + Whh h[t-1]   */
    mat_tanh(h);                    /* h  = tanh h       */
    mat_copy(y, net->by);           /* y  = by           */
    mat_add_ax(y, net->Why, h);     /*    + Why h        */
    mat_softmax(p, y);              /* p  = softmax y    */
}

double rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                   trace *tr)
{
    double loss = 0;
    REQUIRE(tr->T, >=, 1);
    REQUIRE(tr->T, <=, tr->room);
    if (hprev != tr->hs[-1]) mat_copy(tr->hs[-1], hprev);
    for (int t = 0; t < tr->T; t++) {
        REQUIRE(targets[t], >=, 0);
        REQUIRE(targets[t], <, net->by->rows);
        tr->xs[t] = inputs[t];
        rnn_step(net, tr->xs[t], tr->hs[t - 1], tr->hs[t], tr->ys[t], tr->ps[t]);
        loss -= fn_log(tr->ps[t]->v[targets[t]]); /* loss += -ln p[target] */
    }
    return loss;
}
