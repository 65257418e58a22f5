/* gradcheck.c: compares gradients with differences of the loss that have error bars. See gradcheck.h. */
#include "gradcheck.h"

#include "require.h"
#include "rng.h"
#include "say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The constants of the method. After changing one, run the studies again (make study). */
static const double H0 = 0.02, H0_SECOND = 0.02 * 0.618, RATIO = 4; /* the ladders' steps */
static const double RELATIVE = 1e-9, BARS = 4; /* tolerances: relative, and in bars */
static const double PLAIN = 100; /* a larger miss, in tolerances, is wrong however wide the bar */
static const double WIDE = 1e-6; /* 4 bars wider than this are too wide, relative to the largest */
static const double CHAOS = 1e-13;     /* a larger noise is too large, relative to |L| + terms */
static const double SAME_LOSS = 1e-12; /* of loss() and grad(), relative to |L| + terms */
static const double CLASSIC_H = 1e-5, CLASSIC_TOLERANCE = 1e-6;
static const double FLOAT_TOLERANCE = 1e-5; /* of a gradient in float, relative to the largest */
enum { LEVELS = 5, MOST_LEVELS = 10, JITTERS = 8 };

/* The state of a check. */
typedef struct check {
    const gc_problem *p;
    double noise;
    bool chaos;      /* the noise is too large for the loss */
    uint64_t branch; /* the branches taken at the point itself */
    long calls;
    int size;     /* of all tensors together */
    real *keep;   /* the original values */
    double *u;    /* a direction */
    real *grad;   /* the gradients of the first call */
    gc_number *n; /* the measured derivatives */
    int *at;      /* their elements */
} check;

/* ---- the point, and points near it ---- */

static int all_sizes(const gc_problem *p)
{
    int size = 0;
    for (int k = 0; k < p->tensors; k++) size += mat_size(p->tensor[k].value);
    return size;
}

static void check_close(check *c)
{
    free(c->keep);
    free(c->u);
    free(c->grad);
    free(c->n);
    free(c->at);
}

/* False on out of memory; then there is nothing to close. */
static bool check_open(check *c, const gc_problem *p)
{
    REQUIRE(p->tensors, >, 0);
    REQUIRE(p->tensors, <=, GC_TENSORS);
    for (int k = 0; k < p->tensors; k++) {
        REQUIRE(p->tensor[k].grad->rows, ==, p->tensor[k].value->rows);
        REQUIRE(p->tensor[k].grad->cols, ==, p->tensor[k].value->cols);
    }
    *c = (check){.p = p, .size = all_sizes(p)};
    const size_t size = (size_t) c->size;
    c->keep = malloc(size * sizeof *c->keep);
    c->u = malloc(size * sizeof *c->u);
    c->grad = malloc(size * sizeof *c->grad);
    c->n = malloc(size * sizeof *c->n);
    c->at = malloc(size * sizeof *c->at);
    if (!c->keep || !c->u || !c->grad || !c->n || !c->at) {
        check_close(c);
        return false;
    }
    for (int k = 0, i = 0; k < p->tensors; k++)
        for (int j = 0; j < mat_size(p->tensor[k].value); j++)
            c->keep[i++] = p->tensor[k].value->v[j];
    return true;
}

/* Set the values to θ + h u. */
static void move_along(const check *c, double h)
{
    for (int k = 0, i = 0; k < c->p->tensors; k++)
        for (int j = 0; j < mat_size(c->p->tensor[k].value); j++, i++)
            c->p->tensor[k].value->v[j] = (real) (c->keep[i] + h * c->u[i]);
}

static void put_back(const check *c)
{
    for (int k = 0, i = 0; k < c->p->tensors; k++)
        for (int j = 0; j < mat_size(c->p->tensor[k].value); j++)
            c->p->tensor[k].value->v[j] = c->keep[i++];
}

/* The loss at the current values; sets *crossed if it took other branches than at the point itself. */
static double loss_here(check *c, bool *crossed)
{
    c->calls++;
    const double L = c->p->loss(c->p->model);
    if (c->p->branch && c->p->branch(c->p->model) != c->branch) *crossed = true;
    return L;
}

