/* cellstack.c: recurrent layers of any kind stacked. See cellstack.h. */
#include "cellstack.h"

#include "require.h"
#include "timestack.h"
#include "vectors.h"

#include <math.h>
#include <stdlib.h>

cellnet *cellnet_new(const celltype *type, int layers, int V, int D, int H)
{
    REQUIRE(layers, >=, 1);
    REQUIRE(layers, <=, CELLNET_LAYERS);
    cellnet *net = calloc(1, sizeof *net);
    if (!net) return NULL;
    net->type = type;
    net->layers = layers;
    net->tensors = CELLNET_TENSORS - CELLNET_LAYER_TENSORS * (CELLNET_LAYERS - layers);
    net->E = mat_new(V, D);
    net->W = mat_new(H, V);
    net->c = mat_new(1, V);
    for (int l = 0; l < layers; l++)
        net->layer[l] = (rnncell){{mat_new(l ? H : D, type->gates * H), mat_new(H, type->gates * H),
                                   mat_new(1, type->biases * H)}};
    for (int k = 0; k < net->tensors; k++) {
        if (net->all[k]) continue;
        cellnet_free(net);
        return NULL;
    }
    return net;
}

void cellnet_free(cellnet *net)
{
    for (int k = 0; net && k < net->tensors; k++) mat_free(net->all[k]);
    free(net);
}

void cellnet_zero(cellnet *net) { mats_zero(net->all, net->tensors); }

long cellnet_size(const cellnet *net)
{
    long size = 0;
    for (int k = 0; k < net->tensors; k++) size += mat_size(net->all[k]);
    return size;
}

const char *cellnet_name(int k)
{
    static const char *const name[CELLNET_TENSORS] = {
        "E",   "W",   "c",  "Wx1", "Wh1", "b1", "Wx2", "Wh2", "b2",
        "Wx3", "Wh3", "b3", "Wx4", "Wh4", "b4", "Wx5", "Wh5", "b5",
        "Wx6", "Wh6", "b6", "Wx7", "Wh7", "b7", "Wx8", "Wh8", "b8"};
    return name[k];
}

void cellnet_start(cellnet *net, double forget_bias, rng *draws)
{
    const int H = net->W->rows, from = net->type->forget * H;
    cellnet_zero(net);
    timenet_draw(net->E, 100, draws);
    for (int l = 0; l < net->layers; l++) {
        const rnncell *cell = &net->layer[l];
        timenet_draw(cell->Wx, sqrt(cell->Wx->rows), draws);
        timenet_draw(cell->Wh, sqrt(cell->Wh->rows), draws);
        for (int j = 0; from >= 0 && j < H; j++) cell->b->v[from + j] = (real) forget_bias;
    }
    timenet_draw(net->W, sqrt(net->W->rows), draws);
}

cellstack *cellstack_new(int N, int room, const cellnet *net, bool stateful)
{
    const int V = net->E->rows, D = net->E->cols, H = net->W->rows;
    cellstack *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->N = N;
    s->room = room;
    s->net = net;
    s->d = cellnet_new(net->type, net->layers, V, D, H);
    s->xs = mats_new(room, N, D);
    s->ys = mats_new(room, N, V);
    s->ps = mats_new(room, N, V);
    s->dxs = mats_new(room, N, D);
    s->dhs = mats_new(room, N, H);
    s->dys = mats_new(room, N, V);
    bool good = s->d && s->xs && s->ys && s->ps && s->dxs && s->dhs && s->dys;
    for (int l = 0; good && l < net->layers; l++) {
        s->layer[l] = net->type->make(N, room, net->layer[l], s->d->layer[l], stateful);
        good = s->layer[l] != NULL;
    }
    if (good) return s;
    cellstack_free(s);
    return NULL;
}

void cellstack_free(cellstack *s)
{
    if (!s) return;
    for (int l = 0; l < CELLNET_LAYERS; l++) {
        s->net->type->free(s->layer[l]);
        vectors_free(s->masks[l], s->room);
        vectors_free(s->masked[l], s->room);
    }
    cellnet_free(s->d);
    mat **const each[] = {s->xs, s->ys, s->ps, s->dxs, s->dhs, s->dys};
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) vectors_free(each[k], s->room);
    free(s);
}

