/* charuse.c: writing, reading and showing with a trained network. See charuse.h. */
#include "charuse.h"

#include "fn.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool charuse_open(charrun *c, const char *path, error *e)
{
    enum { ROOM = 32 }; /* steps at a time; training may have had more */
    *c = (charrun){.o = charrun_defaults};
    npy *file = savefile_open(path, e);
    bool good = file && charrun_options_of(file, path, c, e);
    if (good) {
        c->o.net.seq_length = ROOM;
        c->o.net.threads = 1;
        good = charrun_start(c, e) && charrun_weights_of(file, path, c, e);
    }
    npy_free(file);
    return good;
}

const char *charuse_path(const char *path) { return strcmp(path, "-") == 0 ? "/dev/stdin" : path; }

/* ---- writing ---- */

/* Refuse the symbol of a text at this place. */
static bool refuse(const lexicon *x, const text *t, const char *what, int at, error *e)
{
    lexicon own;
    char shown[TEXT_SHOWN_ROOM];
    int count;
    if (!lexicon_of(&own, x->unit, t, 0)) return error_no_memory(e);
    int *ids = lexicon_encode(&own, t, &count);
    if (!ids)
        error_no_memory(e);
    else
        error_set(e,
                  say("%s: '%s' is not in the vocabulary; --skip-unknown leaves it out%s",
                      "%s: '%s'이(가) 어휘에 없습니다. --skip-unknown을 주면 뺍니다%s"),
                  what, lexicon_show(shown, &own, ids[at]),
                  text_hint(shown, lexicon_decomposed(x)));
    free(ids);
    lexicon_free(&own);
    return false;
}

int *charuse_encode(const lexicon *x, const text *t, const char *what, bool skip, int *count,
                    int *left, error *e)
{
    int all, known = 0;
    bool good = true;
    int *ids = lexicon_encode(x, t, &all);
    if (!ids) error_no_memory(e);
    for (int i = 0; ids && good && i < all; i++)
        if (ids[i] >= 0)
            ids[known++] = ids[i];
        else
            good = skip || refuse(x, t, what, i, e);
    *count = known;
    *left = all - known;
    if (good) return ids;
    free(ids);
    return NULL;
}

/* Of the scores y, all but the k largest become minus infinity; of equal ones the first are kept. */
static void keep_largest(mat *y, mat *scratch, int k)
{
    mat_copy(scratch, y);
    for (int i = 0; i < mat_size(y); i++) y->v[i] = (real) -HUGE_VAL;
    for (; k > 0; k--) {
        const int best = mat_argmax(scratch);
        y->v[best] = scratch->v[best];
        scratch->v[best] = (real) -HUGE_VAL;
    }
}

/* Do the ids end with those of the stop? */
static bool stops(const charuse_sampling *w, const int *ids, int n)
{
    return w->stops > 0 && n >= w->stops &&
           memcmp(ids + n - w->stops, w->stop, (size_t) w->stops * sizeof *ids) == 0;
}

bool charuse_sample(cellstack *one, const int *prime, int primes, const charuse_sampling *w,
                    rng *draws, int *ids, int *drawn, error *e)
{
    static const int any = 0; /* a target, because one is needed; its loss is not used */
    const int V = one->net->E->rows;
    mat *y = mat_new(V, 1), *p = mat_new(V, 1);
    bool good = (y && p) || error_no_memory(e);
    cellstack_reset_state(one);
    for (int i = 0; good && i + 1 < primes; i++) cellstack_forward(one, 1, &prime[i], &any);
    *drawn = 0;
    for (int x = prime[primes - 1]; good && *drawn < w->length && !stops(w, ids, *drawn);) {
        cellstack_forward(one, 1, &x, &any);
        for (int k = 0; k < V; k++) y->v[k] = one->ys[0]->v[k];
        if (w->top_k > 0 && w->top_k < V) keep_largest(y, p, w->top_k);
        sample_temperature(p, y, w->temperature);
        x = rng_choice(draws, p);
        good = x >= 0 || error_set(e, "%s",
                                   say("the network's numbers are no longer finite",
                                       "신경망의 수가 유한하지 않습니다"));
        if (good) ids[(*drawn)++] = x;
    }
    mat_free(y);
    mat_free(p);
    return good;
}

/* ---- reading ---- */