/* D(h) for element *x, or along u if x is NULL. Divides by the actual step, since x + h is rounded. */
static double difference(check *c, real *x, double h, bool *crossed)
{
    double above, below, L_above, L_below;
    if (x) {
        const real keep = *x;
        *x = (real) (keep + h);
        above = *x;
        L_above = loss_here(c, crossed);
        *x = (real) (keep - h);
        below = *x;
        L_below = loss_here(c, crossed);
        *x = keep;
    } else {
        above = h;
        below = -h;
        move_along(c, above);
        L_above = loss_here(c, crossed);
        move_along(c, below);
        L_below = loss_here(c, crossed);
        put_back(c);
    }
    return (L_above - L_below) / (above - below);
}

/* The largest change of the loss in eight trials that move the values by one ulp at random. */
static double measure_noise(check *c, double L, uint32_t seed)
{
    const double eps = REAL_IS_DOUBLE ? DBL_EPSILON : FLT_EPSILON;
    double noise = DBL_EPSILON * (fabs(L) + c->p->terms);
    bool crossed = false;
    rng draws;
    rng_seed(&draws, seed);
    for (int k = 0; k < JITTERS; k++) {
        for (int i = 0; i < c->size; i++)
            c->u[i] = c->keep[i] * (floor(3 * rng_uniform(&draws)) - 1);
        move_along(c, eps);
        noise = fmax(noise, fabs(loss_here(c, &crossed) - L));
    }
    put_back(c);
    return noise;
}

/* ---- the ladder ---- */

static gc_number ladder(check *c, real *x, double h)
{
    gc_number best = {NAN, INFINITY, true, false};
    double step[MOST_LEVELS], cell[MOST_LEVELS][MOST_LEVELS];
    int n = 0;
    /* A step is useless if the loss is not finite there or a kink is crossed: start over with the next step, and
     * go deeper. */
    for (int k = 0; k < LEVELS || (n < LEVELS - 2 && k < MOST_LEVELS); k++, h /= RATIO) {
        bool crossed = false;
        const double D = difference(c, x, h, &crossed);
        if (!isfinite(D) || crossed) {
            best.finite = isfinite(D);
            best.kink = crossed;
            n = 0;
            continue;
        }
        step[n] = h;
        cell[n++][0] = D;
    }
    if (n < 2) return best;
    best.finite = true;
    best.kink = false;

    /* cell[k][m] = cell[k][m-1] + (cell[k][m-1] - cell[k-1][m-1]) / (16^m - 1) */
    for (int k = 1; k < n; k++) {
        double power = 1;
        for (int m = 1; m <= k; m++) {
            power *= RATIO * RATIO;
            cell[k][m] = cell[k][m - 1] + (cell[k][m - 1] - cell[k - 1][m - 1]) / (power - 1);
        }
    }
    /* The error of the finest plain difference is at most 1/5 of the last change, plus noise. */
    const double anchor = cell[n - 1][0],
                 anchor_bar = 2 * c->noise / step[n - 1] + fabs(cell[n - 2][0] - anchor) * 3 / 15;
    best.n = anchor;
    best.bar = anchor_bar;
    for (int k = 1; k < n; k++)
        for (int m = 1; m <= k; m++) {
            const double left = fabs(cell[k][m] - cell[k][m - 1]),
                         above = fabs(cell[k][m] - cell[k - 1][m - 1]) / 16,
                         bar = fmax(left, above) + 2 * c->noise / step[k];
            if (bar < best.bar && fabs(cell[k][m] - anchor) <= bar + anchor_bar) {
                best.n = cell[k][m];
                best.bar = bar;
            }
        }
    return best;
}

static double tolerance(double a, const gc_number *n)
{
    return RELATIVE * fmax(fabs(a), fabs(n->n)) + BARS * n->bar;
}

/* The derivative to compare a with, by element *x, or along u if x is NULL. */
static gc_number measure(check *c, const gc_options *o, real *x, double a)
{
    if (o->method == GC_CENTRAL) {
        gc_number one = {0, 0, true, false};
        one.n = difference(c, x, CLASSIC_H, &one.kink);
        one.finite = isfinite(one.n);
        return one;
    }
    gc_number first = ladder(c, x, H0);
    if (!first.finite || first.kink || fabs(a - first.n) <= tolerance(a, &first)) return first;
    const gc_number second = ladder(c, x, H0_SECOND);
    if (!second.finite || second.kink) return second;
    const double apart = fabs(first.n - second.n);
    if (second.bar < first.bar) first.n = second.n;
    first.bar = fmax(apart, fmax(first.bar, second.bar));
    return first;
}

