/* compare.c: the same text in three units, and its price in bits. See compare.h. */
#include "compare.h"

#include "adagrad.h"
#include "clip.h"
#include "fn.h"
#include "hangul.h"
#include "require.h"

#include <stdlib.h>

/* Characters among these bytes of UTF-8. */
static int count_characters(const char *bytes, size_t size)
{
    int n = 0;
    for (size_t i = 0; i < size; i++) n += (bytes[i] & 0xC0) != 0x80;
    return n;
}

/* Where the part held out begins: behind a line end, and not behind the last one. */
static size_t cut_of(const text *t, double held_out)
{
    size_t cut = t->size - 1, least = (size_t) ((1 - held_out) * (double) t->size);
    REQUIRE(t->bytes[cut], ==, '\n');
    for (size_t i = t->size - 1; i > 0 && (i >= least || cut == t->size - 1); i--)
        if (t->bytes[i - 1] == '\n') cut = i;
    return cut;
}

/* The ids of these symbols; NULL on out of memory. */
static int *encoded(const vocab *v, const uint32_t *symbols, int n, int *unknown)
{
    int *ids = calloc((size_t) n, sizeof *ids);
    if (ids) *unknown = unit_encode(v, symbols, n, ids);
    return ids;
}

reading *reading_new(unit_kind kind, const text *t, double held_out, int least)
{
    const size_t cut = cut_of(t, held_out);
    const text known = {.bytes = t->bytes, .size = cut},
               rest = {.bytes = t->bytes + cut - 1, .size = t->size - cut + 1};
    uint32_t *symbols = calloc(t->size, sizeof *symbols);
    reading *r = calloc(1, sizeof *r);
    if (r && symbols) {
        int unknown; /* of the known part: those that are too rare */
        *r = (reading){.kind = kind,
                       .characters = count_characters(known.bytes, known.size),
                       .held_characters = count_characters(rest.bytes, rest.size) - 1};
        r->count = unit_split(kind, &known, symbols);
        r->v = unit_vocab(symbols, r->count, least);
        if (r->v) r->ids = encoded(r->v, symbols, r->count, &unknown);
        r->held_count = unit_split(kind, &rest, symbols);
        if (r->v) r->held = encoded(r->v, symbols, r->held_count, &r->unknown);
    }
    free(symbols);
    if (r && r->ids && r->held) return r;
    reading_free(r);
    return NULL;
}

void reading_free(reading *r)
{
    if (!r) return;
    vocab_free(r->v);
    free(r->ids);
    free(r->held);
    free(r);
}

int compare_steps(const budget *b, const reading *r)
{
    const int T = (int) ((double) b->time * r->count / r->characters + 0.5);
    return T > 0 ? T : 1;
}

long compare_weights(int V, int D, int H)
{
    return (long) V * D + (long) D * H + (long) H * H + H + (long) H * V + V;
}

int compare_hidden(int V, int D, long weights)
{
    int H = 1;
    while (compare_weights(V, D, H + 1) <= weights) H++;
    return compare_weights(V, D, H + 1) - weights < weights - compare_weights(V, D, H) ? H + 1 : H;
}

/* One iteration: block, forward, backward, clip, Adagrad. */
static void step(lm *m, timenet *mem, double clip)
{
    timestack *s = m->s;
    const int T = m->options.time;
    lm_batch(m);
    timestack_forward(s, T, m->xs, m->ts);
    timenet_zero(s->d);
    timestack_backward(s, T, m->xs, m->ts);
    clip_norm(s->d->all, TIMENET_TENSORS, clip);
    adagrad(s->net->all, s->d->all, mem->all, TIMENET_TENSORS, m->options.learning_rate);
}

lm *compare_train(const budget *b, const reading *r)
{
    const lm_options o = {.batch = b->batch,
                          .wordvec = b->wordvec,
                          .hidden = b->hidden,
                          .time = compare_steps(b, r),
                          .learning_rate = b->learning_rate,
                          .seed = b->seed};
    lm *m = lm_new(&o, r->ids, r->count, r->v->size);
    timenet *mem = timenet_new(r->v->size, b->wordvec, b->hidden);
    if (m && mem)
        for (long left = (long) b->epochs * lm_iterations(m); left > 0; left--)
            step(m, mem, b->clip);
    timenet_free(mem);
    if (mem) return m;
    lm_free(m);
    return NULL;
}

static double bits_of(double p) { return -fn_log(p) / fn_log(2); }

/* Continuation bytes that a character still needs after this byte; `left`: before it. */
static int bytes_left(int left, uint32_t byte)
{
    return byte >= 0xF0           ? 3
           : byte >= 0xE0         ? 2
           : byte >= 0xC0         ? 1
           : byte >= 0x80 && left ? left - 1
                                  : 0;
}

/* Can a text have this symbol here? `before`: the last one; `left`: continuation bytes that its character needs. */
static bool fits(unit_kind kind, uint32_t before, int left, uint32_t symbol)
{
    if (kind == UNIT_CHAR || before == UNIT_ESCAPE || symbol == UNIT_ESCAPE) return true;
    if (kind == UNIT_BYTE) return (left > 0) == (symbol >= 0x80 && symbol < 0xC0);
    const hangul_place last = hangul_place_of(before), place = hangul_place_of(symbol);
    return (last == HANGUL_INITIAL) == (place == HANGUL_MEDIAL) &&
           (place != HANGUL_FINAL || last == HANGUL_MEDIAL);
}

price compare_price(lm *m, const reading *r)
{
    const double which = unit_escape_bits(r->kind, r->v);
    const uint32_t *symbol_of = r->v->ix_to_char;
    timestack *one = m->one;
    price bits = {0, 0, 0, 0, 0};
    int left = 0;
    for (int k = 0; k < TIMENET_TENSORS; k++) mat_copy(one->net->all[k], m->s->net->all[k]);
    timernn_reset_state(one->rnn);
    for (int i = 0; i + 1 < r->held_count; i++) {
        const uint32_t before = symbol_of[r->held[i]], symbol = symbol_of[r->held[i + 1]];
        timestack_forward(one, 1, &r->held[i], &r->held[i + 1]);
        const real *p = one->ps[0]->v;
        double cost = bits_of(p[r->held[i + 1]]), misfits = 0, finals = 0, others = 0;
        left = bytes_left(left, before);
        for (int k = 0; k < r->v->size; k++)
            *(!fits(r->kind, before, left, symbol_of[k])      ? &misfits
              : hangul_place_of(symbol_of[k]) == HANGUL_FINAL ? &finals
                                                              : &others) += p[k];
        if (symbol == UNIT_ESCAPE) bits.escapes += cost += which;
        if (symbol == '\n') bits.ends += cost;
        if (hangul_place_of(symbol) != HANGUL_FINAL)
            bits.no_final += bits_of(others / (finals + others));
        bits.orders += bits_of((finals + others) / (misfits + finals + others));
        bits.total += cost;
    }
    return bits;
}
