/* sample/call.c: calls sample_temperature() or sample(). Request: {which, V}, and its arguments. */
#include "sample.h"
#include "worker.h"

__attribute__((weak)) void sample_temperature(mat *p, mat *y, double temperature)
{
    (void) p, (void) y, (void) temperature;
    worker_not_implemented();
}

__attribute__((weak)) int sample(const rnn *net, const mat *hprev, int seed_ix, int n,
                                 double temperature, int end, rng *draws, sampler *s, int *ixes)
{
    (void) net, (void) hprev, (void) seed_ix, (void) n, (void) temperature, (void) end,
        (void) draws, (void) s, (void) ixes;
    worker_not_implemented();
}

/* {0, V}, y, the temperature. */
static void temperature(frame *request, frame *answer, int V)
{
    mat *y = worker_mat(request, V, 1), *p = guard_mat(V, 1, NULL);
    const mat *at = worker_mat(request, 1, 1);
    sample_temperature(p, y, (double) at->v[0]);
    worker_say_mat(answer, "p", -1, p);
}

/* {1, V}, and for a second text {2, V}; for each: {H, seed_ix, n, end, seed, own}, the temperature, the weights, hprev; own: hprev is the sampler's own. */
static void text(frame *request, frame *answer, int V)
{
    const int *in = worker_ints(request, 6), H = in[0], n = in[2];
    const mat *at = worker_mat(request, 1, 1);
    const int rows[5] = {H, H, V, H, V}, cols[5] = {V, H, H, 1, 1};
    rnn net;
    for (int k = 0; k < 5; k++) net.all[k] = worker_mat(request, rows[k], cols[k]);
    mat *hprev = worker_mat(request, H, 1);
    sampler s = {guard_mat(H, 1, NULL), guard_mat(H, 1, NULL), guard_mat(V, 1, NULL),
                 guard_mat(V, 1, NULL)};
    int *ixes = guard_bytes((size_t) n * sizeof *ixes, sizeof *ixes);
    rng *draws = guard_bytes(sizeof *draws, _Alignof(rng));
    rng_seed(draws, (uint32_t) in[4]);
    if (in[5]) mat_copy(s.h, hprev);
    for (int i = 0; i < n; i++) ixes[i] = -1;
    const int drawn =
        sample(&net, in[5] ? s.h : hprev, in[1], n, (double) at->v[0], in[3], draws, &s, ixes);
    worker_say_number(answer, "count", -1, drawn);
    for (int i = 0; i < n; i++) worker_say_number(answer, "ixes", i, ixes[i]);
    worker_say_number(answer, "draws", -1, rng_uniform(draws)); /* were as many numbers drawn? */
    worker_say_mat(answer, "hprev", -1, hprev);
    for (int k = 0; k < 5; k++) worker_say_mat(answer, rnn_name[k], -1, net.all[k]);
}

void worker_call(frame *request, frame *answer)
{
    const int *head = worker_ints(request, 2);
    if (head[0] == 0)
        temperature(request, answer, head[1]);
    else
        for (int k = 0; k < head[0]; k++) text(request, answer, head[1]);
}