/* ---- the verdict ---- */

/* Is a = ratio n for every measured element? */
static bool is_constant(const check *c, const real *a, const gc_row *row, double ratio)
{
    for (int i = 0; i < row->checked; i++) {
        const gc_number *n = &c->n[i];
        if (n->kink) continue;
        if (!(fabs(a[c->at[i]] - ratio * n->n) <=
              WIDE * row->largest + fabs(ratio) * BARS * n->bar))
            return false;
    }
    return true;
}

static void decide(gc_row *row, const check *c, int i, double a)
{
    row->worst = c->at[i];
    row->analytic = a;
    row->numeric = c->n[i].n;
    row->bar = c->n[i].bar;
    row->miss = fabs(a - c->n[i].n);
}

/* Judge the measured derivatives (c->n at c->at, row->checked of them); on entry, row->largest is that of a. */
static void judge(const check *c, const gc_options *o, const real *a, gc_row *row)
{
    double most = -1;
    int largest = 0;
    for (int i = 0; i < row->checked; i++) {
        const double ai = a[c->at[i]];
        if (!isfinite(ai) || !c->n[i].finite) {
            decide(row, c, i, ai);
            row->verdict = GC_NOT_FINITE;
            return;
        }
        if (c->n[i].kink) continue;
        if (c->n[largest].kink || fabs(c->n[i].n) > fabs(c->n[largest].n)) largest = i;
        row->largest = fmax(row->largest, fabs(c->n[i].n));
    }
    for (int i = 0; i < row->checked; i++) {
        const gc_number *n = &c->n[i];
        const double ai = a[c->at[i]], miss = fabs(ai - n->n);
        double allowed =
            o->method == GC_CENTRAL ? CLASSIC_TOLERANCE * row->largest : tolerance(ai, n);
        if (o->in_float) allowed += FLOAT_TOLERANCE * row->largest;
        if (n->kink)
            row->kinks++;
        else if ((c->chaos || BARS * n->bar > WIDE * row->largest) && miss <= PLAIN * allowed)
            row->unresolved++;
        else
            row->failed += miss > allowed;
        const double score = n->kink ? -1 : miss > 0 ? miss / allowed : 0;
        if (i > 0 && score <= most) continue;
        most = score;
        decide(row, c, i, ai);
    }
    const double ratio = a[c->at[largest]] / c->n[largest].n;
    if (row->largest > 0 && isfinite(ratio) && is_constant(c, a, row, ratio)) row->ratio = ratio;
    row->verdict = row->failed                              ? GC_FAIL
                   : row->kinks                             ? GC_KINK
                   : row->unresolved || !(row->largest > 0) ? GC_UNRESOLVED
                                                            : GC_OK;
}

/* Choose the elements of a tensor to check: all, or the largest and others spread evenly. Returns how many. */
static int choose(check *c, const gc_tensor *t, int sample, rng *draws)
{
    const int size = mat_size(t->value);
    if (sample <= 0 || sample >= size) {
        for (int i = 0; i < size; i++) c->at[i] = i;
        return size;
    }
    int largest = 0;
    for (int i = 1; i < size; i++)
        if (fabs(t->grad->v[i]) > fabs(t->grad->v[largest])) largest = i;
    c->at[0] = largest;
    for (int i = 1; i < sample; i++) { /* one from each of sample - 1 equal parts of the others */
        const int other = (int) ((i - 1 + rng_uniform(draws)) * (size - 1) / (sample - 1));
        c->at[i] = other + (other >= largest);
    }
    return sample;
}

static const gc_row BLANK = {.verdict = GC_OK, .numeric = NAN, .ratio = NAN};

static void check_tensor(check *c, const gc_options *o, const gc_tensor *t, rng *draws, gc_row *row)
{
    *row = BLANK;
    for (int i = 0; i < mat_size(t->grad); i++)
        row->largest = fmax(row->largest, fabs(t->grad->v[i]));
    row->checked = choose(c, t, o->sample, draws);
    for (int i = 0; i < row->checked; i++)
        c->n[i] = measure(c, o, &t->value->v[c->at[i]], t->grad->v[c->at[i]]);
    judge(c, o, t->grad->v, row);
}

