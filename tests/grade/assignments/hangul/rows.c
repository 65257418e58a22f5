/* hangul/rows.c: what is asked about syllables and jamo. */
#include "rows.h"

enum { MOST = 60, INITIAL = 0x1100, MEDIAL = 0x1161, FINAL = 0x11A7, SYLLABLE = 0xAC00 };

static int below(rng *draws, int n) { return (int) (n * rng_uniform(draws)); }

static int initial(rng *draws) { return INITIAL + below(draws, 19); }
static int medial(rng *draws) { return MEDIAL + below(draws, 21); }
static int final(rng *draws) { return FINAL + 1 + below(draws, 27); }
static int open_one(rng *draws) { return SYLLABLE + 28 * below(draws, 19 * 21); }
static int closed(rng *draws) { return open_one(draws) + 1 + below(draws, 27); }

/* A code point that is no syllable and no modern jamo. */
static int other(rng *draws)
{
    static const int from[] = {' ', 'a', 0x3131, 0x4E00, 0x1F600};
    return from[below(draws, 5)] + below(draws, 20);
}

static void put(frame *f, int which, const int *codes, int n)
{
    frame_put_ints(f, &which, 1);
    frame_put_ints(f, &n, 1);
    frame_put_ints(f, codes, n);
}

/* One of each kind after the other. */
static void put_kinds(frame *f, rng *draws, int which, int (*const *kinds)(rng *), int n)
{
    int codes[MOST];
    for (int i = 0; i < MOST; i++) codes[i] = kinds[i % n](draws);
    put(f, which, codes, MOST);
}

static void place(frame *f, rng *draws)
{
    static int (*const kinds[])(rng *) = {initial, medial, final, open_one, closed, other};
    put_kinds(f, draws, 0, kinds, 6);
}

/* The first and the last of each range, and their neighbours. */
static void edges(frame *f, rng *draws)
{
    static const int codes[] = {0x10FF, 0x1100, 0x1112, 0x1113, 0x1160, 0x1161, 0x1175, 0x1176,
                                0x11A7, 0x11A8, 0x11C2, 0x11C3, 0xABFF, 0xAC00, 0xD7A3, 0xD7A4};
    (void) draws;
    put(f, 0, codes, sizeof codes / sizeof *codes);
}

static void apart_open(frame *f, rng *draws)
{
    put_kinds(f, draws, 1, (int (*const[])(rng *)){open_one}, 1);
}

static void apart_closed(frame *f, rng *draws)
{
    put_kinds(f, draws, 1, (int (*const[])(rng *)){closed}, 1);
}

static void apart_others(frame *f, rng *draws)
{
    put_kinds(f, draws, 1, (int (*const[])(rng *)){initial, other, medial, final}, 4);
}

static void join_two(frame *f, rng *draws)
{
    put_kinds(f, draws, 2, (int (*const[])(rng *)){initial, medial}, 2);
}

static void join_final(frame *f, rng *draws)
{
    put_kinds(f, draws, 2, (int (*const[])(rng *)){open_one, final}, 2);
}

static void join_none(frame *f, rng *draws)
{
    static int (*const kinds[])(rng *) = {closed,  final, initial,  initial, medial, medial,
                                          medial,  final, open_one, medial,  final,  initial,
                                          initial, final, open_one, initial, other,  final};
    put_kinds(f, draws, 2, kinds, 18);
}

/* Syllables of two and of three jamo, spaces between. */
static void composed(frame *f, rng *draws)
{
    int codes[MOST + 4], n = 0;
    while (n < MOST) {
        codes[n++] = initial(draws);
        codes[n++] = medial(draws);
        if (below(draws, 2)) codes[n++] = final(draws);
        if (below(draws, 3) == 0) codes[n++] = ' ';
    }
    put(f, 3, codes, n);
}

static void strange(frame *f, rng *draws)
{
    static int (*const kinds[])(rng *) = {initial, medial, final, open_one, closed, other};
    int codes[MOST];
    for (int i = 0; i < MOST; i++) codes[i] = kinds[below(draws, 6)](draws);
    codes[MOST - 3] = INITIAL; /* at least one of each: two initials, two finals */
    codes[MOST - 2] = INITIAL;
    codes[MOST - 1] = MEDIAL;
    codes[0] = SYLLABLE;
    codes[1] = codes[2] = FINAL + 1;
    put(f, 3, codes, MOST);
}

const row_question row_questions[] = {
    {place, "hangul_place_of"},
    {edges, "hangul_place_of"},
    {apart_open, "hangul_decompose"},
    {apart_closed, "hangul_decompose"},
    {apart_others, "hangul_decompose"},
    {join_two, "hangul_join"},
    {join_final, "hangul_join"},
    {join_none, "hangul_join"},
    {composed, "hangul_compose"},
    {strange, "hangul_compose"},
    {NULL, ""},
};

ROW(hangul, place, place, "place", 1)
ROW(hangul, edges, edges, "place", 1)
ROW(hangul, open, apart_open, "count jamo", 1)
ROW(hangul, closed, apart_closed, "count jamo", 1)
ROW(hangul, others, apart_others, "count jamo", 1)
ROW(hangul, join_two, join_two, "joined", 1)
ROW(hangul, join_final, join_final, "joined", 1)
ROW(hangul, join_none, join_none, "joined", 1)
ROW(hangul, composed, composed, "left codes", 1)
ROW(hangul, strange, strange, "left codes", 1)
