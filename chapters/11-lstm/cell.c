/* cell.c: the RNN and the LSTM as recurrent layers of any kind. See cell.h. */
#include "cell.h"

#include "lstm.h"

static void *rnn_make(int N, int room, rnncell cell, rnncell d, bool stateful)
{
    return timernn_new(N, room, cell, d, stateful);
}

static void rnn_release(void *l) { timernn_free(l); }
static void rnn_set_state(void *l, cellstate before) { timernn_set_state(l, before.of[0]); }
static void rnn_reset_state(void *l) { timernn_reset_state(l); }
static void rnn_run(void *l, int T, mat *const *xs) { timernn_forward(l, T, xs); }

static void rnn_back(void *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    timernn_backward(l, T, xs, dhs, dxs);
}

static mat **rnn_hs(const void *l) { return ((const timernn *) l)->hs; }
static cellstate rnn_state(const void *l) { return (cellstate){{((const timernn *) l)->h}}; }
static cellstate rnn_dstate(const void *l) { return (cellstate){{((const timernn *) l)->dh}}; }

const celltype rnn_type = {
    "rnn",           1,       1,        -1,     rnn_make,  rnn_release, rnn_set_state,
    rnn_reset_state, rnn_run, rnn_back, rnn_hs, rnn_state, rnn_dstate};

static void *lstm_make(int N, int room, rnncell cell, rnncell d, bool stateful)
{
    return timelstm_new(N, room, cell, d, stateful);
}

static void lstm_release(void *l) { timelstm_free(l); }

static void lstm_set_state(void *l, cellstate before)
{
    timelstm_set_state(l, before.of[0], before.of[1]);
}

static void lstm_reset_state(void *l) { timelstm_reset_state(l); }
static void lstm_run(void *l, int T, mat *const *xs) { timelstm_forward(l, T, xs); }

static void lstm_back(void *l, int T, mat *const *xs, mat *const *dhs, mat **dxs)
{
    timelstm_backward(l, T, xs, dhs, dxs);
}

static mat **lstm_hs(const void *l) { return ((const timelstm *) l)->hs; }

static cellstate lstm_state(const void *l)
{
    const timelstm *lstm = l;
    return (cellstate){{lstm->h, lstm->c}};
}

static cellstate lstm_dstate(const void *l)
{
    const timelstm *lstm = l;
    return (cellstate){{lstm->dh, lstm->dc}};
}

const celltype lstm_type = {
    "lstm",           4,        4,         0,       lstm_make,  lstm_release, lstm_set_state,
    lstm_reset_state, lstm_run, lstm_back, lstm_hs, lstm_state, lstm_dstate};
