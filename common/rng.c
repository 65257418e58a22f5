/* rng.c: NumPy's legacy random numbers. See rng.h. */
#include "rng.h"

#include "fn.h"

#include <math.h>

void rng_seed(rng *r, uint32_t seed)
{
    r->word[0] = seed;
    for (uint32_t i = 1; i < RNG_WORDS; i++)
        r->word[i] = 1812433253u * (r->word[i - 1] ^ (r->word[i - 1] >> 30)) + i;
    r->next = RNG_WORDS;
    r->has_kept = 0;
    r->kept = 0;
}

/* Generate the next RNG_WORDS words: each from itself, its neighbour and the word 397 places on. */
static void twist(uint32_t *w)
{
    for (int i = 0; i < RNG_WORDS; i++) {
        const uint32_t y = (w[i] & 0x80000000u) | (w[(i + 1) % RNG_WORDS] & 0x7fffffffu);
        w[i] = w[(i + 397) % RNG_WORDS] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    }
}

static uint32_t next_word(rng *r)
{
    if (r->next >= RNG_WORDS) {
        twist(r->word);
        r->next = 0;
    }
    uint32_t y = r->word[r->next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

double rng_uniform(rng *r)
{
    const uint32_t a = next_word(r) >> 5, b = next_word(r) >> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
}

double rng_randn(rng *r)
{
    if (r->has_kept) {
        r->has_kept = 0;
        return r->kept;
    }
    double x1, x2, r2;
    do { /* a point in the unit disc, but not its centre */
        x1 = 2 * rng_uniform(r) - 1;
        x2 = 2 * rng_uniform(r) - 1;
        r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 == 0);
    const double f = sqrt(-2 * fn_log(r2) / r2);
    r->kept = f * x1;
    r->has_kept = 1;
    return f * x2;
}

int rng_choice(rng *r, const mat *p)
{
    const double u = rng_uniform(r);
    const int n = mat_size(p);
    double total = 0, cumulated = 0;
    for (int i = 0; i < n; i++) total += p->v[i];
    if (!(total > 0 && total <= DBL_MAX)) return -1;
    for (int i = 0; i < n; i++) {
        cumulated += p->v[i];
        if (u < cumulated / total) return i;
    }
    return -1;
}