/* u = a random direction of length 1 in the tensors from .. below - 1, 0 in the others. Returns g·u; *rms: of that g. */
static double choose_direction(check *c, int from, int below, rng *draws, double *rms)
{
    double length = 0, slope = 0, squares = 0;
    int size = 0;
    for (int k = 0, i = 0; k < c->p->tensors; k++)
        for (int j = 0; j < mat_size(c->p->tensor[k].value); j++, i++) {
            const bool in = from <= k && k < below;
            const double g = c->p->tensor[k].grad->v[j];
            c->u[i] = in ? rng_randn(draws) : 0;
            length += c->u[i] * c->u[i];
            slope += c->u[i] * g;
            squares += in ? g * g : 0;
            size += in;
        }
    length = sqrt(length);
    for (int i = 0; i < c->size; i++) c->u[i] /= length;
    *rms = sqrt(squares / size);
    return slope / length;
}

static void check_direction(check *c, const gc_options *o, int from, int below, rng *draws,
                            gc_row *row)
{
    double rms;
    const real slope = (real) choose_direction(c, from, below, draws, &rms);
    *row = BLANK;
    row->checked = 1;
    row->largest = fmax(rms, fabs(slope));
    c->at[0] = 0;
    c->n[0] = measure(c, o, NULL, slope);
    judge(c, o, &slope, row);
    row->worst = -1;
}

static bool two_losses(gc_report *r, double again)
{
    snprintf(r->remark, sizeof r->remark,
             say("two calls of the loss give %s and %s", "손실을 두 번 부르면 %s, %s로 다릅니다"),
             NUM("%.17g", r->loss), NUM("%.17g", again));
    return false;
}

static bool is_same_at_the_end(check *c, gc_report *r)
{
    bool crossed = false;
    const double again = loss_here(c, &crossed);
    return memcmp(&r->loss, &again, sizeof again) == 0 || isnan(again) || two_losses(r, again);
}

/* Do two calls agree? Sets the report's loss, and its remark if they do not. */
static bool is_pure(check *c, gc_report *r)
{
    const gc_problem *p = c->p;
    bool crossed = false;
    r->loss = loss_here(c, &crossed);
    c->branch = p->branch ? p->branch(p->model) : 0;
    bool pure = is_same_at_the_end(c, r);
    const double from_grad = p->grad(p->model);
    if (pure && isfinite(r->loss) &&
        !(fabs(from_grad - r->loss) <= SAME_LOSS * (fabs(r->loss) + p->terms))) {
        snprintf(r->remark, sizeof r->remark,
                 say("the gradient's function says the loss is %s, the loss's function %s",
                     "기울기 함수가 말하는 손실은 %s, 손실 함수의 손실은 %s로 다릅니다"),
                 NUM("%.17g", from_grad), NUM("%.17g", r->loss));
        pure = false;
    }
    for (int k = 0, i = 0; k < p->tensors; k++)
        for (int j = 0; j < mat_size(p->tensor[k].grad); j++)
            c->grad[i++] = p->tensor[k].grad->v[j];
    p->grad(p->model);
    for (int k = 0, i = 0; k < p->tensors; k++) {
        const mat *g = p->tensor[k].grad;
        for (int j = 0; j < mat_size(g); j++, i++) {
            if (!pure || memcmp(&g->v[j], &c->grad[i], sizeof *c->grad) == 0 ||
                (isnan(g->v[j]) && isnan(c->grad[i])))
                continue;
            snprintf(r->remark, sizeof r->remark,
                     say("two calls give two gradients: %s[%d,%d] is %s, then %s",
                         "두 번 부르면 기울기가 다릅니다: %s[%d,%d]가 %s, 다음에는 %s"),
                     p->tensor[k].name, j / g->cols, j % g->cols, NUM("%.10g", c->grad[i]),
                     NUM("%.10g", g->v[j]));
            pure = false;
        }
    }
    return pure;
}

static void put_gravest(gc_report *r, const gc_row *row)
{
    if (row->verdict > r->verdict) r->verdict = row->verdict;
}