bool cellstack_add_masks(cellstack *s)
{
    const int H = s->net->W->rows;
    for (int l = 0; l + 1 < s->net->layers; l++) {
        if (!s->masks[l]) s->masks[l] = mats_new(s->room, s->N, H);
        if (!s->masked[l]) s->masked[l] = mats_new(s->room, s->N, H);
        if (!s->masks[l] || !s->masked[l]) return false;
        for (int t = 0; t < s->room; t++)
            for (int i = 0; i < s->N * H; i++) s->masks[l][t]->v[i] = 1;
    }
    return true;
}

void cellstack_reset_state(cellstack *s)
{
    for (int l = 0; l < s->net->layers; l++) s->net->type->reset_state(s->layer[l]);
}

/* C[t] = A[t]∘B[t] for all t; C may be A. */
static mat **multiply(mat **C, mat *const *A, mat *const *B, int T)
{
    for (int t = 0; t < T; t++)
        for (int i = 0, size = mat_size(C[t]); i < size; i++) C[t]->v[i] = A[t]->v[i] * B[t]->v[i];
    return C;
}

/* What layer l reads: the embedding, or what the layer below has written. */
static mat **input_of(const cellstack *s, int l)
{
    if (l == 0) return s->xs;
    return s->masks[l - 1] ? s->masked[l - 1] : s->net->type->hs(s->layer[l - 1]);
}

double cellstack_forward(cellstack *s, int T, const int *ids, const int *targets)
{
    const cellnet *net = s->net;
    const int top = net->layers - 1;
    timeembedding_forward(net->E, T, s->N, ids, s->xs);
    for (int l = 0; l <= top; l++) {
        net->type->forward(s->layer[l], T, input_of(s, l));
        if (s->masks[l]) multiply(s->masked[l], net->type->hs(s->layer[l]), s->masks[l], T);
    }
    timeaffine_forward(net->W, net->c, T, net->type->hs(s->layer[top]), s->ys);
    return timeloss_forward(T, s->N, s->ys, targets, s->ps);
}

void cellstack_backward(cellstack *s, int T, const int *ids, const int *targets)
{
    const cellnet *net = s->net;
    const int top = net->layers - 1;
    timeloss_backward(T, s->N, targets, s->ps, s->dys);
    timeaffine_backward(net->W, s->d->W, s->d->c, T, net->type->hs(s->layer[top]), s->dys, s->dhs);
    for (int l = top; l >= 0; l--) {
        if (s->masks[l]) multiply(s->dhs, s->dhs, s->masks[l], T);
        net->type->backward(s->layer[l], T, input_of(s, l), s->dhs, l ? s->dhs : s->dxs);
    }
    timeembedding_backward(s->d->E, T, s->N, ids, s->dxs);
}

static double loss(void *model)
{
    cellcheck *c = model;
    cellstack_reset_state(c->s);
    for (int l = 0; c->before && l < c->net->layers; l++)
        c->net->type->set_state(c->s->layer[l], c->before[l]);
    return cellstack_forward(c->s, c->T, c->ids, c->targets);
}

static double gradient(void *model)
{
    cellcheck *c = model;
    const double L = loss(c);
    cellnet_zero(c->s->d);
    cellstack_backward(c->s, c->T, c->ids, c->targets);
    return L;
}

gc_problem cellcheck_problem(cellcheck *c, gc_tensor tensor[GC_TENSORS])
{
    static const char *const state[CELL_STATES] = {"h[-1]", "c[-1]"};
    int n = 0;
    for (; n < c->net->tensors; n++)
        tensor[n] = (gc_tensor){cellnet_name(n), c->net->all[n], c->s->d->all[n]};
    for (int l = 0; c->before && l < c->net->layers; l++) {
        const cellstate d = c->net->type->dstate(c->s->layer[l]);
        for (int k = 0; k < CELL_STATES && d.of[k] && n < GC_TENSORS; k++)
            tensor[n++] = (gc_tensor){state[k], c->before[l].of[k], d.of[k]};
    }
    return (gc_problem){c, loss, gradient, tensor, n, c->T * c->s->N, NULL};
}
