/* fast/rows.c: what the pass of chapter 14 is asked. */
#include "rows.h"

/* Few characters, so that each occurs several times. */
static void ask_of(frame *f, rng *draws, int N, int S, int T, int H, int V)
{
    const int n = N / S;
    frame_put_ints(f, (const int[]){N, S, T, H, V}, 5);
    row_put_randn(f, draws, V * H, 0.7);
    row_put_randn(f, draws, H * H, 0.4);
    row_put_randn(f, draws, V * H, 0.7);
    row_put_randn(f, draws, H, 0.5);
    row_put_randn(f, draws, V, 0.5);
    for (int k = 0; k < S; k++) {
        row_put_ids(f, draws, T * n, V);
        row_put_ids(f, draws, T * n, V);
        row_put_randn(f, draws, n * H, 0.3);
        for (int t = 0; t < T; t++) row_put_randn(f, draws, n * H, 1);
    }
}

static void ask(frame *f, rng *draws, int N, int S, int T) { ask_of(f, draws, N, S, T, 10, 7); }
static void one_step(frame *f, rng *draws) { ask(f, draws, 1, 1, 1); }
static void one_stream(frame *f, rng *draws) { ask(f, draws, 1, 1, 9); }
static void streams(frame *f, rng *draws) { ask(f, draws, 5, 1, 6); }
static void shards(frame *f, rng *draws) { ask(f, draws, 6, 2, 4); }
/* Another run in the same process, of another size; then one of the first size with other weights. */
static void again(frame *f, rng *draws)
{
    ask(f, draws, 1, 1, 3);
    ask_of(f, draws, 2, 1, 5, 70, 45);
    ask(f, draws, 1, 1, 3);
}

const row_question row_questions[] = {
    {one_step, "fast_pass"}, {one_stream, "fast_pass"}, {streams, "fast_pass"},
    {shards, "fast_pass"},   {again, "fast_pass"},      {NULL, ""},
};

ROW(fast, one_step, one_step, "loss hs dy dhraw dWxhT dbh dby", 1)
ROW(fast, dhraw, one_stream, "loss hs dy dhraw", 1)
ROW(fast, dWxh, one_stream, "dWxhT", 1)
ROW(fast, dbh, one_stream, "dbh", 1)
ROW(fast, dby, one_stream, "dby", 1)
ROW(fast, streams_dhraw, streams, "loss hs dy dhraw", 1)
ROW(fast, streams_dWxh, streams, "dWxhT", 1)
ROW(fast, streams_biases, streams, "dbh dby", 1)
ROW(fast, shards, shards, "loss hs dy dhraw dWxhT dbh dby", 1)
ROW(fast, again, again, "loss hs dy dhraw dWxhT dbh dby", 1)