gc_verdict gc_check(const gc_problem *p, const gc_options *o, gc_report *r)
{
    static const gc_options usual = {GC_LADDER, 0, 0, false};
    check c;
    rng draws;
    if (!o) o = &usual;
    *r = (gc_report){.verdict = GC_OK};
    if (!check_open(&c, p)) {
        for (int k = 0; k < p->tensors; k++)
            r->row[k] = (gc_row){.verdict = GC_NO_MEMORY, .numeric = NAN, .ratio = NAN};
        return r->verdict = GC_NO_MEMORY;
    }
    bool pure = is_pure(&c, r);
    c.noise = r->noise = measure_noise(&c, r->loss, o->seed);
    c.chaos = o->method == GC_LADDER && c.noise > CHAOS * (fabs(r->loss) + p->terms);
    rng_seed(&draws, o->seed);
    for (int k = 0; k < p->tensors; k++) check_tensor(&c, o, &p->tensor[k], &draws, &r->row[k]);
    r->directions = o->sample > 0 ? p->tensors + 1 : 0;
    for (int k = 0; k < r->directions; k++) {
        const bool all = k == p->tensors;
        check_direction(&c, o, all ? 0 : k, all ? k : k + 1, &draws, &r->along[k]);
    }
    pure = pure && is_same_at_the_end(&c, r);
    for (int k = 0; k < p->tensors; k++) {
        if (!pure && r->row[k].verdict < GC_NOT_PURE) r->row[k].verdict = GC_NOT_PURE;
        put_gravest(r, &r->row[k]);
    }
    for (int k = 0; k < r->directions; k++) put_gravest(r, &r->along[k]);
    r->calls = c.calls;
    check_close(&c);
    return r->verdict;
}

bool gc_noise(const gc_problem *p, uint32_t seed, double *noise)
{
    check c;
    if (!check_open(&c, p)) return false;
    *noise = measure_noise(&c, p->loss(p->model), seed);
    check_close(&c);
    return true;
}

static check at_element(const gc_problem *p, int tensor, int element, double noise)
{
    REQUIRE(tensor, >=, 0);
    REQUIRE(tensor, <, p->tensors);
    REQUIRE(element, >=, 0);
    REQUIRE(element, <, mat_size(p->tensor[tensor].value));
    return (check){.p = p, .noise = noise};
}

gc_number gc_derivative(const gc_problem *p, int tensor, int element, double noise)
{
    check c = at_element(p, tensor, element, noise);
    bool crossed = false;
    loss_here(&c, &crossed);
    c.branch = p->branch ? p->branch(p->model) : 0;
    return ladder(&c, &p->tensor[tensor].value->v[element], H0);
}

double gc_central(const gc_problem *p, int tensor, int element, double h)
{
    check c = at_element(p, tensor, element, 0);
    bool crossed = false;
    return difference(&c, &p->tensor[tensor].value->v[element], h, &crossed);
}

bool gc_taylor(const gc_problem *p, uint32_t seed, int n, const double *h, double *rest,
               double *slope)
{
    check c;
    rng draws;
    double rms;
    bool crossed = false;
    REQUIRE(n, >=, 2);
    if (!check_open(&c, p)) return false;
    const double L = p->loss(p->model);
    p->grad(p->model);
    rng_seed(&draws, seed);
    const double along = choose_direction(&c, 0, p->tensors, &draws, &rms);
    for (int k = 0; k < n; k++) {
        move_along(&c, h[k]);
        rest[k] = fabs(loss_here(&c, &crossed) - L - h[k] * along);
    }
    put_back(&c);
    check_close(&c);
    *slope = log(rest[0] / rest[n - 1]) / log(h[0] / h[n - 1]);
    return true;
}

/* ---- output ---- */

const char *gc_word(gc_verdict v)
{
    static const char *const word[] = {[GC_OK] = "ok",
                                       [GC_UNRESOLVED] = "UNRESOLVED",
                                       [GC_KINK] = "KINK",
                                       [GC_FAIL] = "FAIL",
                                       [GC_NOT_PURE] = "NOT PURE",
                                       [GC_NOT_FINITE] = "NOT FINITE",
                                       [GC_NO_MEMORY] = "NO MEMORY"};
    return v <= GC_NO_MEMORY ? word[v] : "?";
}

