/* test_charuse.c: what a trained network writes, what a text costs, and which cells follow it. */
#include "charuse.h"

#include "fn.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

/* A network of any weights over a text of lines. */
static charrun some_run(const char *utf8)
{
    text t;
    error e;
    charrun c = {.o = charrun_defaults};
    c.o.net.hidden = 6;
    c.o.net.embed = 3;
    c.o.net.batch = 2;
    c.o.net.seq_length = 3;
    c.o.net.shards = 1;
    c.o.held_out = 0;
    cr_assert(text_from(&t, utf8, "text", &e));
    cr_assert(charrun_read(&c, &t, "text", &e) && charrun_start(&c, &e), "%s", e.text);
    text_free(&t);
    return c;
}

/* Draws do not depend on the stack's past; a stop ends them; the likeliest alone is what temperature 0 takes. */
Test(charuse, samples)
{
    enum { LENGTH = 50 };
    error e;
    charrun c = some_run("abcab\ncabba\n");
    int a[LENGTH], b[LENGTH], n, m;
    const int prime[] = {1, 2};
    for (int temperature = 0; temperature <= 1; temperature++) {
        charuse_sampling w = {.length = LENGTH, .temperature = temperature};
        rng draws;
        rng_seed(&draws, 7);
        cr_assert(charuse_sample(c.r->one, prime, 2, &w, &draws, a, &n, &e));
        cr_assert_eq(n, LENGTH);
        if (temperature == 0) { /* the same by choosing among one */
            w.temperature = 1;
            w.top_k = 1;
        }
        rng_seed(&draws, 7);
        cr_assert(charuse_sample(c.r->one, prime, 2, &w, &draws, b, &m, &e));
        for (int i = 0; i < LENGTH; i++) cr_assert_eq(a[i], b[i]);
    }
    const charuse_sampling w = {.length = LENGTH, .temperature = 1, .stop = a + 20, .stops = 3};
    rng draws;
    rng_seed(&draws, 7);
    cr_assert(charuse_sample(c.r->one, prime, 2, &w, &draws, b, &n, &e));
    cr_assert_leq(n, 23);
    for (int i = 1; i <= 3; i++) cr_assert_eq(b[n - i], a[23 - i]);
    charrun_free(&c);
}

Test(charuse, numbers_that_are_not_finite_are_an_error)
{
    error e;
    charrun c = some_run("abcab\ncabba\n");
    int ids[3], n;
    const int prime = 0;
    const charuse_sampling w = {.length = 3, .temperature = 1};
    rng draws;
    rng_seed(&draws, 0);
    c.r->net->c->v[0] = (real) NAN;
    cr_assert_not(charuse_sample(c.r->one, &prime, 1, &w, &draws, ids, &n, &e));
    charrun_free(&c);
}

/* Without weights every symbol costs ln V. */
Test(charuse, a_network_that_knows_nothing_pays_ln_V)
{
    text t;
    error e;
    charuse_score s;
    charrun c = some_run("abcab\ncabba\n");
    cellnet_zero(c.r->net);
    cr_assert(text_from(&t, "abxcc\n", "text", &e));
    cr_assert(charuse_read(&c, &t, NULL, &s));
    cr_assert_eq(s.counted, 3);
    cr_assert_eq(s.unknown, 1);
    cr_assert(near(s.nat, log(4), 1e-6));
    cr_assert(near(s.perplexity, 4, 1e-6));
    cr_assert(near(s.bits, 2, 1e-6));
    text_free(&t);
    charrun_free(&c);
}

/* A cell whose memory only grows, to the end of a line, follows the place in the line. */
Test(charuse, finds_a_cell_that_counts)
{
    text t;
    error e;
    charrun c = some_run("aaaaa\naaaaa\n");
    charuse_cells k = {.layer = 0, .state = 1};
    cellnet_zero(c.r->net);
    const int a = vocab_ix(c.x.v, 'a'), H = 6, D = 3;
    c.r->net->E->v[a * D] = 1;
    mat *Wx = c.r->net->layer[0].Wx;
    Wx->v[0 * H + 2] = 40;                    /* f: keep while a comes, else half */
    Wx->v[1 * H + 2] = (real) 0.3;            /* g */
    Wx->v[2 * H + 2] = 40;                    /* i */
    c.r->net->layer[0].b->v[0 * H + 2] = -20; /* forget at a line end */
    cr_assert(text_from(&t, "aaaaaaa\naaaaaaa\naaaaaaa\n", "text", &e));
    cr_assert(charuse_show(&c, &t, &k, NULL));
    cr_assert_gt(k.follows[CHARUSE_LINE][2], 0.999);
    cr_assert(isnan(k.follows[CHARUSE_LINE][1])); /* it never changes */
    cr_assert(isnan(k.follows[CHARUSE_QUOTES][2]));
    charuse_cells_free(&k);
    text_free(&t);
    charrun_free(&c);
}
