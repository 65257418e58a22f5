/* timestack.c: the time layers, one on the other. See timestack.h. */
#include "timestack.h"

#include "vectors.h"

#include <math.h>
#include <stdlib.h>

timestack *timestack_new(int N, int room, int V, int D, int H, bool stateful)
{
    timestack *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->N = N;
    s->room = room;
    s->xs = mats_new(room, N, D);
    s->ys = mats_new(room, N, V);
    s->ps = mats_new(room, N, V);
    s->dxs = mats_new(room, N, D);
    s->dhs = mats_new(room, N, H);
    s->dys = mats_new(room, N, V);
    mat **all[2] = {s->all, s->d};
    rnncell cell[2];
    bool good = s->xs && s->ys && s->ps && s->dxs && s->dhs && s->dys;
    for (int k = 0; k < 2; k++) {
        all[k][0] = mat_new(V, D);
        all[k][1] = cell[k].Wx = mat_new(D, H);
        all[k][2] = cell[k].Wh = mat_new(H, H);
        all[k][3] = cell[k].b = mat_new(1, H);
        all[k][4] = mat_new(H, V);
        all[k][5] = mat_new(1, V);
        for (int i = 0; i < TIMESTACK_TENSORS; i++) good = good && all[k][i];
    }
    if (good) s->rnn = timernn_new(N, room, cell[0], cell[1], stateful);
    if (s->rnn) return s;
    timestack_free(s);
    return NULL;
}

void timestack_free(timestack *s)
{
    if (!s) return;
    timernn_free(s->rnn);
    for (int k = 0; k < TIMESTACK_TENSORS; k++) {
        mat_free(s->all[k]);
        mat_free(s->d[k]);
    }
    mat **const each[] = {s->xs, s->ys, s->ps, s->dxs, s->dhs, s->dys};
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) vectors_free(each[k], s->room);
    free(s);
}

void timestack_start(timestack *s, rng *draws)
{
    for (int k = 0; k < TIMESTACK_TENSORS; k++) {
        mat *W = s->all[k];
        const double scale = k == 0 ? 100 : sqrt(W->rows);
        if (k == 3 || k == 5)
            mat_zero(W);
        else
            for (int i = 0; i < mat_size(W); i++) W->v[i] = (real) (rng_randn(draws) / scale);
    }
}

double timestack_forward(timestack *s, int T, const int *ids, const int *targets)
{
    timeembedding_forward(s->all[0], T, s->N, ids, s->xs);
    timernn_forward(s->rnn, T, s->xs);
    timeaffine_forward(s->all[4], s->all[5], T, s->rnn->hs, s->ys);
    return timeloss_forward(T, s->N, s->ys, targets, s->ps);
}

void timestack_backward(timestack *s, int T, const int *ids, const int *targets)
{
    timeloss_backward(T, s->N, targets, s->ps, s->dys);
    timeaffine_backward(s->all[4], s->d[4], s->d[5], T, s->rnn->hs, s->dys, s->dhs);
    timernn_backward(s->rnn, T, s->xs, s->dhs, s->dxs);
    timeembedding_backward(s->d[0], T, s->N, ids, s->dxs);
}

void timestack_zero(timestack *s)
{
    for (int k = 0; k < TIMESTACK_TENSORS; k++) mat_zero(s->d[k]);
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
    timestack_zero(c->s);
    timestack_backward(c->s, c->T, c->ids, c->targets);
    return L;
}

gc_problem timecheck_problem(timecheck *c, gc_tensor tensor[TIMESTACK_TENSORS])
{
    for (int k = 0; k < TIMESTACK_TENSORS; k++)
        tensor[k] = (gc_tensor){timestack_name[k], c->s->all[k], c->s->d[k]};
    return (gc_problem){c, loss, gradient, tensor, TIMESTACK_TENSORS, c->T * c->s->N, NULL};
}
