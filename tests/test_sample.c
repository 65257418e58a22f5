/* test_sample.c: drawing characters from the network. */
#include "sample.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { H = 4, V = 6 };

static rnn *network(uint32_t seed)
{
    rng draws;
    rnn *net = rnn_new(H, V);
    rng_seed(&draws, seed);
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < mat_size(net->all[k]); i++)
            net->all[k]->v[i] = (real) rng_randn(&draws);
    return net;
}

Test(sample, draws_what_the_uniform_numbers_say)
{
    rnn *net = network(1);
    rng draws, same;
    int ix[50], x = 2;
    mat *h = mat_new(H, 1), *g = mat_new(H, 1), *y = mat_new(V, 1), *p = mat_new(V, 1),
        *hprev = mat_new(H, 1);
    sampler *s = sampler_new(H, V);
    rng_seed(&draws, 5);
    rng_seed(&same, 5);
    cr_assert_eq(sample(net, hprev, x, 50, 1, -1, &draws, s, ix), 50);
    for (int t = 0; t < 50; t++) {
        rnn_step(net, x, h, g, y, p);
        mat_copy(h, g);
        const double u = rng_uniform(&same);
        double below = 0, total = 0;
        for (int i = 0; i < V; i++) total += (double) p->v[i];
        int i = 0;
        while (u >= (below += (double) p->v[i]) / total) i++;
        cr_assert_eq(ix[t], i, "character %d", t);
        x = i;
    }
    cr_assert_eq(rng_uniform(&draws), rng_uniform(&same)); /* one number per character, no more */
    sampler_free(s);
    rnn_free(net);
    mat_free(h);
    mat_free(g);
    mat_free(y);
    mat_free(p);
    mat_free(hprev);
}

Test(sample, has_the_network_s_frequencies)
{
    enum { DRAWS = 60000 };
    is_long();
    rnn *net =
        rnn_new(H, V); /* only by is not 0: every character is drawn with the same probabilities */
    static int ix[DRAWS];
    rng draws;
    double p[V], sum = 0, chi2 = 0;
    int count[V] = {0};
    for (int i = 0; i < V; i++) {
        net->by->v[i] = (real) (0.4 * i);
        p[i] = exp(0.4 * i);
        sum += p[i];
    }
    mat *hprev = mat_new(H, 1);
    sampler *s = sampler_new(H, V);
    rng_seed(&draws, 7);
    cr_assert_eq(sample(net, hprev, 0, DRAWS, 1, -1, &draws, s, ix), DRAWS);
    for (int t = 0; t < DRAWS; t++) count[ix[t]]++;
    for (int i = 0; i < V; i++) {
        const double expected = (double) DRAWS * p[i] / sum;
        chi2 += (count[i] - expected) * (count[i] - expected) / expected;
    }
    cr_assert_lt(chi2, 20.5, "chi-square %g with 5 degrees of freedom: 1 in 1000", chi2);
    cr_assert_gt(chi2, 0.2);
    sampler_free(s);
    rnn_free(net);
    mat_free(hprev);
}

Test(sample, temperature_0_takes_the_best_and_draws_nothing)
{
    rnn *net = network(2);
    rng draws, before;
    int ix[30], x = 1;
    mat *hprev = mat_new(H, 1);
    sampler *s = sampler_new(H, V), *own = sampler_new(H, V);
    rng_seed(&draws, 5);
    before = draws;
    cr_assert_eq(sample(net, hprev, x, 30, 0, -1, &draws, s, ix), 30);
    cr_assert_eq(memcmp(&draws, &before, sizeof draws), 0);
    for (int t = 0; t < 30; t++) {
        rnn_step(net, x, own->h, own->g, own->y, own->p);
        mat_copy(own->h, own->g);
        x = 0;
        for (int i = 1; i < V; i++) x = own->p->v[i] > own->p->v[x] ? i : x;
        cr_assert_eq(ix[t], x);
    }
    sampler_free(s);
    sampler_free(own);
    rnn_free(net);
    mat_free(hprev);
}

