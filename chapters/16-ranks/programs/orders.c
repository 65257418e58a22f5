/* orders.c: eight numbers have many sums. Adds them in different orders: by ranks that each add what they have, in the
 * fixed tree, and in every order that there is. */
#include "args.h"
#include "real.h"
#include "rng.h"
#include "shards.h"

#include <stdio.h>
#include <stdlib.h>

static const char NAME[] = "orders";

enum { N = 8, MOST = 1000 /* different sums that are told apart */ };

/* From left to right. */
static real in_turn(const real *x, int n)
{
    real sum = x[0];
    for (int k = 1; k < n; k++) sum += x[k];
    return sum;
}

/* In the fixed tree; x is changed. */
static real in_tree(real *x, int n)
{
    real *part[N];
    for (int k = 0; k < n; k++) part[k] = x + k;
    shards_sum(part, n, 1);
    return x[0];
}

/* By so many ranks: each adds its own numbers, then theirs are added, all by one of the two. */
static real by_ranks(const real *x, int ranks, bool tree)
{
    const int own = N / ranks;
    real of[N] = {0}, copy[N];
    for (int k = 0; k < N; k++) copy[k] = x[k];
    for (int r = 0; r < ranks; r++)
        of[r] = tree ? in_tree(copy + r * own, own) : in_turn(copy + r * own, own);
    return tree ? in_tree(of, ranks) : in_turn(of, ranks);
}

/* The different sums so far. */
typedef struct sums {
    real of[MOST];
    int count, orders;
} sums;

static void note(sums *s, real sum)
{
    s->orders++;
    for (int k = 0; k < s->count; k++)
        if (s->of[k] == sum) return;
    if (s->count < MOST) s->of[s->count++] = sum;
}

/* Every order of x[n] .. x[N - 1] behind the first n. */
static void every_order(real *x, int n, sums *s)
{
    if (n == N) note(s, in_turn(x, N));
    for (int k = n; k < N; k++) {
        const real first = x[k];
        x[k] = x[n];
        x[n] = first;
        every_order(x, n + 1, s);
        x[n] = x[k];
        x[k] = first;
    }
}

int main(int argc, char **argv)
{
    uint32_t seed = 40; /* whose sums differ by the number of ranks */
    const args_option options[] = {
        {"seed", ARGS_SEED, &seed, 0, 0, "seed of the random numbers", "난수의 시드"},
        {.kind = ARGS_END},
    };
    const args a = {NAME,
                    "",
                    0,
                    "Add eight numbers in different orders.",
                    "수 여덟 개를 여러 차례로 더합니다.",
                    options};
    const int status = args_read(&a, argc, argv, NULL);
    if (status != ARGS_GO_ON) return say_done(NAME, status);
    rng draws;
    real x[N];
    sums s = {.count = 0};
    rng_seed(&draws, seed);
    puts(say("eight shards' numbers:", "몫 여덟 개의 수:"));
    for (int k = 0; k < N; k++) {
        x[k] = (real) rng_randn(&draws);
        printf("  %d  %22s\n", k, NUM("%.17g", x[k]));
    }
    puts(say("their sum by so many ranks, each from left to right, and in the fixed tree:",
             "랭크의 수에 따른 합. 저마다 왼쪽부터 더할 때와 정해진 나무로 더할 때:"));
    for (int ranks = 1; ranks <= N; ranks *= 2)
        printf("  %d  %22s  %22s\n", ranks, NUM("%.17g", by_ranks(x, ranks, false)),
               NUM("%.17g", by_ranks(x, ranks, true)));
    every_order(x, 0, &s);
    printf(say("all %d orders, from left to right: %d different sums\n",
               "차례 %d가지를 모두, 왼쪽부터: 서로 다른 합 %d개\n"),
           s.orders, s.count);
    return say_done(NAME, EXIT_SUCCESS);
}
