/* assignment: forward; expect: passed; points: 100 */
/* Kernels throughout, a one-hot vector that is multiplied, the loss as ln of a product. */
#include "fn.h"
#include "rnn.h"

static void draw(mat *W, rng *draws)
{
    for (real *w = W->v; w < W->v + mat_size(W); w++) *w = rng_randn(draws) / 100;
}

void make_parameters(rnn *net, rng *draws)
{
    draw(net->Wxh, draws);
    draw(net->Whh, draws);
    draw(net->Why, draws);
    mat_zero(net->bh);
    mat_zero(net->by);
}

void rnn_step(const rnn *net, int x, const mat *hprev, mat *h, mat *y, mat *p)
{
    mat *onehot = mat_new(y->rows, 1);
    onehot->v[x] = 1;
    mat_zero(h);
    mat_add_ax(h, net->Whh, hprev);
    mat_add_ax(h, net->Wxh, onehot);
    mat_tanh(mat_add(h, net->bh));
    mat_add(mat_add_ax(mat_zero(y), net->Why, h), net->by);
    mat_softmax(p, y);
    mat_free(onehot);
}

static double forward(const rnn *net, const int *inputs, const int *targets, trace *tr, int t)
{
    if (t == tr->T) return 0;
    tr->xs[t] = inputs[t];
    rnn_step(net, inputs[t], tr->hs[t - 1], tr->hs[t], tr->ys[t], tr->ps[t]);
    return forward(net, inputs, targets, tr, t + 1) - fn_log(tr->ps[t]->v[targets[t]]);
}

double rnn_forward(const rnn *net, const int *inputs, const int *targets, const mat *hprev,
                   trace *tr)
{
    if (hprev != tr->hs[-1]) mat_copy(tr->hs[-1], hprev);
    return forward(net, inputs, targets, tr, 0);
}
