/* test_fast.c: the fast training against chapter 8's, its gradients against rnn_backward(), and the same bits by any
 * number of threads. That all steps of the chapter give the same bits: run_fast.c. */
#include "fast.h"

#include "shards.h"
#include "support/support.h"
#include "train.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { V = 11, LENGTH = 400 };

/* The precision of real, with room for the sums. */
#define CLOSE (REAL_IS_DOUBLE ? 1e-12 : 2e-4)

/* A text without the last character of the alphabet in its first half. */
static const int *text_of(void)
{
    static int ix[LENGTH];
    rng draws;
    rng_seed(&draws, 7);
    for (int i = 0; i < LENGTH; i++)
        ix[i] = (int) (rng_uniform(&draws) * (i < LENGTH / 2 ? V - 1 : V));
    return ix;
}

static fast_options plain(int streams, int shards, int threads)
{
    return (fast_options){.hidden = 19,
                          .seq_length = 9,
                          .learning_rate = 0.001,
                          .clip = 5,
                          .seed = 3,
                          .streams = streams,
                          .shards = shards,
                          .threads = threads};
}

static fast *fast_of(const fast_options *o)
{
    fast *r = fast_new(o, text_of(), LENGTH, V);
    cr_assert_not_null(r);
    return r;
}

static void is_close(const mat *A, const mat *B, const char *what)
{
    for (int i = 0; i < mat_size(A); i++)
        cr_assert(near(A->v[i], B->v[i], CLOSE), "%s[%d]: %.17g, %.17g", what, i, (double) A->v[i],
                  (double) B->v[i]);
}

static void free_all_of(fast *r, rnn *net)
{
    fast_free(r);
    rnn_free(net);
}

/* Three times through the text, with its rewinding. */
Test(fast, one_stream_trains_as_chapter_8)
{
    const fast_options o = plain(1, 1, 1);
    train_options old = train_defaults;
    old.hidden = o.hidden;
    old.seq_length = o.seq_length;
    old.learning_rate = o.learning_rate;
    old.seed = o.seed;
    train *want = train_new(&old, text_of(), LENGTH, V);
    fast *r = fast_of(&o);
    rnn *net = rnn_new(o.hidden, V);
    for (int n = 0; n < 3 * LENGTH / o.seq_length; n++) {
        const double loss = train_step(want);
        cr_assert(near(fast_step(r), loss, CLOSE), "iteration %d", n);
        cr_assert_eq(r->p, want->p);
    }
    cr_assert(near(r->smooth_loss, want->smooth_loss, CLOSE));
    fast_weights(net, r);
    for (int k = 0; k < 5; k++) is_close(net->all[k], want->net->all[k], rnn_name[k]);
    train_free(want);
    free_all_of(r, net);
}

/* The mean over the streams of their gradients, one by one through rnn_backward(); returns the mean of their losses. */
static double mean_gradient(const fast_options *o, const rnn *net, rnn *d)
{
    const int T = o->seq_length, part = LENGTH / o->streams;
    trace *tr = trace_new(o->hidden, V, T);
    work *w = work_new(o->hidden, V);
    mat *zero = mat_new(o->hidden, 1);
    double loss = 0;
    tr->T = T;
    for (int i = 0; i < o->streams; i++) {
        const int *inputs = text_of() + i * part;
        loss += rnn_forward(net, inputs, inputs + 1, zero, tr);
        rnn_backward(net, tr, inputs + 1, d, w);
    }
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(d->all[k]); i++) d->all[k]->v[i] /= (real) o->streams;
    trace_free(tr);
    work_free(w);
    mat_free(zero);
    return loss / o->streams;
}

/* The gradient of the loaded window, as of chapter 2's network: what fast_pass() leaves, and the two products. */
static double fast_gradient(fast *r, rnn *d)
{
    const int T = r->o.seq_length, H = r->o.hidden;
    fast sum = {.o = r->o, .V = V, .HP = r->HP, .VP = r->VP};
    const fastnet *all = &sum.net;
    double loss = 0;
    sum.net = (fastnet){{mat_new(V, r->HP), mat_new(H, r->HP), mat_new(V, r->HP), mat_new(1, r->HP),
                         mat_new(1, r->VP)}};
    for (int k = 0; k < r->o.shards; k++) {
        const fastshard *s = &r->shard[k];
        fast_pass(r, k, 0);
        loss += s->loss;
        mat_add(all->WxhT, s->d.WxhT);
        mat_add(all->bh, s->d.bh);
        mat_add(all->by, s->d.by);
        product(&sum.net.Why, 1, fast_turned(s->ps, T, 0, V), fast_all(s->hs, T));
        product(&sum.net.Whh, 1, fast_turned(s->dhraw, T, 0, H), fast_all(s->hs - 1, T));
    }
    fast_weights(d, &sum);
    for (int k = 0; k < 5; k++) mat_free(all->all[k]);
    return loss / r->o.streams;
}