bool charuse_read(charrun *c, const text *t, FILE *log, charuse_score *s)
{
    int count;
    int *ids = lexicon_encode(&c->x, t, &count);
    double *nat = ids ? calloc((size_t) count + 1, sizeof *nat) : NULL;
    *s = (charuse_score){0};
    if (nat) {
        const double sum = charnet_score(c->r->one, ids, count, nat, &s->counted);
        const double characters = (double) t->length * s->counted / count;
        s->nat = s->counted ? sum / s->counted : NAN;
        s->perplexity = s->counted ? fn_exp(s->nat) : NAN;
        s->bits = s->counted ? sum / fn_log(2) / characters : NAN;
        for (int i = 0; i < count; i++) s->unknown += ids[i] < 0;
        if (log) fputs("number\tsymbol\tnat\n", log);
        for (int i = 0; log && i < count; i++)
            fprintf(log, "%d\t%s\t%s\n", i,
                    ids[i] < 0 ? "?" : lexicon_show((char[TEXT_SHOWN_ROOM]){0}, &c->x, ids[i]),
                    NUM("%.17g", nat[i]));
    }
    free(ids);
    free(nat);
    return nat != NULL;
}

/* ---- showing ---- */

/* Where a text is at a symbol. */
typedef struct place {
    double of[CHARUSE_FEATURES];
} place;

/* The place behind one more symbol. */
static void move(place *p, const char *symbol)
{
    const bool line_end = strcmp(symbol, "\n") == 0, space = strcmp(symbol, " ") == 0;
    p->of[CHARUSE_LINE] = line_end ? 0 : p->of[CHARUSE_LINE] + 1;
    p->of[CHARUSE_WORD] = line_end || space ? 0 : p->of[CHARUSE_WORD] + 1;
    if (strcmp(symbol, "\"") == 0)
        p->of[CHARUSE_QUOTES] = 1 - p->of[CHARUSE_QUOTES];
    else if (strcmp(symbol, "“") == 0 || strcmp(symbol, "「") == 0)
        p->of[CHARUSE_QUOTES] = 1;
    else if (strcmp(symbol, "”") == 0 || strcmp(symbol, "」") == 0)
        p->of[CHARUSE_QUOTES] = 0;
}

/* Sums for the correlation of x and y. */
typedef struct sums {
    double n, x, y, xx, yy, xy;
} sums;

static void add(sums *s, double x, double y)
{
    s->n++;
    s->x += x;
    s->y += y;
    s->xx += x * x;
    s->yy += y * y;
    s->xy += x * y;
}

static double correlation(const sums *s)
{
    const double xx = s->n * s->xx - s->x * s->x, yy = s->n * s->yy - s->y * s->y;
    return xx > 0 && yy > 0 ? (s->n * s->xy - s->x * s->y) / sqrt(xx * yy) : NAN;
}

/* A row of the table. */
static void log_states(FILE *log, int i, const lexicon *x, int id, const mat *state)
{
    fprintf(log, "%d\t%s", i, lexicon_show((char[TEXT_SHOWN_ROOM]){0}, x, id));
    for (int j = 0; j < mat_size(state); j++) fprintf(log, "\t%s", NUM("%.9g", state->v[j]));
    fputc('\n', log);
}

static bool follow(charrun *c, const int *ids, int count, charuse_cells *k, sums *s, FILE *log)
{
    cellstack *one = c->r->one;
    const int H = c->o.net.hidden;
    place p = {{0}};
    cellstack_reset_state(one);
    for (int i = 0; i < count; i++) {
        if (ids[i] < 0) continue; /* unknown: as if it were not there */
        char *symbol = lexicon_decode(&c->x, &ids[i], 1);
        if (!symbol) return false;
        move(&p, symbol);
        free(symbol);
        cellstack_forward(one, 1, &ids[i], &ids[i]);
        const mat *state = one->net->type->state(one->layer[k->layer]).of[k->state];
        for (int f = 0; f < CHARUSE_FEATURES; f++)
            for (int j = 0; j < H; j++) add(&s[f * H + j], state->v[j], p.of[f]);
        if (log) log_states(log, i, &c->x, ids[i], state);
    }
    return true;
}

bool charuse_show(charrun *c, const text *t, charuse_cells *k, FILE *log)
{
    const int H = c->o.net.hidden;
    int count;
    int *ids = lexicon_encode(&c->x, t, &count);
    sums *s = calloc((size_t) (CHARUSE_FEATURES * H), sizeof *s);
    bool good = ids && s;
    for (int f = 0; f < CHARUSE_FEATURES; f++) {
        k->follows[f] = calloc((size_t) H, sizeof(double));
        good = good && k->follows[f];
    }
    if (log) {
        fputs("number\tsymbol", log);
        for (int j = 0; j < H; j++) fprintf(log, "\t%d", j);
        fputc('\n', log);
    }
    good = good && follow(c, ids, count, k, s, log);
    for (int f = 0; good && f < CHARUSE_FEATURES; f++)
        for (int j = 0; j < H; j++) k->follows[f][j] = correlation(&s[f * H + j]);
    free(ids);
    free(s);
    return good;
}

void charuse_cells_free(charuse_cells *k)
{
    for (int f = 0; f < CHARUSE_FEATURES; f++) free(k->follows[f]);
}