/* The number of significant digits to print, enough to see the difference of a and n. */
static int digits(const gc_row *row)
{
    const double size = fmax(fabs(row->analytic), fabs(row->numeric));
    if (row->verdict != GC_FAIL || !(row->miss > 0) || !isfinite(size)) return 9;
    const int wanted = (int) ceil(log10(size / row->miss)) + 2;
    return wanted < 9 ? 9 : wanted > 17 ? 17 : wanted;
}

const char *gc_text(char *text, const gc_tensor *t, const gc_row *row)
{
    const int cols = t->value->cols, most = digits(row);
    char shape[32] = "", place[32] = "", format[8], a[32], n[32];
    const bool one = row->worst < 0;
    if (!one) {
        snprintf(shape, sizeof shape, "%dx%d", t->value->rows, cols);
        snprintf(place, sizeof place, "[%d,%d]", row->worst / cols, row->worst % cols);
    }
    snprintf(format, sizeof format, "%%.%dg", most);
    snprintf(a, sizeof a, "%s", NUM(format, row->analytic));
    snprintf(n, sizeof n, "%s", NUM(format, row->numeric));
    snprintf(text, GC_ROOM, "%-4s %7s  %4d/%-4d %8s  %15s  %15s  %7s  %7s  %s", t->name, shape,
             row->failed, row->checked, place, a, n, NUM("%.0e", row->bar),
             isnan(row->ratio) ? "varies" : NUM("%.4f", row->ratio + 0.0 /* not -0 */),
             gc_word(row->verdict));
    return text;
}

void gc_print(FILE *out, const gc_problem *p, const gc_report *r)
{
    char text[GC_ROOM];
    fprintf(out, "%-4s %7s  %9s %8s  %15s  %15s  %7s  %7s  %s\n", "", "shape", "failed   ", "at",
            "analytic=yours", "numeric", "+-", "a/n", "verdict");
    for (int k = 0; k < p->tensors; k++)
        fprintf(out, "%s\n", gc_text(text, &p->tensor[k], &r->row[k]));
    if (r->directions)
        fputs(say("slopes along random directions:\n", "무작위 방향의 기울기:\n"), out);
    for (int k = 0; k < r->directions; k++) {
        const gc_tensor all = {"all", p->tensor[0].value, NULL};
        fprintf(out, "%s\n", gc_text(text, k < p->tensors ? &p->tensor[k] : &all, &r->along[k]));
    }
    if (r->remark[0]) fprintf(out, "%s\n", r->remark);
}

static void json_number(FILE *out, const char *name, double x)
{
    fprintf(out, ",\"%s\":%s", name, isfinite(x) ? NUM("%.17g", x) : "null");
}

static void json_row(FILE *out, const char *name, const gc_row *row)
{
    fprintf(out,
            "{\"name\":\"%s\",\"verdict\":\"%s\",\"failed\":%d,\"unresolved\":%d,\"kinks\":%d,"
            "\"checked\":%d,\"index\":%d",
            name, gc_word(row->verdict), row->failed, row->unresolved, row->kinks, row->checked,
            row->worst);
    json_number(out, "analytic", row->analytic);
    json_number(out, "numeric", row->numeric);
    json_number(out, "bar", row->bar);
    json_number(out, "largest", row->largest);
    json_number(out, "ratio", row->ratio);
    fputc('}', out);
}

void gc_json(FILE *out, const gc_problem *p, const gc_report *r)
{
    fprintf(out, "{\"verdict\":\"%s\",\"calls\":%ld", gc_word(r->verdict), r->calls);
    json_number(out, "loss", r->loss);
    json_number(out, "noise", r->noise);
    fputs(",\"tensors\":[", out);
    for (int k = 0; k < p->tensors; k++) {
        if (k) fputc(',', out);
        json_row(out, p->tensor[k].name, &r->row[k]);
    }
    fputs("],\"directions\":[", out);
    for (int k = 0; k < r->directions; k++) {
        if (k) fputc(',', out);
        json_row(out, k < p->tensors ? p->tensor[k].name : "all", &r->along[k]);
    }
    fputs("]}\n", out);
}
