/* dropout.c: dropout between layers. See dropout.h. */
#include "dropout.h"

#include "require.h"

/* The bits of x, mixed well: the last step of SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t mixed(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* Number k of the sequence of random bits that begins with `key`. */
static uint64_t bits_at(uint64_t key, uint64_t k)
{
    return mixed(key + (k + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

void dropout_draw(cellstack *s, int T, const dropout *o)
{
    const int H = s->net->W->rows;
    const real kept = (real) (1 / (1 - o->ratio));
    REQUIRE(o->ratio >= 0 && o->ratio < 1, ==, true);
    REQUIRE(T, <=, s->room);
    for (int n = 0; n < s->N; n++) {
        const uint64_t of_run = bits_at(bits_at(o->seed, 0), o->iteration),
                       stream = bits_at(of_run, (uint64_t) (o->stream + n));
        for (int l = 0; l + 1 < s->net->layers; l++)
            for (int t = 0; t < T; t++) {
                real *row = s->masks[l][t]->v + n * H;
                const uint64_t step = bits_at(bits_at(stream, (uint64_t) l), (uint64_t) t);
                for (int j = 0; j < H; j++) {
                    const double even = (double) (bits_at(step, (uint64_t) j) >> 11) * 0x1p-53;
                    row[j] = even < o->ratio ? 0 : kept;
                }
            }
    }
}