Test(pass, n_streams_have_the_mean_of_n_gradients)
{
    static const int cases[][2] = {{1, 1}, {2, 1}, {2, 2}, {5, 1}, {6, 3}, {8, 4}, {20, 5}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const fast_options o = plain(cases[c][0], cases[c][1], 1);
        fast *r = fast_of(&o);
        rnn *net = rnn_new(o.hidden, V), *want = rnn_new(o.hidden, V), *d = rnn_new(o.hidden, V);
        fast_load(r);
        fast_weights(net, r);
        const double loss = mean_gradient(&o, net, want);
        cr_assert(near(fast_gradient(r, d), loss, CLOSE));
        for (int k = 0; k < 5; k++) is_close(d->all[k], want->all[k], rnn_name[k]);
        free_all_of(r, net);
        rnn_free(want);
        rnn_free(d);
    }
}

/* ---- the same bits ---- */

static rnn *trained(const fast_options *o, int iterations)
{
    fast *r = fast_of(o);
    rnn *net = rnn_new(o->hidden, V);
    for (int n = 0; n < iterations; n++) fast_step(r);
    fast_weights(net, r);
    fast_free(r);
    return net;
}

Test(fast, any_number_of_threads_gives_the_same_bits)
{
    fast_options o = plain(8, 4, 1);
    o.learning_rate = 0.1;
    rnn *want = trained(&o, 50);
    for (o.threads = 2; o.threads <= 6; o.threads++) {
        rnn *net = trained(&o, 50);
        for (int k = 0; k < 5; k++) cr_assert(same_bits(net->all[k], want->all[k]));
        rnn_free(net);
    }
    rnn_free(want);
}

Test(fast, any_number_of_shards_gives_nearly_the_same)
{
    fast_options o = plain(8, 1, 1);
    rnn *want = trained(&o, 20);
    for (o.shards = 2; o.shards <= 8; o.shards *= 2) {
        rnn *net = trained(&o, 20);
        for (int k = 0; k < 5; k++) is_close(net->all[k], want->all[k], rnn_name[k]);
        rnn_free(net);
    }
    rnn_free(want);
}

/* ---- what stays as it is ---- */

Test(fast, the_row_of_an_absent_character_stays)
{
    const fast_options o = plain(1, 1, 1);
    fast *r = fast_of(&o);
    mat *before = mat_copy(mat_new(V, r->HP), r->net.WxhT);
    const size_t row = (size_t) r->HP * sizeof(real);
    fast_step(r);
    for (int c = 0; c < V; c++) {
        bool seen = false;
        for (int t = 0; t < o.seq_length; t++) seen = seen || text_of()[t] == c;
        cr_assert_eq(memcmp(before->v + c * r->HP, r->net.WxhT->v + c * r->HP, row) != 0, seen);
    }
    mat_free(before);
    fast_free(r);
}

Test(fast, padding_stays_0)
{
    const fast_options o = plain(4, 2, 2);
    fast *r = fast_of(&o);
    for (int n = 0; n < 50; n++) fast_step(r);
    cr_assert_gt(r->HP, o.hidden);
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < mat_size(r->net.all[k]); i++)
            if (i % r->HP >= o.hidden) cr_assert_eq(r->net.all[k]->v[i], 0);
    for (int i = V; i < r->VP; i++) cr_assert_eq(r->shard[0].ps[0]->v[i], 0);
    fast_free(r);
}

Test(fast, without_clip_the_gradient_is_whole)
{
    fast_options o = plain(1, 1, 1), tight = o;
    tight.clip = 1e-3;
    o.clip = 0;
    rnn *a = trained(&o, 1), *b = trained(&tight, 1);
    cr_assert_not(same_bits(a->Why, b->Why));
    o.clip = 1e300;
    rnn *c = trained(&o, 1);
    for (int k = 0; k < 5; k++) cr_assert(same_bits(a->all[k], c->all[k]));
    rnn_free(a);
    rnn_free(b);
    rnn_free(c);
}

/* ---- contracts ---- */

Test(fast, no_thread_is_refused, .signal = SIGABRT)
{
    const fast_options o = plain(1, 1, 0);
    fast_new(&o, text_of(), LENGTH, V);
}

Test(fast, shards_that_do_not_divide_are_refused, .signal = SIGABRT)
{
    const fast_options o = plain(4, 3, 1);
    fast_new(&o, text_of(), LENGTH, V);
}

Test(fast, streams_longer_than_the_text_are_refused, .signal = SIGABRT)
{
    const fast_options o = plain(80, 1, 1);
    fast_new(&o, text_of(), LENGTH, V);
}

static bool is_null(void)
{
    fast_options o = plain(1, 1, 1);
    o.hidden = 5000;
    return fast_new(&o, text_of(), LENGTH, V) == NULL;
}

Test(fast, out_of_memory_is_null) { cr_assert(in_little_memory(is_null)); }
