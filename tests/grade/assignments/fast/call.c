/* fast/call.c: calls the pass of chapter 14 over a window.
 *
 * Request: {N, S, T, H, V}, the weights without padding, and of each shard the inputs, the targets, the states before the
 * window, and what happens to be in dh. */
#include "fast.h"

#include "layers.h"

__attribute__((weak)) void fast_pass(void *run, int k, int worker)
{
    (void) run, (void) k, (void) worker;
    worker_not_implemented();
}

/* B's corner = a matrix of the request. */
static void fill(frame *request, mat *B, int rows, int cols)
{
    const mat *A = worker_mat(request, rows, cols);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++) B->v[i * B->cols + j] = A->v[i * cols + j];
}

static void weights(frame *request, fast *r)
{
    const int H = r->o.hidden, V = r->V;
    fill(request, r->net.WxhT, V, H);
    fill(request, r->net.Whh, H, H);
    fill(request, r->net.Why, V, H);
    fill(request, r->net.bh, 1, H);
    fill(request, r->net.by, 1, V);
    fast_transpose(r->WhhT, r->net.Whh, 0, H);
    fast_transpose(r->WhyT, r->net.Why, 0, V);
}

/* guard_unwritten() in the columns of T matrices that are to be written. The padding stays 0: who leaves it alone is right. */
static void to_write(mat *const *v, int T, int cols)
{
    for (int t = 0; t < T; t++)
        for (int i = 0; i < v[t]->rows; i++)
            for (int j = 0; j < cols; j++) v[t]->v[i * v[t]->cols + j] = guard_unwritten();
}

/* The window of a shard; guard_unwritten() wherever something is to be written, but in dh, which is added to. */
static void window(frame *request, fast *r, int k)
{
    fastshard *s = &r->shard[k];
    const int T = r->o.seq_length, n = r->o.streams / r->o.shards;
    memcpy(s->inputs, worker_ints(request, T * n), (size_t) (T * n) * sizeof *s->inputs);
    memcpy(s->targets, worker_ints(request, T * n), (size_t) (T * n) * sizeof *s->targets);
    fill(request, s->hs[-1], n, r->o.hidden);
    to_write(s->hs, T, r->o.hidden);
    to_write(s->ys, T, r->V);
    to_write(s->ps, T, r->V);
    to_write(s->dhraw, T, r->o.hidden);
    for (int t = 0; t < T; t++) fill(request, s->dh[t], n, r->o.hidden);
}

/* Say the first columns of a matrix for each step, without the padding. */
static void say_columns(frame *answer, const char *name, int T, mat *const *v, int cols)
{
    for (int t = 0; t < T; t++) {
        mat *A = guard_mat(v[t]->rows, cols, NULL);
        for (int i = 0; i < A->rows; i++)
            for (int j = 0; j < cols; j++) A->v[i * cols + j] = v[t]->v[i * v[t]->cols + j];
        worker_say_mat(answer, name, t, A);
    }
}

/* What a gradient was before the pass: 0. */
static mat *none_of(const mat *d) { return mat_zero(guard_mat(d->rows, d->cols, NULL)); }

void worker_call(frame *request, frame *answer)
{
    const int *in = worker_ints(request, 5);
    const int N = in[0], S = in[1], T = in[2], H = in[3], V = in[4];
    const fast_options o = {.hidden = H,
                            .seq_length = T,
                            .learning_rate = 0.1,
                            .seed = 1,
                            .streams = N,
                            .shards = S,
                            .threads = 1};
    const int *text = guard_bytes((size_t) (N * (T + 1)) * sizeof *text, sizeof *text);
    fast *r = fast_new(&o, text, N * (T + 1), V);
    if (!r) worker_bad_request();
    weights(request, r);
    for (int k = 0; k < S; k++) window(request, r, k);
    for (int k = 0; k < S; k++) {
        fastshard *s = &r->shard[k];
        s->loss = (double) guard_unwritten();
        fast_pass(r, k, 0);
        worker_say_number(answer, "loss", -1, s->loss);
        say_columns(answer, "hs", T, s->hs, H);
        say_columns(answer, "dy", T, s->ps, V);
        say_columns(answer, "dhraw", T, s->dhraw, H);
        say_grown(answer, "dWxhT", s->d.WxhT, none_of(s->d.WxhT));
        say_grown(answer, "dbh", s->d.bh, none_of(s->d.bh));
        say_grown(answer, "dby", s->d.by, none_of(s->d.by));
    }
}
