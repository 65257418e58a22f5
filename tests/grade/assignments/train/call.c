/* train/call.c: calls train_window(), train_step() or train_held_out().
 *
 * Request: {H, T, V, length, steps, full_window, n, p, held, seed, free}, {learning rate, clip, clip_norm}, the ids of the
 * text and those of the held-out text. */
#include "train.h"
#include "worker.h"

__attribute__((weak)) const int *train_window(train *r)
{
    (void) r;
    worker_not_implemented();
}

__attribute__((weak)) double train_step(train *r)
{
    (void) r;
    worker_not_implemented();
}

__attribute__((weak)) double train_held_out(train *r, const int *ix, int length)
{
    (void) r, (void) ix, (void) length;
    worker_not_implemented();
}

void worker_call(frame *request, frame *answer)
{
    static const char *const memory[5] = {"mWxh", "mWhh", "mWhy", "mbh", "mby"};
    const int *in = worker_ints(request, 11), length = in[3], held = in[8];
    const mat *rate = worker_mat(request, 3, 1);
    const int *ix = worker_ints(request, length), *out = worker_ints(request, held);
    const train_options o = {.hidden = in[0],
                             .seq_length = in[1],
                             .learning_rate = (double) rate->v[0],
                             .clip = (double) rate->v[1],
                             .clip_norm = (double) rate->v[2],
                             .full_window = in[5],
                             .seed = (uint32_t) in[9]};
    train *r = train_new(&o, ix, length, in[2]);
    if (!r) worker_bad_request();
    for (int i = 0; i < in[0]; i++) r->hprev->v[i] = (real) 0.1 * (real) (i + 1);
    r->n = in[6];
    r->p = in[7];
    if (held && !in[4]) {
        worker_say_number(answer, "held_out", -1, train_held_out(r, out, held));
        worker_say_number(answer, "n", -1, r->n); /* the state of training is unchanged */
        worker_say_number(answer, "p", -1, r->p);
        worker_say_number(answer, "smooth_loss", -1, r->smooth_loss);
        worker_say_mat(answer, "hprev", -1, r->hprev);
        for (int k = 0; k < 5; k++) worker_say_mat(answer, rnn_name[k], -1, r->net->all[k]);
        return;
    }
    if (in[4] == 0) {
        const int *window = train_window(r);
        worker_say_number(answer, "window", -1, window ? (double) (window - ix) : -1);
        worker_say_number(answer, "p", -1, r->p);
        worker_say_mat(answer, "hprev", -1, r->hprev);
        return;
    }
    for (int s = 0; s < in[4]; s++) {
        if (held && s % 2) worker_say_number(answer, "held_out", s, train_held_out(r, out, held));
        worker_say_number(answer, "loss", s, train_step(r));
        worker_say_number(answer, "smooth_loss", s, r->smooth_loss);
        worker_say_number(answer, "p", s, r->p);
        worker_say_number(answer, "n", s, r->n);
        worker_say_mat(answer, "hprev", s, r->hprev);
    }
    for (int k = 0; k < 5; k++) {
        worker_say_mat(answer, rnn_name[k], -1, r->net->all[k]);
        worker_say_mat(answer, memory[k], -1, r->m->all[k]);
    }
    if (in[10]) train_free(r); /* ends the program where something of the run is freed twice */
}