/* A network that has diverged writes nothing, at any temperature. */
Test(sample, numbers_that_are_none_end_the_text)
{
    static const double temperatures[] = {0, 0.5, 1};
    rnn *net = network(2);
    rng draws;
    int ix[30];
    mat *hprev = mat_new(H, 1);
    sampler *s = sampler_new(H, V);
    net->by->v[1] = (real) NAN;
    rng_seed(&draws, 5);
    for (int k = 0; k < 3; k++)
        cr_assert_eq(sample(net, hprev, 1, 30, temperatures[k], -1, &draws, s, ix), 0);
    sampler_free(s);
    rnn_free(net);
    mat_free(hprev);
}

Test(sample, temperature_divides_the_scores)
{
    static const double temperatures[] = {0.1, 0.5, 1, 2, 10};
    mat *y = mat_new(V, 1), *p = mat_new(V, 1);
    double last = 1;
    for (size_t k = 0; k < 5; k++) {
        double sum = 0;
        for (int i = 0; i < V; i++) sum += exp((0.5 * i - 1) / temperatures[k]);
        for (int i = 0; i < V; i++) y->v[i] = (real) (0.5 * i - 1);
        sample_temperature(p, y, temperatures[k]);
        for (int i = 0; i < V; i++)
            cr_assert(near((double) p->v[i], exp((0.5 * i - 1) / temperatures[k]) / sum,
                           REAL_IS_DOUBLE ? 1e-14 : 1e-6));
        cr_assert_lt((double) p->v[V - 1], last); /* the hotter, the more even */
        last = (double) p->v[V - 1];
    }
    mat_free(y);
    mat_free(p);
}

Test(sample, stops_before_the_end_mark)
{
    rnn *net = network(3);
    rng draws;
    int ix[200], ended = 0;
    mat *hprev = mat_new(H, 1);
    sampler *s = sampler_new(H, V);
    rng_seed(&draws, 1);
    for (int k = 0; k < 40; k++) {
        const int n = sample(net, hprev, 0, 200, 1, 4, &draws, s, ix);
        cr_assert(n >= 0 && n <= 200);
        for (int t = 0; t < n; t++) cr_assert_neq(ix[t], 4);
        ended += n < 200;
    }
    cr_assert_gt(ended, 20);
    sampler_free(s);
    rnn_free(net);
    mat_free(hprev);
}

Test(sample, changes_neither_the_network_nor_hprev)
{
    rnn *net = network(4), *same = network(4);
    rng draws;
    int ix[100];
    mat *hprev = mat_new(H, 1), *hsame = mat_new(H, 1);
    sampler *s = sampler_new(H, V);
    for (int i = 0; i < H; i++) hprev->v[i] = hsame->v[i] = (real) (0.2 * i);
    rng_seed(&draws, 1);
    cr_assert_eq(sample(net, hprev, 0, 100, 0.7, -1, &draws, s, ix), 100);
    cr_assert(same_bits(hprev, hsame));
    for (int k = 0; k < 5; k++) cr_assert(same_bits(net->all[k], same->all[k]));
    sampler_free(s);
    rnn_free(net);
    rnn_free(same);
    mat_free(hprev);
    mat_free(hsame);
}

Test(sample, goes_on_from_its_own_state)
{
    rnn *net = network(5);
    rng a, b;
    int whole[40], part[40];
    mat *hprev = mat_new(H, 1);
    sampler *s = sampler_new(H, V);
    rng_seed(&a, 3);
    rng_seed(&b, 3);
    cr_assert_eq(sample(net, hprev, 0, 40, 1, -1, &a, s, whole), 40);
    sample(net, hprev, 0, 15, 1, -1, &b, s, part);
    sample(net, s->h, part[14], 25, 1, -1, &b, s, part + 15);
    for (int t = 0; t < 40; t++) cr_assert_eq(whole[t], part[t]);
    sampler_free(s);
    rnn_free(net);
    mat_free(hprev);
}

Test(sample, stops_where_the_numbers_are_no_longer_finite)
{
    rnn *net = rnn_new(H, V);
    rng draws;
    int ix[10];
    mat *hprev = mat_new(H, 1);
    sampler *s = sampler_new(H, V);
    net->by->v[1] = (real) NAN;
    rng_seed(&draws, 1);
    cr_assert_eq(sample(net, hprev, 0, 10, 1, -1, &draws, s, ix), 0);
    sampler_free(s);
    rnn_free(net);
    mat_free(hprev);
}
