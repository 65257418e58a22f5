/* test_compare.c: readings of one text in three units, and the price of the part held out. */
#include "compare.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static text text_of(const char *utf8)
{
    text t;
    error e;
    cr_assert(text_from(&t, utf8, "test", &e), "%s", e.text);
    return t;
}

Test(compare, a_text_is_cut_behind_a_line_end)
{
    text t = text_of("가나\n다각\n마바\n다라마\n");
    static const struct {
        double held_out;
        int held;
    } expected[] = {{0, 4}, {0.1, 4}, {0.36, 4}, {0.6, 7}, {0.9, 10}};
    for (int kind = 0; kind < UNIT_KINDS; kind++)
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
            reading *r = reading_new((unit_kind) kind, &t, expected[i].held_out, 1);
            char out[200];
            cr_assert_eq(r->held_characters, expected[i].held, "%g: %d", expected[i].held_out,
                         r->held_characters);
            cr_assert_eq(r->characters + r->held_characters, t.length);
            cr_assert_eq(r->v->ix_to_char[r->held[0]], (uint32_t) '\n');
            const int bytes = unit_decode(r->kind, r->v, r->ids, r->count, out, NULL);
            cr_assert_eq(memcmp(out, t.bytes, (size_t) bytes), 0);
            if (i == 0) { /* then 라 is unknown: two bytes, a character, a jamo */
                unit_decode(r->kind, r->v, r->held + 1, r->held_count - 1, out, NULL);
                cr_assert_eq(r->unknown, kind == UNIT_BYTE ? 2 : 1);
            }
            reading_free(r);
        }
    text_free(&t);
}

Test(compare, rare_symbols_of_the_part_to_learn_are_escapes)
{
    text t = text_of("가나가\n가나다\n가\n");
    reading *r = reading_new(UNIT_CHAR, &t, 0.2, 2);
    cr_assert_eq(r->v->size, 4);
    cr_assert_eq(r->ids[6], vocab_ix(r->v, UNIT_ESCAPE));
    cr_assert_eq(r->unknown, 0);
    reading_free(r);
    text_free(&t);
}

Test(compare, weights_and_steps)
{
    for (int H = 1; H < 200; H += 7)
        cr_assert_eq(compare_hidden(50, 9, compare_weights(50, 9, H)), H);
    cr_assert_eq(compare_weights(7, 4, 3), 28 + 12 + 9 + 3 + 21 + 7);
    cr_assert_eq(compare_hidden(50, 9, 0), 1);
    const budget b = {.time = 10};
    cr_assert_eq(compare_steps(&b, &(reading){.count = 226, .characters = 100}), 23);
    cr_assert_eq(compare_steps(&b, &(reading){.count = 100, .characters = 100}), 10);
    cr_assert_eq(compare_steps(&b, &(reading){.count = 1, .characters = 100}), 1);
}

static const budget small = {.hidden = 6,
                             .wordvec = 5,
                             .batch = 2,
                             .time = 4,
                             .epochs = 2,
                             .learning_rate = 0.1,
                             .clip = 5,
                             .seed = 1};

/* A network that finds everything equally likely pays log2 V for each symbol; the rest is counted by hand. */
Test(compare, the_price_of_equal_probabilities)
{
    text t = text_of("가각\n가각\n가각\n가각\n가각\n");
    const double half = 1, third = log2(3), fifth = log2(5), sixth = log2(6);
    const struct {
        int V;
        double total, ends, no_final, orders;
    } expected[UNIT_KINDS] = {
        {6, 7 * sixth, sixth, 0, 3 * half + 4 * (third - 1)},
        {4, 3 * 2, 2, 0, 0},
        {5, 6 * fifth, fifth, 2 - third, 2 * (fifth - third) + 2 * (fifth - 1) + 2 * (fifth - 2)},
    };
    for (int kind = 0; kind < UNIT_KINDS; kind++) {
        reading *r = reading_new((unit_kind) kind, &t, 0, 1);
        budget b = small;
        b.epochs = 0;
        lm *m = compare_train(&b, r);
        timenet_zero(m->s->net);
        const price p = compare_price(m, r);
        cr_assert_eq(r->v->size, expected[kind].V);
        cr_assert(near(p.total, expected[kind].total, 1e-6));
        cr_assert(near(p.ends, expected[kind].ends, 1e-6));
        cr_assert(near(p.no_final, expected[kind].no_final, 1e-6), "%d: %g", kind, p.no_final);
        cr_assert(near(p.orders, expected[kind].orders, 1e-6), "%d: %g", kind, p.orders);
        cr_assert_eq(p.escapes, 0);
        lm_free(m);
        reading_free(r);
    }
    text_free(&t);
}

/* The total is the loss that chapter 10 measures, and what tells the unknown symbols. */
Test(compare, the_price_is_the_loss_of_all_symbols)
{
    text t = text_of("값진 책을 산다\n값을 묻고 간다\n책값이 없어 운다\n값싼 책을 읊는다\n");
    for (int kind = 0; kind < UNIT_KINDS; kind++) {
        reading *r = reading_new((unit_kind) kind, &t, 0.3, 2);
        lm *m = compare_train(&small, r);
        const price p = compare_price(m, r);
        const lm_score score = lm_test(m, r->held, r->held_count);
        cr_assert_eq(score.counted, r->held_count - 1);
        cr_assert_gt(r->unknown, 0);
        const double which = r->unknown * unit_escape_bits(r->kind, r->v);
        cr_assert(near(p.total, score.counted * log2(score.perplexity) + which, 1e-5));
        cr_assert(p.escapes > which && p.escapes < p.total);
        cr_assert(p.ends > 0 && p.ends < p.total);
        cr_assert_eq(p.no_final > 0, kind == UNIT_JAMO);
        cr_assert_eq(p.orders > 0, kind != UNIT_CHAR);
        lm_free(m);
        reading_free(r);
    }
    text_free(&t);
}

Test(compare, training_lowers_the_price_and_depends_on_the_seed_alone)
{
    text t = text_of("가나 다라\n가나 다라\n가나 다라\n가나 다라\n가나 다라\n가나 다라\n");
    for (int kind = 0; kind < UNIT_KINDS; kind++) {
        reading *r = reading_new((unit_kind) kind, &t, 0.2, 1);
        double total[4];
        for (int i = 0; i < 4; i++) {
            budget b = small;
            b.epochs = i == 0 ? 0 : 30;
            b.seed = i == 3 ? 2 : 1;
            lm *m = compare_train(&b, r);
            total[i] = compare_price(m, r).total;
            lm_free(m);
        }
        cr_assert_lt(total[1], 0.3 * total[0]);
        cr_assert_eq(total[1], total[2]);
        cr_assert_neq(total[1], total[3]);
        reading_free(r);
    }
    text_free(&t);
}
