/* timestack.c: the time layers stacked. See timestack.h. */
#include "timestack.h"

#include "vectors.h"

#include <math.h>
#include <stdlib.h>

timenet *timenet_new(int V, int D, int H)
{
    timenet *net = calloc(1, sizeof *net);
    if (!net) return NULL;
    net->E = mat_new(V, D);
    net->Wx = mat_new(D, H);
    net->Wh = mat_new(H, H);
    net->b = mat_new(1, H);
    net->W = mat_new(H, V);
    net->c = mat_new(1, V);
    for (int k = 0; k < TIMENET_TENSORS; k++) {
        if (net->all[k]) continue;
        timenet_free(net);
        return NULL;
    }
    return net;
}

void timenet_free(timenet *net)
{
    if (!net) return;
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_free(net->all[k]);
    free(net);
}

void timenet_zero(timenet *net)
{
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_zero(net->all[k]);
}

void timenet_draw(mat *W, double divisor, rng *draws)
{
    for (int i = 0; i < mat_size(W); i++) W->v[i] = (real) (rng_randn(draws) / divisor);
}

void timenet_start(timenet *net, rng *draws)
{
    timenet_draw(net->E, 100, draws);
    timenet_draw(net->Wx, sqrt(net->Wx->rows), draws);
    timenet_draw(net->Wh, sqrt(net->Wh->rows), draws);
    mat_zero(net->b);
    timenet_draw(net->W, sqrt(net->W->rows), draws);
    mat_zero(net->c);
}

/* The weights of the RNN layer. */
static rnncell cell_of(const timenet *net) { return (rnncell){{net->Wx, net->Wh, net->b}}; }

timestack *timestack_new(int N, int room, int V, int D, int H, bool stateful)
{
    timestack *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->N = N;
    s->room = room;
    s->net = timenet_new(V, D, H);
    s->d = timenet_new(V, D, H);
    if (s->net && s->d) s->rnn = timernn_new(N, room, cell_of(s->net), cell_of(s->d), stateful);
    s->xs = mats_new(room, N, D);
    s->ys = mats_new(room, N, V);
    s->ps = mats_new(room, N, V);
    s->dxs = mats_new(room, N, D);
    s->dhs = mats_new(room, N, H);
    s->dys = mats_new(room, N, V);
    if (s->rnn && s->xs && s->ys && s->ps && s->dxs && s->dhs && s->dys) return s;
    timestack_free(s);
    return NULL;
}

void timestack_free(timestack *s)
{
    if (!s) return;
    timernn_free(s->rnn);
    timenet_free(s->net);
    timenet_free(s->d);
    mat **const each[] = {s->xs, s->ys, s->ps, s->dxs, s->dhs, s->dys};
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) vectors_free(each[k], s->room);
    free(s);
}

double timestack_forward(timestack *s, int T, const int *ids, const int *targets)
{
    const timenet *net = s->net;
    timeembedding_forward(net->E, T, s->N, ids, s->xs);
    timernn_forward(s->rnn, T, s->xs);
    timeaffine_forward(net->W, net->c, T, s->rnn->hs, s->ys);
    return timeloss_forward(T, s->N, s->ys, targets, s->ps);
}

void timestack_backward(timestack *s, int T, const int *ids, const int *targets)
{
    timenet *d = s->d;
    timeloss_backward(T, s->N, targets, s->ps, s->dys);
    timeaffine_backward(s->net->W, d->W, d->c, T, s->rnn->hs, s->dys, s->dhs);
    timernn_backward(s->rnn, T, s->xs, s->dhs, s->dxs);
    timeembedding_backward(d->E, T, s->N, ids, s->dxs);
}

static double loss(void *model)
{
    timecheck *c = model;
    if (c->before)
        timernn_set_state(c->s->rnn, c->before);
    else
        timernn_reset_state(c->s->rnn);
    return timestack_forward(c->s, c->T, c->ids, c->targets);
}

static double gradient(void *model)
{
    timecheck *c = model;
    const double L = loss(c);
    timenet_zero(c->s->d);
    timestack_backward(c->s, c->T, c->ids, c->targets);
    return L;
}

gc_problem timecheck_problem(timecheck *c, gc_tensor tensor[TIMENET_TENSORS])
{
    for (int k = 0; k < TIMENET_TENSORS; k++)
        tensor[k] = (gc_tensor){timenet_name[k], c->s->net->all[k], c->s->d->all[k]};
    return (gc_problem){c, loss, gradient, tensor, TIMENET_TENSORS, c->T * c->s->N, NULL};
}
